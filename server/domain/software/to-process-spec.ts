import { toTexts } from '../entity/config-texts.ts';
import type { FileSpec } from '../entity/container-spec.ts';
import { parseDurationMs } from '../entity/quantities.ts';
import { isTrue } from '../shared/is-true.ts';
import type { Json } from '../shared/json.ts';
import type { ArchiveSpec } from './archives.ts';
import { downloadScript } from './download-script.ts';
import type { InstallStep, ProcessSpec, SoftwareCommands, SoftwarePlace, SoftwarePlaceKind } from './process-spec.ts';

/** Config of any software, resolved; keys are Brooklyn's. */
export type SoftwareConfig = Readonly<Record<string, Json | undefined>>;

export interface WhereItRuns {
  readonly kind: SoftwarePlaceKind;
  /** Folders are made below this unless `onbox.base.dir` says otherwise. Absolute. */
  readonly base: string;
  /** Data is kept below this unless there is an `onbox.base.dir`. Absolute. */
  readonly dataBase: string;
  /** Type of the entity. */
  readonly type: string;
  readonly applicationId: string;
  readonly entityId: string;
}

/** The folders of a process. Installs of the same thing in containers have the same folder, so that they have one image. */
export function toPlace(config: SoftwareConfig, where: WhereItRuns): SoftwarePlace {
  const ownBase = text(config['onbox.base.dir'])?.replace(/\/+$/, '') || undefined;
  const baseDir = ownBase ?? where.base;
  const version = text(config['install.version']);
  const label = text(config['install.unique_label']);
  const name = [where.type, version ?? '0', ...(label === undefined ? [] : [label])].map(safe).join('_');
  const installDir = text(config['install.dir']) ?? `${baseDir}/installs/${name}`;
  const [application, entity] = [safe(where.applicationId.toLowerCase()), `${safe(where.type)}_${safe(where.entityId.toLowerCase())}`];
  const run = `${baseDir}/apps/${application}/entities/${entity}`;
  const runDir = text(config['run.dir']) ?? run;
  const expanded = text(config['download.url']) === undefined ? installDir : `${installDir}/content`;
  return {
    kind: where.kind,
    baseDir,
    installDir,
    expandedDir: text(config['expandedinstall.dir']) ?? expanded,
    runDir,
    dataDir: `${ownBase === undefined ? where.dataBase : `${ownBase}/data`}/${application}/${entity}`,
    pidFile: `${runDir}/pid.txt`,
  };
}

/** Files of each phase, with their contents; places as the blueprint says them, relative ones below the folder of the phase. */
export interface PhaseFiles {
  readonly preinstall: readonly FileSpec[];
  readonly install: readonly FileSpec[];
  readonly customize: readonly FileSpec[];
  readonly runtime: readonly FileSpec[];
}

export interface ProcessParts {
  readonly config: SoftwareConfig;
  readonly place: SoftwarePlace;
  readonly commands: SoftwareCommands;
  readonly files: PhaseFiles;
  readonly archives: readonly ArchiveSpec[];
}

/** Everything about a process: its phases in Brooklyn's order. */
export function toProcessSpec({ config, place, commands, files, archives }: ProcessParts): ProcessSpec {
  const command = (key: string): string | null => text(config[key]) ?? null;
  const isStarted = !isTrue(config['skip.start']);
  return {
    place,
    env: toEnv(config, place, commands),
    install: isStarted && !isTrue(config['skip.install']) ? installSteps({ config, place, commands, files }, command) : [],
    customize: isStarted
      ? [
          ...(archives.length === 0 ? [] : [{ name: 'copy-archives', archives: archives.map(below(place.runDir)) }]),
          ...steps(place.runDir, [
            ['copy-customize-resources', [...(commands.files ?? []), ...files.customize]],
            ['pre-customize-command', command('pre.customize.command')],
            ['customize', commands.customize],
            ['post-customize-command', command('post.customize.command')],
          ]),
        ]
      : [],
    launch: isStarted
      ? steps(place.runDir, [
          ['copy-runtime-resources', files.runtime],
          ['pre-launch-command', command('pre.launch.command')],
          ['launch', commands.launch],
          ['post-launch-command', command('post.launch.command')],
        ])
      : [],
    hasProcess: commands.launch !== null,
    check: commands.check,
    stop: commands.stop,
    startTimeoutMs: parseDurationMs(duration(config['start.timeout'])) ?? 120_000,
    pollMs: Math.max(1000, parseDurationMs(duration(config['softwareProcess.serviceProcessIsRunningPollPeriod'])) ?? 5000),
  };
}

type InstallParts = Omit<ProcessParts, 'archives'>;

function installSteps({ config, place, commands, files }: InstallParts, command: (key: string) => string | null): readonly InstallStep[] {
  const url = text(config['download.url']);
  const download = url === undefined ? null : downloadScript(place, withVersion(url, text(config['install.version'])));
  return steps(place.installDir, [
    ['copy-pre-install-resources', files.preinstall],
    ['pre-install-command', command('pre.install.command')],
    ['copy-install-resources', files.install],
    ['download', download],
    ['install-command', commands.install],
    ['post-install-command', command('post.install.command')],
  ]);
}

type Part = readonly [name: string, what: string | readonly FileSpec[] | null];

/** Only those that do anything. */
function steps(dir: string, parts: readonly Part[]): readonly InstallStep[] {
  return parts.flatMap(([name, what]): readonly InstallStep[] => {
    if (what === null || what.length === 0) return [];
    if (typeof what === 'string') return [{ name, script: what }];
    return [{ name, files: what.map(below(dir)) }];
  });
}

/** Relative places are below the folder. */
function below(dir: string) {
  return <Placed extends { readonly path: string }>(file: Placed): Placed =>
    file.path.startsWith('/') ? file : { ...file, path: `${dir}/${file.path}` };
}

function toEnv(config: SoftwareConfig, place: SoftwarePlace, commands: SoftwareCommands): Readonly<Record<string, string>> {
  const url = text(config['download.url']);
  const version = text(config['install.version']);
  return {
    INSTALL_DIR: place.installDir,
    EXPANDED_INSTALL_DIR: place.expandedDir,
    RUN_DIR: place.runDir,
    PID_FILE: place.pidFile,
    ...(version === undefined ? {} : { VERSION: version }),
    ...(url === undefined ? {} : { DOWNLOAD_URL: withVersion(url, version) }),
    ...toTexts(commands.env ?? {}),
    ...ownEnv(config['shell.env']),
  };
}

/** Maps, lists and numbers arrive as JSON, as Brooklyn gives them. */
function ownEnv(value: Json | undefined): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) =>
      item === null || item === undefined ? [] : [[name, typeof item === 'string' ? item : JSON.stringify(item)]],
    ),
  );
}

function withVersion(url: string, version: string | undefined): string {
  return version === undefined ? url : url.replaceAll(/\$\{version\}|%s/g, version);
}

/** Letters, digits, `.`, `_` and `-`: nothing that climbs out of a folder. */
function safe(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._-]/g, '-').replace(/^\.+/, '-');
}

function text(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function duration(value: Json | undefined): string | number {
  return typeof value === 'string' || typeof value === 'number' ? value : '';
}
