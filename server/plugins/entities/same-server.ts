import { boolean, portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional } from '../../domain/entity-types/config-values.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s SameServerEntity. */
export const plugin: EntityTypePlugin = groupType({
  id: 'same-server',
  title: 'Same machine',
  description: 'Puts all its children on one machine or into one container.',
  icon: 'square-stack',
  planned: true,
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
});
