import { z } from 'zod';
import { entityReference } from '../../domain/entity/entity-reference.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';
import { CONTAINER_PLACEMENT_CONFIG, CONTAINER_PLACEMENT_FLAGS } from '../../domain/entity-types/container-placement-config.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const NOTHING = z.object({});
const [, ...names] = classNames('brooklyn.entity.container.docker.DockerContainer', 'clocker.docker.entity.container.DockerContainer');

/** What a cloud makes for each entity that it runs, as `docker.container.spec` describes it: not a service by itself. */
export const plugin: EntityTypePlugin = groupType({
  id: 'cloud-container',
  title: 'Container of a cloud',
  description: 'The container that a Docker cloud makes for an entity.',
  icon: 'box',
  planned: true,
  aliases: names,
  config: {
    ...CONTAINER_PLACEMENT_CONFIG,
    'docker.container.nameFormat': optional(text, 'Name', 'Such as web-%2$02x: %1$s is the id, %2$d a number.'),
    'docker.container.managed': optional(boolean, 'Managed'),
    'docker.container.entity': optional(entityReference, 'Entity'),
    'docker.host': optional(entityReference, 'Host'),
    'docker.infrastructure': optional(entityReference, 'Docker cloud'),
    'docker.useHostDnsName': optional(boolean, 'Name of the host as hostname'),
    'docker.useSsh': optional(boolean, 'Commands over SSH'),
    'docker.loginUser.password': optional(text, 'Password of the SSH server'),
  },
  secretKeys: ['docker.loginUser.password'],
  flags: {
    ...CONTAINER_PLACEMENT_FLAGS,
    containerName: 'docker.container.name',
    entrypoint: 'docker.image.entrypoint',
    commands: 'docker.image.commands',
    env: 'docker.container.environment',
    volumes: 'docker.container.volumes.export',
    volumeExports: 'docker.container.volumes.export',
    volumesFrom: 'docker.container.volumes.import',
    memory: 'docker.memory',
    cpuShares: 'docker.cpuShares',
    privileged: 'docker.container.privileged',
    interactive: 'docker.container.interactive',
    managed: 'docker.container.managed',
    entity: 'docker.container.entity',
    dockerHost: 'docker.host',
    infrastructure: 'docker.infrastructure',
    imageId: 'docker.image.id',
    hardwareId: 'docker.container.hardwareId',
    useHostDnsName: 'docker.useHostDnsName',
    useSsh: 'docker.useSsh',
    password: 'docker.loginUser.password',
    'docker.password': 'docker.loginUser.password',
  },
  sensors: [
    { name: 'docker.container.id', type: 'string', description: 'Docker’s id of it' },
    { name: 'docker.container.name', type: 'string', description: 'Its name' },
    { name: 'docker.container.image.id', type: 'string', description: 'Id of its image' },
    { name: 'docker.container.image.name', type: 'string', description: 'Its image' },
    { name: 'docker.container.hardwareId', type: 'string', description: 'Its size' },
    { name: 'docker.container.addresses', type: 'json', description: 'Its addresses' },
    { name: 'docker.container.running', type: 'boolean', description: 'True while it runs' },
    { name: 'docker.container.paused', type: 'boolean', description: 'True while it is paused' },
    { name: 'docker.container', type: 'json', description: 'The container of an entity' },
    { name: 'host.subnet.address', type: 'string', description: 'Address in its network' },
    { name: 'host.subnet.hostname', type: 'string', description: 'Name in its network' },
  ],
  effectors: [
    { name: 'shutDown', description: 'End it at once', parameters: NOTHING, destructive: true },
    { name: 'pause', description: 'Stop it; it can be resumed', parameters: NOTHING, destructive: true },
    { name: 'resume', description: 'Start it again', parameters: NOTHING, destructive: false },
  ],
  notHonoured: {
    'docker.useHostDnsName': 'a container has a name of its own',
    'docker.useSsh': 'commands run by docker exec: images need no SSH server',
    'docker.loginUser.password': 'no SSH server is put into images',
    'docker.container.managed': 'containers of others are shown and never touched',
  },
});
