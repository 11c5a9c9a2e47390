import { z } from 'zod';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional, preset, texts, textsNamed } from '../../domain/entity-types/config-values.ts';
import { runnableSoftware } from '../../domain/entity-types/runnable-software.ts';
import { listOf, RECIPE_CONFIG, RECIPE_FLAGS, RECIPE_SENSORS, recipeCommands, textOrNull } from '../../domain/software/recipe.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const COOKBOOK_NAME = /^\w[\w.-]*$/;
const NO_SERVER = 'recipes are run where they are for, by chef-client --local-mode or cinc-client; no Chef server is asked';

/**
 * Runs a list of Chef recipes without a server. `type: chef:COOKBOOK` in a blueprint is this type. Not run on real machines yet: what is tested
 * is what it would run.
 */
export const plugin: EntityTypePlugin = {
  ...runnableSoftware({
    id: 'chef',
    title: 'Chef',
    description: 'Software that Chef sets up from cookbooks, by chef-client or cinc-client where it runs. Not tried on real machines yet.',
    icon: 'chef-hat',
    aliases: [...classNames('brooklyn.entity.chef.ChefEntity', 'org.apache.brooklyn.entity.chef.ChefEntity'), 'ChefComponent'],
    config: {
      ...RECIPE_CONFIG,
      'brooklyn.chef.cookbook.primary.name': optional(text, 'Cookbook', 'Its recipe is run, and names the service.'),
      'brooklyn.chef.cookbooksUrls': optional(
        textsNamed(COOKBOOK_NAME, 'needs names of cookbooks: letters, digits, _, - and .'),
        'Cookbooks',
        'Name: URL of an archive.',
      ),
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
    sensors: RECIPE_SENSORS,
    flags: {
      ...RECIPE_FLAGS,
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
    notHonoured: {
      'brooklyn.chef.mode': NO_SERVER,
      'brooklyn.chef.knife.setupCommands': NO_SERVER,
      'brooklyn.chef.knife.executableFile': NO_SERVER,
      'brooklyn.chef.knife.configFile': NO_SERVER,
      'brooklyn.chef.lifecycle.windowsServiceName': 'there are no machines with Windows',
    },
  }),
  software: {
    commands: (given, place) => {
      const config = given as Readonly<Record<string, unknown>>;
      const primary = textOrNull(config['brooklyn.chef.cookbook.primary.name']);
      const cookbooks = Object.entries((config['brooklyn.chef.cookbooksUrls'] ?? {}) as Readonly<Record<string, unknown>>);
      const first = listOf(config['brooklyn.chef.runList']);
      const main = listOf(config['brooklyn.chef.launch.runList']);
      const runList = [...first, ...main].length > 0 ? [...first, ...main] : primary === null ? [] : [primary];
      const attributes = (config['brooklyn.chef.launch.attributes'] ?? {}) as object;
      const run = `"$TOOL" --local-mode --chef-license accept-silent --no-color --config "$PWD/client.rb" --json-attributes "$PWD/node.json"`;
      return recipeCommands(
        {
          programs: ['chef-client', 'cinc-client'],
          packages: 'Chef Infra Client or Cinc Client (https://cinc.sh/start/client)',
          sources: Object.fromEntries(cookbooks.flatMap(([name, from]) => cookbookSource(name, textOrNull(from)))),
          files: [
            { path: 'client.rb', content: clientConfig(place.runDir, textOrNull(config['brooklyn.chef.node.nodeName'])) },
            { path: 'node.json', content: JSON.stringify({ ...attributes, run_list: runList.map(asRunItem) }) },
          ],
          apply: `mkdir -p cookbooks\n${run}${config['brooklyn.chef.converge.twice'] === true ? ` && ${run}` : ''}`,
          service: {
            name:
              textOrNull(config['brooklyn.chef.lifecycle.serviceName']) ??
              (config['brooklyn.chef.lifecycle.pidFile'] === undefined ? primary : null),
            start: null,
            stop: null,
            pidFile: textOrNull(config['brooklyn.chef.lifecycle.pidFile']),
          },
        },
        place,
      );
    },
  },
};

function clientConfig(runDir: string, nodeName: string | null): string {
  const lines = [`cookbook_path [${rubyText(`${runDir}/cookbooks`)}]`, `file_cache_path ${rubyText(`${runDir}/cache`)}`];
  return `${[...lines, ...(nodeName === null ? [] : [`node_name ${rubyText(nodeName)}`])].join('\n')}\n`;
}

function rubyText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** `apache` and `apache::start` are recipes; what says itself what it is stays. */
function asRunItem(item: string): string {
  return /^(recipe|role)\[/.test(item) ? item : `recipe[${item}]`;
}

function cookbookSource(name: string, from: string | null): readonly (readonly [string, string])[] {
  return COOKBOOK_NAME.test(name) && from !== null ? [[`cookbooks/${name}`, from]] : [];
}
