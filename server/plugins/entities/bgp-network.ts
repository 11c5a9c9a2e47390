import { BGP_CONFIG, SDN_PROVIDER_CONFIG, SDN_PROVIDER_FLAGS, SDN_PROVIDER_SENSORS } from '../../domain/entity-types/sdn-config.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Project Calico’s model: plain routing, BIRD on each host. */
export const plugin: EntityTypePlugin = groupType({
  id: 'bgp-network',
  title: 'BGP networks',
  description: 'Routed networks without an overlay: hosts tell each other their containers by BGP.',
  icon: 'route',
  planned: false,
  aliases: ['BgpNetwork'],
  config: { ...SDN_PROVIDER_CONFIG, ...BGP_CONFIG },
  flags: { ...SDN_PROVIDER_FLAGS },
  sensors: SDN_PROVIDER_SENSORS,
});
