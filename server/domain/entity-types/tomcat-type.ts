import { duration } from '../entity/container-config.ts';
import { portRange } from '../entity/value-schemas.ts';
import { optional, preset, url } from './config-values.ts';
import { JAVA_CONFIG, JAVA_FLAGS, JMX_CONFIG, JMX_FLAGS, JMX_SECRETS, JMX_SENSORS } from './java-config.ts';
import { type OwnType, softwareType } from './type-kinds.ts';
import { WAR_CONFIG, WAR_EFFECTORS, WAR_FLAGS, WAR_SENSORS, WEB_CONFIG, WEB_FLAGS, WEB_SENSORS } from './web-app-config.ts';

/** A Tomcat of one version: what they take and tell is the same in all of them. */
export function tomcatType(own: Pick<OwnType, 'id' | 'title' | 'description' | 'aliases'>) {
  return softwareType({
    ...own,
    icon: 'cat',
    planned: true,
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
    effectors: WAR_EFFECTORS,
  });
}
