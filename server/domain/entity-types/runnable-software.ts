import { z } from 'zod';
import type { KeyNotes } from '../blueprint/type-registry.ts';
import { BUILD, buildConfig, DOCKERFILE_TEXT, DOCKERFILE_URL, dockerfileText, SUBSTITUTIONS } from '../build/build-ask.ts';
import { environment, imageName, imageTag, sharedContainerShape } from '../entity/container-config.ts';
import { bindings, openPorts } from '../entity/container-ports.ts';
import { volumes } from '../entity/container-volumes.ts';
import { HOST_VOLUMES } from '../entity/host-access.ts';
import { hostVolumes } from '../entity/host-volumes.ts';
import { optional } from './config-values.ts';
import { type OwnType, softwareType } from './type-kinds.ts';

/** Of its container, where it runs in one: what it is installed on, its ports, volumes, networks and limits. */
const CONTAINER_CONFIG = {
  ...sharedContainerShape,
  'docker.image.name': imageName.optional().meta({ title: 'Image', description: 'In a container: what it is installed on.' }),
  'docker.image.tag': imageTag.optional().meta({ title: 'Tag', description: 'When the image does not say it.' }),
  [BUILD]: buildConfig.optional().meta({ title: 'Build', description: 'In a container: what it is installed on is built, as in Compose.' }),
  [DOCKERFILE_URL]: z.string().min(1).max(4096).optional().meta({ title: 'Dockerfile from' }),
  [DOCKERFILE_TEXT]: dockerfileText.optional().meta({ title: 'Dockerfile' }),
  [SUBSTITUTIONS]: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .meta({ title: 'Substitutions' }),
  'docker.container.environment': optional(environment, 'Environment of the container'),
  'docker.container.openPorts': optional(openPorts, 'Open ports', 'Of its container, led to from a free port of the host.'),
  'docker.container.directPorts': optional(openPorts, 'Direct ports', 'Of its container, led to from the same port of the host.'),
  'docker.container.portBindings': optional(bindings, 'Port bindings', 'Port of the host: port of the container.'),
  'docker.container.volumes': optional(volumes, 'Volumes', 'Of its container: named volumes, name:/path.'),
  [HOST_VOLUMES]: hostVolumes.optional(),
};

const IN_A_CONTAINER = 'the container stays up for the commands of the process: give launch.command';
const NOT_YET = 'it is not acted on for software that commands install';

const PLANNED: KeyNotes = {
  'docker.image.id': 'give docker.image.name',
  'docker.image.entrypoint': IN_A_CONTAINER,
  'docker.image.commands': IN_A_CONTAINER,
  'docker.entrypoint.url': IN_A_CONTAINER,
  'docker.context.url': 'give docker.build',
  'docker.dockerfile.name': 'an image that is built is named after what it is built of',
  'docker.container.openPorts.configKeys': 'ports of keys that end in .port are opened by themselves',
  'docker.container.directPorts.configKeys': 'give the numbers below docker.container.directPorts',
  'docker.container.links': 'refer to sensors of the other: $brooklyn:component("db").attributeWhenReady("host.address")',
  'docker.container.volumes.export': 'folders of a host are not given to it: use a named volume',
  'docker.container.volumes.import': 'volumes are not shared between containers by name',
  'docker.container.privileged': NOT_YET,
  'docker.container.interactive': NOT_YET,
  'download.addon.urls': 'fetch them in install.command',
  'archive.nameFormat': 'the outer folder of an archive is taken away; the rest is at $EXPANDED_INSTALL_DIR',
  'hostname.customizer': 'the name of a machine is never changed',
};

const NOT_HONOURED: KeyNotes = {
  'docker.container.hardwareId': 'sizes by name are not known: give docker.memory and docker.cpus',
  'docker.container.name': 'a container is named after its entity',
  'docker.container.autoCheckpointImage': 'what is installed is always kept as an image',
  'metrics.usage.retrieve': 'CPU and memory are always measured',
};

/** A type that is installed and run by commands, in a container or on a machine: its behaviour says which. */
export function runnableSoftware(own: Omit<OwnType, 'planned'>) {
  return {
    ...softwareType({
      ...own,
      planned: false,
      config: { ...CONTAINER_CONFIG, ...own.config },
      notHonoured: { ...NOT_HONOURED, ...own.notHonoured },
    }),
    plannedKeys: { ...PLANNED, ...own.plannedKeys },
  };
}
