import { duration } from '../../domain/entity/container-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, url } from '../../domain/entity-types/config-values.ts';
import { JAVA_CONFIG, JAVA_FLAGS, JMX_CONFIG, JMX_FLAGS, JMX_SECRETS, JMX_SENSORS } from '../../domain/entity-types/java-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import {
  WAR_CONFIG,
  WAR_EFFECTORS,
  WAR_FLAGS,
  WAR_SENSORS,
  WEB_CONFIG,
  WEB_FLAGS,
  WEB_SENSORS,
} from '../../domain/entity-types/web-app-config.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s Jetty6Server. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'jetty',
  title: 'Jetty',
  description: 'A Jetty 6 server with web archives.',
  icon: 'coffee',
  planned: true,
  aliases: [
    ...classNames('brooklyn.entity.webapp.jetty.Jetty6Server', 'org.apache.brooklyn.entity.webapp.jetty.Jetty6Server'),
    'JettyServer',
    'jetty-server',
  ],
  config: {
    ...JAVA_CONFIG,
    ...JMX_CONFIG,
    ...WEB_CONFIG,
    ...WAR_CONFIG,
    'jetty.configXml.templateUrl': optional(url, 'Template of its configuration'),
    'start.timeout': preset(duration, '5m', 'Start timeout'),
  },
  secretKeys: JMX_SECRETS,
  flags: {
    ...JAVA_FLAGS,
    ...JMX_FLAGS,
    ...WEB_FLAGS,
    ...WAR_FLAGS,
    configXmlTemplateUrl: 'jetty.configXml.templateUrl',
  },
  sensors: [
    ...JMX_SENSORS,
    ...WEB_SENSORS,
    ...WAR_SENSORS,
    { name: 'webapp.responses.4xx', type: 'number', description: 'Answers that were not found', unit: 'count' },
    { name: 'webapp.responses.5xx', type: 'number', description: 'Answers that failed', unit: 'count' },
  ],
  effectors: WAR_EFFECTORS,
});
