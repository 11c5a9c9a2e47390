import { z } from 'zod';
import { duration } from '../../domain/entity/container-config.ts';
import { mappedPort, toHostPort } from '../../domain/entity/container-sensors.ts';
import type { Sensors } from '../../domain/entity/entity.ts';
import type { Host } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { firstPort } from '../../domain/entity/port-ranges.ts';
import { integer, portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, size, url } from '../../domain/entity-types/config-values.ts';
import {
  JAVA_CONFIG,
  JAVA_FLAGS,
  JAVA_NOT_HONOURED,
  JMX_FLAGS,
  JMX_SECRETS,
  UNUSED_JMX_CONFIG,
} from '../../domain/entity-types/java-config.ts';
import { runnableSoftware } from '../../domain/entity-types/runnable-software.ts';
import {
  HTTP_ONLY,
  HTTP_ONLY_CONFIG,
  REQUEST_SENSORS,
  WAR_CONFIG,
  WAR_FLAGS,
  WAR_SENSORS,
  WEB_CONFIG,
  WEB_FLAGS,
  WEB_PLACE_SENSORS,
} from '../../domain/entity-types/web-app-config.ts';
import type { SoftwarePlace } from '../../domain/software/process-spec.ts';
import type { SoftwareConfig } from '../../domain/software/to-process-spec.ts';
import { archivePath } from '../../domain/software/tomcat-scripts.ts';
import { WAR_KEYS, webArchives } from '../../domain/software/web-archives.ts';
import { httpPortOf, warSensors, webReadiness } from '../../domain/software/web-server.ts';
import { customizeWildFly, installWildFly, launchWildFly } from '../../domain/software/wildfly-scripts.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const MANAGEMENT = 'its console is reached from where it runs alone: nobody has a login there';

const OWN_CONFIG = {
  'jboss.bind.address': preset(text, '0.0.0.0', 'Address it listens on'),
  'webapp.jboss.managementHttpPort': preset(portRange, '9990+', 'Port of its console'),
  'webapp.jboss.managementHttpsPort': preset(portRange, '9443+', 'Port of its console by TLS'),
  'webapp.jboss.managementNativePort': preset(portRange, '10999+', 'Management port'),
  'webapp.jboss.portIncrement': preset(integer, 0, 'Added to all ports'),
  'webapp.jboss.deploymentTimeout': preset(size, 600, 'Deployment timeout', 'In seconds.'),
  'webapp.jboss.templateConfigurationUrl': optional(url, 'Template of standalone.xml'),
  'webapp.jboss.managementUser': preset(text, 'brooklyn', 'User of its console'),
  'webapp.jboss.managementPassword': optional(text, 'Password of its console'),
  'start.timeout': preset(duration, '5m', 'Start timeout'),
};

const own = z.looseObject(OWN_CONFIG);

const type = runnableSoftware({
  id: 'jboss7',
  title: 'JBoss 7',
  description: 'A JBoss 7 or WildFly server with web archives.',
  icon: 'coffee',
  unverified: 'a real JBoss or WildFly',
  aliases: [
    ...classNames(
      'brooklyn.entity.webapp.jboss.JBoss7Server',
      'org.apache.brooklyn.entity.webapp.jboss.JBoss7Server',
      'org.apache.brooklyn.entity.webapp.jboss.WildFly8Server',
    ),
    'WildFlyServer',
  ],
  config: { ...JAVA_CONFIG, ...UNUSED_JMX_CONFIG, ...WEB_CONFIG, ...HTTP_ONLY_CONFIG, ...WAR_CONFIG, ...OWN_CONFIG },
  secretKeys: [...JMX_SECRETS, 'webapp.jboss.managementPassword'],
  flags: {
    ...JAVA_FLAGS,
    ...JMX_FLAGS,
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
    ...WEB_PLACE_SENSORS,
    ...REQUEST_SENSORS,
    ...WAR_SENSORS,
    { name: 'webapp.jboss.managementHttpPort', type: 'number', description: 'Port of its console' },
    { name: 'webapp.jboss.managementUrl', type: 'string', description: 'Its console' },
  ],
  plannedKeys: { 'webapp.jboss.templateConfigurationUrl': 'its standalone.xml is the one that comes with it' },
  notHonoured: {
    ...JAVA_NOT_HONOURED,
    ...HTTP_ONLY,
    'webapp.jboss.managementHttpsPort': MANAGEMENT,
    'webapp.jboss.managementNativePort': MANAGEMENT,
    'webapp.jboss.managementUser': MANAGEMENT,
    'webapp.jboss.managementPassword': MANAGEMENT,
    'webapp.jboss.portIncrement': 'ports are those that are given',
    'webapp.jboss.deploymentTimeout': 'start.timeout says how long it may take',
  },
});

/** Brooklyn’s JBoss7Server: in a container WildFly of its image, on a machine what download.url has. */
export const plugin: EntityTypePlugin = {
  ...type,
  config: type.config.superRefine((value, context) => {
    if (!webArchives(value as SoftwareConfig).some(({ context: path }) => path.lastIndexOf('/') > 0)) return;
    context.addIssue({
      code: 'custom',
      path: ['wars.by.context'],
      message: 'needs paths of one name: a WildFly serves none such as shop/admin',
    });
  }),
  software: {
    baseImage: 'quay.io/wildfly/wildfly:26.1.3.Final-jdk11',
    needs: { key: 'download.url', why: 'no package of Debian has a JBoss or WildFly' },
    archives: {
      keys: WAR_KEYS,
      places: (config: unknown) =>
        webArchives(config as SoftwareConfig).map((archive) => ({ source: archive.source, path: archivePath(archive) })),
    },
    commands(config: unknown, place: SoftwarePlace) {
      const given = config as SoftwareConfig;
      const { 'jboss.bind.address': bind, 'webapp.jboss.managementHttpPort': managementPort } = own.parse(given);
      return {
        install: place.kind === 'machine' ? installWildFly() : null,
        customize: customizeWildFly(webArchives(given)),
        launch: launchWildFly(given, { httpPort: httpPortOf(given), managementPort: firstPort(managementPort), bind: String(bind) }, place),
        check: null,
        stop: null,
      };
    },
    readiness: (config: unknown) => webReadiness(config as SoftwareConfig),
    sensors: jbossSensors,
  },
};

interface Running {
  readonly config: unknown;
  readonly instance: Instance;
  readonly host: Host;
}

function jbossSensors(running: Running): Sensors {
  const port = mappedPort(running.instance, firstPort(own.parse(running.config)['webapp.jboss.managementHttpPort']));
  if (port === undefined) return warSensors(running);
  const url = `http://${toHostPort(running.host.address, port)}/`;
  return { ...warSensors(running), 'webapp.jboss.managementHttpPort': port, 'webapp.jboss.managementUrl': url };
}
