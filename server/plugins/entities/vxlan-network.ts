import { SDN_PROVIDER_CONFIG, SDN_PROVIDER_FLAGS, SDN_PROVIDER_SENSORS, VXLAN_CONFIG } from '../../domain/entity-types/sdn-config.ts';
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
    ...VXLAN_CONFIG,
  },
  flags: { ...SDN_PROVIDER_FLAGS },
  sensors: SDN_PROVIDER_SENSORS,
});
