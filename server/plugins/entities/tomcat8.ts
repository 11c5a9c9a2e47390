import { z } from 'zod';
import { duration } from '../../domain/entity/container-config.ts';
import { portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, url } from '../../domain/entity-types/config-values.ts';
import { JAVA_CONFIG, JAVA_FLAGS, JMX_CONFIG, JMX_FLAGS, JMX_SECRETS, JMX_SENSORS } from '../../domain/entity-types/java-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import { WAR_CONFIG, WAR_FLAGS, WAR_SENSORS, WEB_CONFIG, WEB_FLAGS, WEB_SENSORS } from '../../domain/entity-types/web-app-config.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s Tomcat8Server. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'tomcat8',
  title: 'Tomcat 8',
  description: 'A Tomcat 8 server with web archives.',
  icon: 'cat',
  planned: true,
  aliases: [
    ...classNames('brooklyn.entity.webapp.tomcat.Tomcat8Server', 'org.apache.brooklyn.entity.webapp.tomcat.Tomcat8Server'),
    'tomcat-server',
  ],
  config: {
    ...JAVA_CONFIG,
    ...JMX_CONFIG,
    ...WEB_CONFIG,
    ...WAR_CONFIG,
    'tomcat.shutdownport': preset(portRange, '31880+', 'Shutdown port'),
    'tomcat.serverxml': optional(url, 'Template of server.xml'),
    'tomcat.webxml': optional(url, 'Template of web.xml'),
    'start.timeout': preset(duration, '5m', 'Start timeout'),
  },
  secretKeys: JMX_SECRETS,
  flags: {
    ...JAVA_FLAGS,
    ...JMX_FLAGS,
    ...WEB_FLAGS,
    ...WAR_FLAGS,
    shutdownPort: 'tomcat.shutdownport',
    'server.xml': 'tomcat.serverxml',
    'web.xml': 'tomcat.webxml',
  },
  sensors: [
    ...JMX_SENSORS,
    ...WEB_SENSORS,
    ...WAR_SENSORS,
    { name: 'webapp.tomcat.connectorStatus', type: 'string', description: 'State of its connector' },
    { name: 'tomcat.shutdownport', type: 'number', description: 'Shutdown port' },
    { name: 'mapped.main.uri', type: 'string', description: 'Its page: reached through its host' },
    { name: 'mapped.webapp.url', type: 'string', description: 'The same' },
  ],
  effectors: [
    { name: 'deploy', description: 'Add a web archive', parameters: z.object({ url: text, targetName: text }), destructive: false },
    { name: 'undeploy', description: 'Take a web archive away', parameters: z.object({ targetName: text }), destructive: true },
  ],
});
