import { classNames } from '../../domain/entity-types/class-names.ts';
import { SDN_PROVIDER_CONFIG, SDN_PROVIDER_FLAGS, SDN_PROVIDER_SENSORS, WEAVE_CONFIG } from '../../domain/entity-types/sdn-config.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const OWNERS = 'the router that the host’s owner has launched is used as it is';

/** Weave’s own router on each host; its preflight says where it is not installed. */
export const plugin: EntityTypePlugin = groupType({
  id: 'weave-network',
  title: 'Weave networks',
  description: 'Networks made by the Weave routers that the hosts have.',
  icon: 'waypoints',
  planned: false,
  unverified: 'Weave’s router, which each host has to have already',
  instead: 'vxlan-network',
  aliases: classNames('brooklyn.networking.sdn.weave.WeaveNetwork', 'clocker.docker.networking.entity.sdn.weave.WeaveNetwork'),
  config: { ...SDN_PROVIDER_CONFIG, ...WEAVE_CONFIG },
  flags: { ...SDN_PROVIDER_FLAGS, version: 'weave.version', weavePort: 'weave.port' },
  notHonoured: { 'weave.version': OWNERS, 'weave.port': OWNERS },
  sensors: SDN_PROVIDER_SENSORS,
});
