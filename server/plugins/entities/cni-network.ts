import { z } from 'zod';
import { text } from '../../domain/entity/value-schemas.ts';
import { anyMap, optional, preset } from '../../domain/entity-types/config-values.ts';
import { SDN_PROVIDER_CONFIG, SDN_PROVIDER_FLAGS, SDN_PROVIDER_SENSORS } from '../../domain/entity-types/sdn-config.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Runs the plug-in as the CNI specification says. */
export const plugin: EntityTypePlugin = groupType({
  id: 'cni-network',
  title: 'CNI networks',
  description: 'Networks made by any CNI plug-in that is on the hosts.',
  icon: 'puzzle',
  planned: true,
  instead: 'vxlan-network',
  aliases: ['CniNetwork'],
  config: {
    ...SDN_PROVIDER_CONFIG,
    'cni.conflist': optional(z.union([anyMap, text]), 'Configuration', 'Of the CNI specification, as a map or as JSON.'),
    'cni.path': preset(text, '/opt/cni/bin', 'Folder of the plug-ins'),
  },
  flags: { ...SDN_PROVIDER_FLAGS },
  sensors: SDN_PROVIDER_SENSORS,
});
