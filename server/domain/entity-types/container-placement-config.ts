import { z } from 'zod';
import { argv, environment } from '../entity/container-config.ts';
import { bindings, openPorts } from '../entity/container-ports.ts';
import { nestedObject } from '../entity/nested-spec.ts';
import { boolean, text } from '../entity/value-schemas.ts';
import { anyMap, optional, textMap, texts, url } from './config-values.ts';

/** A list of strategies; one by itself is taken as a list of one. */
export const strategies = z.union(
  [z.array(z.union([nestedObject, z.string()])), nestedObject, z.string()],
  'needs a list of placement strategies',
);

/** The grammar of Clocker: `[NOT] TYPE t`, `NAME n`, `ID i`, `APPLICATION a`, `PREDICATE p`, `EMPTY`; several on lines or with commas. */
export const affinityRules = texts;

/** What Clocker lets any software choose that it puts into a container: its image, ports, volumes, networks and host. */
export const CONTAINER_PLACEMENT_CONFIG = {
  'docker.image.name': optional(text, 'Image', 'An image that has the software already.'),
  'docker.image.tag': optional(text, 'Tag'),
  'docker.image.id': optional(text, 'Image id', 'An image to install on.'),
  'docker.image.entrypoint': optional(argv, 'Entrypoint', 'Instead of the image’s.'),
  'docker.image.commands': optional(argv, 'Command', 'Instead of the image’s.'),
  'docker.dockerfile.url': optional(url, 'Dockerfile', 'A Dockerfile, or an archive with one, to build the image from.'),
  'docker.dockerfile.name': optional(text, 'Name of the built image'),
  'docker.dockerfile.substitutions': optional(anyMap, 'Substitutions in the Dockerfile'),
  'docker.entrypoint.url': optional(url, 'Entrypoint script'),
  'docker.context.url': optional(url, 'Build context'),
  'docker.container.name': optional(text, 'Container name'),
  'docker.container.environment': optional(environment, 'Environment of the container'),
  'docker.container.openPorts': optional(openPorts, 'Open ports', 'Ports led to from a free port of the host.'),
  'docker.container.openPorts.configKeys': optional(
    z.array(z.unknown()),
    'Open ports of keys',
    'Keys whose port is led to from a free port.',
  ),
  'docker.container.directPorts': optional(openPorts, 'Direct ports', 'Ports led to from the same port of the host.'),
  'docker.container.directPorts.configKeys': optional(
    z.array(z.unknown()),
    'Direct ports of keys',
    'Keys whose port is led to from the same port of the host.',
  ),
  'docker.container.portBindings': optional(bindings, 'Port bindings', 'Port of the host: port of the container.'),
  'docker.container.links': optional(anyMap, 'Links', 'Alias: the entity that it names.'),
  'docker.host.volumes': optional(textMap, 'Host volumes', 'Folder of the host, or URL of an archive: folder in the container.'),
  'docker.container.volumes': optional(texts, 'Volumes', 'Folders that are kept.'),
  'docker.container.volumes.export': optional(texts, 'Exported folders', 'The same folder of the host, in the container.'),
  'docker.container.volumes.import': optional(texts, 'Volumes from', 'Containers whose volumes it sees.'),
  'docker.memory': optional(text, 'Memory limit', 'Such as 512m.'),
  'docker.cpus': optional(text, 'CPU limit', 'Number of CPUs.'),
  'docker.cpuShares': optional(text, 'CPU shares', 'Weight against other containers of the host.'),
  'docker.container.hardwareId': optional(text, 'Size', 'micro, small, medium or large.'),
  'docker.container.privileged': optional(boolean, 'Privileged'),
  'docker.container.interactive': optional(boolean, 'Keep standard input open'),
  'docker.container.autoCheckpointImage': optional(
    boolean,
    'Keep the installed image',
    'Commits the container after install, to start the next from it.',
  ),
  'docker.container.strategies': optional(strategies, 'Placement', 'Strategies besides those of the cloud.'),
  'affinity.rules': optional(affinityRules, 'Affinity', 'What may and may not be on the same host.'),
  'network.list': optional(texts, 'Networks', 'Joined besides the one of its application.'),
  'sdn.applicationNetwork.create': optional(boolean, 'Join the application’s network'),
};

export const CONTAINER_PLACEMENT_FLAGS = {
  dockerfileUrl: 'docker.dockerfile.url',
  containerName: 'docker.container.name',
  links: 'docker.container.links',
  volumesFrom: 'docker.container.volumes.import',
  volumeMappings: 'docker.host.volumes',
  imageName: 'docker.image.name',
  imageTag: 'docker.image.tag',
  'docker.direct.ports': 'docker.container.directPorts.configKeys',
  'docker.hardwareId': 'docker.container.hardwareId',
} as const;

export const CONTAINER_PLACEMENT_NOT_HONOURED = {
  'docker.useSsh': 'commands run by docker exec: images need no SSH server',
  'docker.useHostDnsName': 'a container has a name of its own',
  'docker.loginUser.password': 'no SSH server is put into images',
} as const;

export const CONTAINER_PLACEMENT_UNUSED_CONFIG = {
  'docker.useSsh': optional(boolean, 'Commands over SSH'),
  'docker.useHostDnsName': optional(boolean, 'Name of the host as hostname'),
  'docker.loginUser.password': optional(text, 'Password of the SSH server'),
};
