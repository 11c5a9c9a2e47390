import { integer, portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, size, url } from '../../domain/entity-types/config-values.ts';
import { JAVA_CONFIG, JAVA_FLAGS } from '../../domain/entity-types/java-config.ts';
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

/** Brooklyn’s JBoss7Server. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'jboss7',
  title: 'JBoss 7',
  description: 'A JBoss 7 or WildFly server with web archives.',
  icon: 'coffee',
  planned: true,
  aliases: [
    ...classNames(
      'brooklyn.entity.webapp.jboss.JBoss7Server',
      'org.apache.brooklyn.entity.webapp.jboss.JBoss7Server',
      'org.apache.brooklyn.entity.webapp.jboss.WildFly8Server',
    ),
    'WildFlyServer',
  ],
  config: {
    ...JAVA_CONFIG,
    ...WEB_CONFIG,
    ...WAR_CONFIG,
    'jboss.bind.address': optional(text, 'Address it listens on'),
    'webapp.jboss.managementHttpPort': preset(portRange, '9990+', 'Port of its console'),
    'webapp.jboss.managementHttpsPort': preset(portRange, '9443+', 'Port of its console by TLS'),
    'webapp.jboss.managementNativePort': preset(portRange, '10999+', 'Management port'),
    'webapp.jboss.portIncrement': preset(integer, 0, 'Added to all ports'),
    'webapp.jboss.deploymentTimeout': preset(size, 600, 'Deployment timeout', 'In seconds.'),
    'webapp.jboss.templateConfigurationUrl': optional(url, 'Template of standalone.xml'),
    'webapp.jboss.managementUser': preset(text, 'brooklyn', 'User of its console'),
    'webapp.jboss.managementPassword': optional(text, 'Password of its console'),
  },
  secretKeys: ['webapp.jboss.managementPassword'],
  flags: {
    ...JAVA_FLAGS,
    ...WEB_FLAGS,
    ...WAR_FLAGS,
    bindAddress: 'jboss.bind.address',
    managementHttpPort: 'webapp.jboss.managementHttpPort',
    managementHttpsPort: 'webapp.jboss.managementHttpsPort',
    managementNativePort: 'webapp.jboss.managementNativePort',
    managementPort: 'webapp.jboss.managementHttpPort',
    portIncrement: 'webapp.jboss.portIncrement',
    deploymentTimeout: 'webapp.jboss.deploymentTimeout',
    managementUser: 'webapp.jboss.managementUser',
    managementPassword: 'webapp.jboss.managementPassword',
  },
  sensors: [
    ...WEB_SENSORS,
    ...WAR_SENSORS,
    { name: 'webapp.jboss.managementHttpPort', type: 'number', description: 'Port of its console' },
    { name: 'webapp.jboss.managementHttpsPort', type: 'number', description: 'Port of its console by TLS' },
    { name: 'webapp.jboss.managementNativePort', type: 'number', description: 'Management port' },
    { name: 'webapp.jboss.managementUrl', type: 'string', description: 'Its console' },
    { name: 'webapp.jboss.managementUp', type: 'boolean', description: 'True while its console answers' },
    { name: 'mapped.main.uri', type: 'string', description: 'Its page: reached through its host' },
  ],
  effectors: WAR_EFFECTORS,
});
