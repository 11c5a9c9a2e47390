import { z } from 'zod';
import { preset, size } from '../../domain/entity-types/config-values.ts';
import { SDN_PROVIDER_CONFIG, SDN_PROVIDER_FLAGS, SDN_PROVIDER_SENSORS } from '../../domain/entity-types/sdn-config.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Project Calico’s model: plain routing, BIRD on each host. */
export const plugin: EntityTypePlugin = groupType({
  id: 'bgp-network',
  title: 'BGP networks',
  description: 'Routed networks without an overlay: hosts tell each other their containers by BGP.',
  icon: 'route',
  planned: true,
  instead: 'vxlan-network',
  aliases: ['BgpNetwork'],
  config: {
    ...SDN_PROVIDER_CONFIG,
    'bgp.asNumber': preset(size, 64_512, 'AS number'),
    'bgp.announce': preset(
      z.enum(['container', 'block']),
      'block',
      'Routes',
      'A route for each container, or one for the block of a host.',
    ),
  },
  flags: { ...SDN_PROVIDER_FLAGS },
  sensors: SDN_PROVIDER_SENSORS,
});
