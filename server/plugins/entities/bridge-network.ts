import { SDN_PROVIDER_CONFIG, SDN_PROVIDER_FLAGS, SDN_PROVIDER_SENSORS } from '../../domain/entity-types/sdn-config.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** For clouds of one host. */
export const plugin: EntityTypePlugin = groupType({
  id: 'bridge-network',
  title: 'Bridge networks',
  description: 'Docker’s own bridges: all that share a network are on one host.',
  icon: 'network',
  planned: false,
  aliases: ['BridgeNetwork'],
  config: { ...SDN_PROVIDER_CONFIG },
  flags: { ...SDN_PROVIDER_FLAGS },
  sensors: SDN_PROVIDER_SENSORS,
});
