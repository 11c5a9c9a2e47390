import { CNI_CONFIG, SDN_PROVIDER_CONFIG, SDN_PROVIDER_FLAGS, SDN_PROVIDER_SENSORS } from '../../domain/entity-types/sdn-config.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Runs the plug-in as the CNI specification says. */
export const plugin: EntityTypePlugin = groupType({
  id: 'cni-network',
  title: 'CNI networks',
  description: 'Networks made by any CNI plug-in that is on the hosts.',
  icon: 'puzzle',
  planned: false,
  aliases: ['CniNetwork'],
  config: { ...SDN_PROVIDER_CONFIG, ...CNI_CONFIG },
  flags: { ...SDN_PROVIDER_FLAGS },
  sensors: SDN_PROVIDER_SENSORS,
});
