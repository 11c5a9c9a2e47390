import { z } from 'zod';
import { duration } from '../../domain/entity/container-config.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { latch, optional, preset, url } from '../../domain/entity-types/config-values.ts';
import { LOAD_BALANCER_CONFIG, LOAD_BALANCER_FLAGS, LOAD_BALANCER_SENSORS } from '../../domain/entity-types/load-balancer-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s NginxController. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'nginx',
  title: 'nginx',
  description: 'A load balancer that follows the members of a cluster.',
  icon: 'split',
  planned: true,
  aliases: [
    ...classNames('brooklyn.entity.proxy.nginx.NginxController', 'org.apache.brooklyn.entity.proxy.nginx.NginxController'),
    'load-balancer',
    'nginx-load-balancer',
  ],
  config: {
    ...LOAD_BALANCER_CONFIG,
    'nginx.sticky': preset(boolean, true, 'Sticky sessions'),
    'nginx.sticky.version': optional(text, 'Version of the module for sticky sessions'),
    'pcre.version': optional(text, 'Version of PCRE'),
    'nginx.sensorpoll.http': preset(duration, 1000, 'Measure every'),
    'nginx.install.withLdOpt': optional(text, 'Linker options'),
    'nginx.install.withCcOpt': optional(text, 'Compiler options'),
    'nginx.config.generator': optional(latch, 'Generator of its configuration'),
    'nginx.config.templateUrl': optional(url, 'Template of its configuration'),
    'nginx.config.staticContentArchiveUrl': optional(url, 'Archive of static pages'),
    'nginx.log.access': optional(text, 'Access log'),
    'nginx.log.error': optional(text, 'Error log'),
  },
  flags: {
    ...LOAD_BALANCER_FLAGS,
    sticky: 'nginx.sticky',
    stickyVersion: 'nginx.sticky.version',
    pcreVersion: 'pcre.version',
    httpPollPeriod: 'nginx.sensorpoll.http',
    withLdOpt: 'nginx.install.withLdOpt',
    withCcOpt: 'nginx.install.withCcOpt',
    configGenerator: 'nginx.config.generator',
    configTemplate: 'nginx.config.templateUrl',
    staticContentArchive: 'nginx.config.staticContentArchiveUrl',
  },
  sensors: [...LOAD_BALANCER_SENSORS, { name: 'nginx.url.answers.nicely', type: 'boolean', description: 'True while its page answers' }],
  effectors: [
    { name: 'reload', description: 'Read its configuration again', parameters: z.object({}), destructive: false },
    { name: 'update', description: 'Ask which members there are', parameters: z.object({}), destructive: false },
  ],
});
