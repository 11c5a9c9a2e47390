import { z } from 'zod';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional, preset, textMap, texts } from '../../domain/entity-types/config-values.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Runs a list of Chef recipes. `type: chef:COOKBOOK` in a blueprint is this type. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'chef',
  title: 'Chef',
  description: 'Software that Chef installs from cookbooks.',
  icon: 'chef-hat',
  planned: true,
  aliases: [...classNames('brooklyn.entity.chef.ChefEntity', 'org.apache.brooklyn.entity.chef.ChefEntity'), 'ChefComponent'],
  config: {
    'brooklyn.chef.cookbook.primary.name': optional(text, 'Cookbook', 'Its recipe is run, and names the service.'),
    'brooklyn.chef.cookbooksUrls': optional(textMap, 'Cookbooks', 'Name: URL of an archive.'),
    'brooklyn.chef.runList': optional(texts, 'Run list', 'Recipes; that of the cookbook unless given.'),
    'brooklyn.chef.launch.runList': optional(texts, 'Run list at launch'),
    'brooklyn.chef.launch.attributes': optional(anyMap, 'Attributes'),
    'brooklyn.chef.mode': optional(
      z.enum(['SOLO', 'KNIFE', 'AUTODETECT', 'solo', 'knife', 'autodetect']),
      'Mode',
      'SOLO needs no Chef server.',
    ),
    'brooklyn.chef.converge.twice': preset(boolean, false, 'Run it twice'),
    'brooklyn.chef.knife.setupCommands': optional(text, 'Commands before knife'),
    'brooklyn.chef.knife.executableFile': optional(text, 'knife'),
    'brooklyn.chef.knife.configFile': optional(text, 'Configuration of knife'),
    'brooklyn.chef.node.nodeName': optional(text, 'Name of the node'),
    'brooklyn.chef.lifecycle.pidFile': optional(text, 'PID file', 'Of the service, to check and stop it.'),
    'brooklyn.chef.lifecycle.serviceName': optional(text, 'Service', 'Of the machine, to check and stop it.'),
    'brooklyn.chef.lifecycle.windowsServiceName': optional(text, 'Windows service'),
  },
  flags: {
    cookbook: 'brooklyn.chef.cookbook.primary.name',
    cookbook_urls: 'brooklyn.chef.cookbooksUrls',
    cookbooks: 'brooklyn.chef.cookbooksUrls',
    run_list: 'brooklyn.chef.runList',
    launch_run_list: 'brooklyn.chef.launch.runList',
    launch_attributes: 'brooklyn.chef.launch.attributes',
    chef_mode: 'brooklyn.chef.mode',
    converge_twice: 'brooklyn.chef.converge.twice',
    chef_node_name: 'brooklyn.chef.node.nodeName',
    pid_file: 'brooklyn.chef.lifecycle.pidFile',
    service_name: 'brooklyn.chef.lifecycle.serviceName',
    windows_service_name: 'brooklyn.chef.lifecycle.windowsServiceName',
  },
});
