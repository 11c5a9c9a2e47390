import { portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, texts, url } from '../../domain/entity-types/config-values.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import { WEB_CONFIG, WEB_FLAGS, WEB_SENSORS } from '../../domain/entity-types/web-app-config.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s NodeJsWebAppService. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'nodejs',
  title: 'Node.js',
  description: 'A Node.js application from a Git repository or an archive.',
  icon: 'hexagon',
  planned: true,
  aliases: classNames('brooklyn.entity.webapp.nodejs.NodeJsWebAppService', 'org.apache.brooklyn.entity.webapp.nodejs.NodeJsWebAppService'),
  config: {
    ...WEB_CONFIG,
    'http.port': preset(portRange, 3000, 'HTTP port'),
    'nodejs.gitRepo.url': optional(url, 'Git repository'),
    'nodejs.archive.url': optional(url, 'Archive'),
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
  sensors: [
    ...WEB_SENSORS,
    { name: 'mapped.webapp.url', type: 'string', description: 'Its page: reached through its host' },
    { name: 'mapped.main.uri', type: 'string', description: 'The same' },
  ],
});
