import { z } from 'zod';
import { HOST_TYPE } from '../../domain/cloud/host-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { entityReference } from '../../domain/entity/entity-reference.ts';
import { nestedSpec } from '../../domain/entity/nested-spec.ts';
import { boolean, portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional, preset, textMap } from '../../domain/entity-types/config-values.ts';
import { MACHINE_SENSORS } from '../../domain/entity-types/machine-sensors.ts';
import { MACHINE_FLAGS_NOT_HONOURED, MACHINE_NOT_HONOURED } from '../../domain/entity-types/software-process-config.ts';
import { hostType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const SSH_ONLY = 'the engine is reached over SSH and listens on no port';

/** A machine with Docker in a cloud. */
export const plugin: EntityTypePlugin = hostType({
  id: HOST_TYPE,
  title: 'Docker host',
  description: 'A machine of a Docker cloud.',
  icon: 'server',
  planned: false,
  aliases: classNames('brooklyn.entity.container.docker.DockerHost', 'clocker.docker.entity.DockerHost'),
  config: {
    'docker.host.flags': optional(anyMap, 'Machine', 'What the machine must have: minRam, minCores, osFamily …'),
    'docker.host.nameFormat': optional(text, 'Name', 'Such as docker-%2$d: %1$s is the id, %2$d a number.'),
    'docker.host.volumes': optional(textMap, 'Host volumes', 'Folder of the host: folder in every container.'),
    'docker.host.scanInterval': preset(duration, '10s', 'Look for containers every'),
    'docker.container.spec': optional(nestedSpec, 'Container', 'What a container is.'),
    'docker.container.nameFormat': optional(text, 'Name of a container'),
    'docker.infrastructure': optional(entityReference, 'Docker cloud'),
    'docker.host.driver.storage': optional(text, 'Storage driver'),
    'docker.host.epel.release': optional(text, 'EPEL release'),
    'docker.host.openIptables': optional(boolean, 'Open ports in the firewall'),
    'docker.addLocalhostPermission': optional(boolean, 'Let localhost in'),
    'docker.port': optional(portRange, 'Port of the engine'),
    'docker.ssl.port': optional(portRange, 'TLS port of the engine'),
    'docker.control.port': optional(portRange, 'Control port'),
    'docker.data.port': optional(portRange, 'Data port'),
    'entity.dynamicLocation.name': optional(text, 'Name of its location'),
  },
  flags: {
    dockerVersion: 'install.version',
    'docker.version': 'install.version',
    provisioningFlags: 'docker.host.flags',
    volumeMappings: 'docker.host.volumes',
    scanInterval: 'docker.host.scanInterval',
    containerSpec: 'docker.container.spec',
    infrastructure: 'docker.infrastructure',
    dockerPort: 'docker.port',
    dockerSslPort: 'docker.ssl.port',
    openIptables: 'docker.host.openIptables',
    addLocalhostPermission: 'docker.addLocalhostPermission',
    locationName: 'entity.dynamicLocation.name',
    'docker.password': 'docker.loginUser.password',
    password: 'docker.loginUser.password',
    useSsh: 'docker.useSsh',
  },
  sensors: [
    ...MACHINE_SENSORS,
    { name: 'docker.host.name', type: 'string', description: 'Its name' },
    { name: 'docker.host.id', type: 'string', description: 'Id of its record' },
    { name: 'host.address', type: 'string', description: 'Where it is reached' },
    { name: 'host.name', type: 'string', description: 'The same as docker.host.name' },
    { name: 'docker.containers.total', type: 'number', description: 'Containers', unit: 'count' },
    { name: 'docker.containers.idle', type: 'number', description: 'Containers without an entity', unit: 'count' },
    { name: 'sdn.agent.entity', type: 'json', description: 'Its agent of the network provider' },
  ],
  effectors: [
    { name: 'restart', description: 'Try a machine that failed again', parameters: z.object({}), destructive: false },
    {
      name: 'release',
      description: 'Give its machine back, and take another where the cloud wants one. Refused while containers are on it, unless forced',
      parameters: z.object({ force: z.boolean().optional(), afterwards: z.enum(['replace', 'shrink']).optional() }),
      destructive: true,
    },
  ],
  plannedKeys: {
    'docker.host.volumes': 'folders of the host are given to containers one by one',
  },
  notHonoured: {
    'install.version': 'hosts get the version of their distribution’s packages',
    'docker.host.flags': MACHINE_FLAGS_NOT_HONOURED,
    'docker.container.spec': 'services say themselves what container they are',
    'docker.container.nameFormat': 'containers are named so that no name is ever used twice',
    'docker.host.scanInterval': 'a host tells at once what becomes of its containers',
    'docker.infrastructure': 'a host belongs to the cloud that it stands in',
    'entity.dynamicLocation.name': 'containers go to the cloud by its name; a host is chosen with the hostname strategy',
    'docker.host.openIptables': MACHINE_NOT_HONOURED.openIptables,
    'docker.host.driver.storage': 'the engine’s own choice is kept; a kernel is never changed for another',
    'docker.host.epel.release': 'packages come from the sources that the machine has',
    'docker.addLocalhostPermission': MACHINE_NOT_HONOURED.openIptables,
    'docker.port': SSH_ONLY,
    'docker.ssl.port': SSH_ONLY,
  },
});
