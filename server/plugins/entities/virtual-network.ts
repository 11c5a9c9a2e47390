import { entityReference } from '../../domain/entity/entity-reference.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, cidr, optional } from '../../domain/entity-types/config-values.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import { networkRules } from '../../domain/network/network-rules.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** A network that entities join by naming it in `network.list`. */
export const plugin: EntityTypePlugin = groupType({
  id: 'virtual-network',
  title: 'Network',
  description: 'A network across the hosts of a cloud, for those that name it.',
  icon: 'network',
  planned: false,
  aliases: classNames('brooklyn.networking.VirtualNetwork', 'clocker.docker.networking.entity.VirtualNetwork'),
  config: {
    'network.id': optional(text, 'Name', 'By which network.list names it.'),
    'network.cidr': optional(cidr, 'Addresses', 'The next free of the pool unless given.'),
    'network.flags': optional(anyMap, 'Options'),
    'network.internal': optional(boolean, 'Without a way out'),
    'network.rules': optional(networkRules, 'Rules', 'Who may connect to whom; with rules it is closed but for them.'),
    'sdn.provider.network': optional(entityReference, 'Provider'),
  },
  flags: {
    networkId: 'network.id',
    networkid: 'network.id',
    cidr: 'network.cidr',
    flags: 'network.flags',
    internal: 'network.internal',
    sdn: 'sdn.provider.network',
  },
  sensors: [
    { name: 'network.id', type: 'string', description: 'Its name' },
    { name: 'network.cidr', type: 'string', description: 'Its addresses' },
  ],
});
