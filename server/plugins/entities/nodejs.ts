import { portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, texts, url } from '../../domain/entity-types/config-values.ts';
import { runnableSoftware } from '../../domain/entity-types/runnable-software.ts';
import {
  HTTP_ONLY,
  HTTP_ONLY_CONFIG,
  REQUEST_SENSORS,
  WEB_CONFIG,
  WEB_FLAGS,
  WEB_PLACE_SENSORS,
} from '../../domain/entity-types/web-app-config.ts';
import { sourcesIn } from '../../domain/software/archives.ts';
import { customizeNode, installNode, launchNode, NODE_APP } from '../../domain/software/nodejs-scripts.ts';
import type { SoftwareConfig } from '../../domain/software/to-process-spec.ts';
import { webReadiness, webSensors } from '../../domain/software/web-server.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const ARCHIVE = 'nodejs.archive.url';

/** Brooklyn’s NodeJsWebAppService. */
export const plugin: EntityTypePlugin = {
  ...runnableSoftware({
    id: 'nodejs',
    title: 'Node.js',
    description: 'A Node.js application from an archive, a Git repository, or files of the blueprint.',
    icon: 'hexagon',
    aliases: classNames(
      'brooklyn.entity.webapp.nodejs.NodeJsWebAppService',
      'org.apache.brooklyn.entity.webapp.nodejs.NodeJsWebAppService',
    ),
    config: {
      ...WEB_CONFIG,
      ...HTTP_ONLY_CONFIG,
      'http.port': preset(portRange, 3000, 'HTTP port'),
      'nodejs.gitRepo.url': optional(url, 'Git repository'),
      [ARCHIVE]: optional(url, 'Archive', 'Fetched when it is deployed; or a folder beside the blueprint.'),
      'nodejs.app.fileName': preset(text, 'app.js', 'Main file'),
      'nodejs.app.name': optional(text, 'Name', 'Folder of the application.'),
      'nodejs.app.command': preset(text, 'node', 'Command'),
      'nodejs.app.commandLine': optional(text, 'Command line', 'Instead of command and main file.'),
      'nodejs.packages': optional(texts, 'Packages', 'Installed before it starts.'),
      'nodejs.serviceUp.path': preset(text, '/', 'Check path'),
    },
    flags: {
      ...WEB_FLAGS,
      gitRepoUrl: 'nodejs.gitRepo.url',
      archiveUrl: 'nodejs.archive.url',
      appFileName: 'nodejs.app.fileName',
      appName: 'nodejs.app.name',
      appCommand: 'nodejs.app.command',
      appCommandLine: 'nodejs.app.commandLine',
      nodePackages: 'nodejs.packages',
      serviceUpPath: 'nodejs.serviceUp.path',
    },
    sensors: [...WEB_PLACE_SENSORS, ...REQUEST_SENSORS],
    notHonoured: { ...HTTP_ONLY, 'nodejs.app.name': 'its folder is “app” in its run folder' },
  }),
  software: {
    baseImage: 'node:18',
    archives: {
      keys: [ARCHIVE],
      places: (config) =>
        sourcesIn(ARCHIVE, (config as SoftwareConfig)[ARCHIVE]).map((source) => ({ source, path: NODE_APP, unpack: true })),
    },
    commands(config, place) {
      const given = config as SoftwareConfig;
      return { install: installNode(given, place), customize: customizeNode(given), launch: launchNode(given), check: null, stop: null };
    },
    readiness: (config) => webReadiness(config as SoftwareConfig, String((config as SoftwareConfig)['nodejs.serviceUp.path'] ?? '/')),
    sensors: webSensors,
  },
};
