import { portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';
import { SDN_PROVIDER_CONFIG, SDN_PROVIDER_FLAGS, SDN_PROVIDER_SENSORS } from '../../domain/entity-types/sdn-config.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Weave’s own router on each host; its preflight says where it is not installed. */
export const plugin: EntityTypePlugin = groupType({
  id: 'weave-network',
  title: 'Weave networks',
  description: 'Networks made by the Weave routers of the hosts.',
  icon: 'waypoints',
  planned: true,
  instead: 'vxlan-network',
  aliases: classNames('brooklyn.networking.sdn.weave.WeaveNetwork', 'clocker.docker.networking.entity.sdn.weave.WeaveNetwork'),
  config: {
    ...SDN_PROVIDER_CONFIG,
    'weave.version': optional(text, 'Version'),
    'weave.port': preset(portRange, 6783, 'Port', 'Between the hosts.'),
  },
  flags: { ...SDN_PROVIDER_FLAGS, version: 'weave.version', weavePort: 'weave.port' },
  sensors: SDN_PROVIDER_SENSORS,
});
