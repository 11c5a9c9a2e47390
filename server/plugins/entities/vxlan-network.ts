import { z } from 'zod';
import { portRange } from '../../domain/entity/value-schemas.ts';
import { preset } from '../../domain/entity-types/config-values.ts';
import { SDN_PROVIDER_CONFIG, SDN_PROVIDER_FLAGS, SDN_PROVIDER_SENSORS } from '../../domain/entity-types/sdn-config.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** The default provider. Its two kinds of control are DOVE’s model and Weave’s. */
export const plugin: EntityTypePlugin = groupType({
  id: 'vxlan-network',
  title: 'VXLAN networks',
  description: 'Kernel VXLAN between the hosts, with no agent on them.',
  icon: 'waypoints',
  planned: false,
  aliases: ['VxlanNetwork'],
  config: {
    ...SDN_PROVIDER_CONFIG,
    'vxlan.control': preset(
      z.enum(['controller', 'flood']),
      'controller',
      'Control',
      'controller writes where each address is; flood asks every host.',
    ),
    'vxlan.port': preset(portRange, 4789, 'Port', 'UDP, between the hosts.'),
  },
  flags: { ...SDN_PROVIDER_FLAGS },
  sensors: SDN_PROVIDER_SENSORS,
});
