import type { KeyNotes } from '../blueprint/type-registry.ts';
import { PROCESS_CONFIG, PROCESS_NOT_HONOURED } from './process-config.ts';

/*
 * Types that the engine runs from an image are, in Brooklyn and Clocker, processes that may run in a container. Of the keys of those
 * that such a type does not declare itself, some have no meaning for an image, and the rest is not acted on yet.
 */

const NOT_INSTALLED = 'it runs from an image, and nothing is installed';
const IN_ITS_PLACE = 'what an image has stands where the image has it';
const WATCHED = 'whether it serves is told by its readiness';

const NOT_HONOURED: KeyNotes = {
  ...PROCESS_NOT_HONOURED,
  'install.version': 'the image has its version: give docker.image.tag',
  'download.url': NOT_INSTALLED,
  'download.addon.urls': NOT_INSTALLED,
  'archive.nameFormat': NOT_INSTALLED,
  'install.unique_label': NOT_INSTALLED,
  'skip.install': NOT_INSTALLED,
  'docker.container.autoCheckpointImage': NOT_INSTALLED,
  'install.dir': IN_ITS_PLACE,
  'expandedinstall.dir': IN_ITS_PLACE,
  'run.dir': IN_ITS_PLACE,
  'onbox.base.dir': IN_ITS_PLACE,
  'docker.container.hardwareId': 'sizes by name are not known: give docker.memory and docker.cpus',
  'docker.container.name': 'a container is named after its entity',
  requiredOpenLoginPorts: 'ports are opened by docker.container.openPorts',
  'inboundPorts.autoInfer': 'ports are opened by docker.container.openPorts',
  'inboundPorts.configRegex': 'ports are opened by docker.container.openPorts',
  'softwareProcess.serviceProcessIsRunningPollPeriod': WATCHED,
  'sshMonitoring.enabled': WATCHED,
  'metrics.usage.retrieve': 'CPU and memory of a container are always measured',
  'hostname.customizer': 'give docker.container.hostname',
};

const NO_COMMANDS = 'files and commands of an install are not run in a container of an image';

/** What placement and networks read of any type. */
const ACTED_ON: readonly string[] = [
  'docker.container.strategies',
  'affinity.rules',
  'provisioning.properties',
  'network.list',
  'sdn.applicationNetwork.create',
];

const PLANNED: KeyNotes = {
  'docker.dockerfile.url': 'images are not built: build and push it, and give docker.image.name',
  'docker.dockerfile.name': 'images are not built',
  'docker.dockerfile.substitutions': 'images are not built',
  'docker.context.url': 'images are not built',
  'docker.entrypoint.url': 'give the file below docker.container.files',
  'docker.image.id': 'give docker.image.name',
  'docker.host.volumes': 'folders of a host are not given to containers: use a named volume',
  'docker.container.volumes.export': 'folders of a host are not given to containers: use a named volume',
  'docker.container.volumes.import': 'volumes are not shared between containers by name',
  'docker.container.openPorts.configKeys': 'give the numbers below docker.container.openPorts',
  'docker.container.directPorts.configKeys': 'give the numbers below docker.container.directPorts',
  'children.startable.mode': 'children start beside it',
  'latch.stop': 'it is stopped without waiting',
  'skip.start': 'it is always started',
  'skip.start.ifRunning': 'it is always started',
};

/** What is said of the keys that the type does not declare itself. Those that make it wait to start do so for any expression, and need no word. */
export function notesFromImage({ shape }: { readonly shape: Readonly<Record<string, unknown>> }): {
  readonly plannedKeys: KeyNotes;
  readonly notHonoured: KeyNotes;
} {
  const rest = Object.entries(PROCESS_CONFIG).flatMap(([key, schema]) =>
    shape[key] === schema && !ACTED_ON.includes(key) && (!key.startsWith('latch.') || Object.hasOwn(PLANNED, key)) ? [key] : [],
  );
  const notes = (of: (key: string) => KeyNotes[string] | undefined): KeyNotes =>
    Object.fromEntries(rest.flatMap((key) => [of(key)].flatMap((note) => (note === undefined ? [] : [[key, note]]))));
  return {
    plannedKeys: notes((key) => (Object.hasOwn(NOT_HONOURED, key) ? undefined : (PLANNED[key] ?? NO_COMMANDS))),
    notHonoured: notes((key) => NOT_HONOURED[key]),
  };
}
