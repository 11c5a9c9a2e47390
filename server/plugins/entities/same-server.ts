import { boolean, portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional } from '../../domain/entity-types/config-values.ts';
import { SAME_SERVER, toSameServer } from '../../domain/entity-types/same-server.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s SameServerEntity. */
export const plugin: EntityTypePlugin = {
  ...groupType({
    id: SAME_SERVER,
    title: 'Same host',
    description: 'Has the containers of all that is below it on one host of their cloud.',
    icon: 'square-stack',
    planned: false,
    aliases: classNames('brooklyn.entity.basic.SameServerEntity', 'org.apache.brooklyn.entity.software.base.SameServerEntity'),
    config: {
      'provisioning.properties': optional(anyMap, 'Machine', 'What the machine must have: minRam, minCores, osFamily …'),
      requiredOpenLoginPorts: optional(portRange, 'Open ports'),
      'inboundPorts.autoInfer': optional(boolean, 'Open the children’s ports'),
      'inboundPorts.configRegex': optional(text, 'Which keys are ports'),
    },
    flags: {
      provisioningProperties: 'provisioning.properties',
    },
    sensors: [
      { name: 'host.name', type: 'string', description: 'Name of where its children run' },
      { name: 'host.address', type: 'string', description: 'Address where its children run' },
    ],
    notHonoured: {
      requiredOpenLoginPorts: 'its children open their own ports',
      'inboundPorts.autoInfer': 'its children open their own ports',
      'inboundPorts.configRegex': 'its children open their own ports',
    },
  }),
  compose: toSameServer,
};
