import { duration } from '../entity/container-config.ts';
import { portRange } from '../entity/value-schemas.ts';
import type { SoftwarePlace } from '../software/process-spec.ts';
import type { SoftwareConfig } from '../software/to-process-spec.ts';
import { archivePath, customizeTomcat, installTomcat, launchTomcat, tomcatFiles } from '../software/tomcat-scripts.ts';
import { WAR_KEYS, webArchives } from '../software/web-archives.ts';
import { httpPortOf, warSensors, webReadiness } from '../software/web-server.ts';
import { optional, preset, url } from './config-values.ts';
import { JAVA_CONFIG, JAVA_FLAGS, JAVA_NOT_HONOURED, JMX_FLAGS, JMX_SECRETS, UNUSED_JMX_CONFIG } from './java-config.ts';
import { runnableSoftware } from './runnable-software.ts';
import type { OwnType } from './type-kinds.ts';
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
} from './web-app-config.ts';

type TomcatType = Pick<OwnType, 'id' | 'title' | 'description' | 'aliases'> & {
  /** Packages of Debian and of those made from it, the one that is wanted most first: `10` is tomcat10-user. */
  readonly versions: readonly string[];
  /** With Tomcat in it, for where it runs in a container. */
  readonly image: string;
};

/** A Tomcat: in a container that of its image, on a machine that of the packages there, with a CATALINA_BASE of its own. */
export function tomcatType({ versions, image, ...own }: TomcatType) {
  return {
    ...runnableSoftware({
      ...own,
      icon: 'cat',
      config: {
        ...JAVA_CONFIG,
        ...UNUSED_JMX_CONFIG,
        ...WEB_CONFIG,
        ...HTTP_ONLY_CONFIG,
        ...WAR_CONFIG,
        'tomcat.shutdownport': optional(portRange, 'Shutdown port'),
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
      sensors: [...WEB_PLACE_SENSORS, ...REQUEST_SENSORS, ...WAR_SENSORS],
      notHonoured: {
        ...JAVA_NOT_HONOURED,
        ...HTTP_ONLY,
        'tomcat.shutdownport': 'it is ended by a signal, and opens no port for that',
      },
      plannedKeys: {
        'tomcat.serverxml': 'its server.xml is written by Clocker',
        'tomcat.webxml': 'its web.xml is that of its Tomcat',
      },
    }),
    software: {
      baseImage: image,
      archives: {
        keys: WAR_KEYS,
        places: (config: unknown) =>
          webArchives(config as SoftwareConfig).map((archive) => ({ source: archive.source, path: archivePath(archive) })),
      },
      commands(config: unknown, place: SoftwarePlace) {
        const given = config as SoftwareConfig;
        return {
          install: place.kind === 'machine' ? installTomcat(versions) : null,
          customize: customizeTomcat(versions, webArchives(given)),
          launch: launchTomcat(versions, given, place),
          check: null,
          stop: null,
          files: tomcatFiles(place, httpPortOf(given)),
        };
      },
      readiness: (config: unknown) => webReadiness(config as SoftwareConfig),
      sensors: warSensors,
    },
  };
}
