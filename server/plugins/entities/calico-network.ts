import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, size } from '../../domain/entity-types/config-values.ts';
import { SDN_PROVIDER_CONFIG, SDN_PROVIDER_FLAGS, SDN_PROVIDER_SENSORS } from '../../domain/entity-types/sdn-config.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Calico’s own node on each host; its preflight says where it is not installed. */
export const plugin: EntityTypePlugin = groupType({
  id: 'calico-network',
  title: 'Calico networks',
  description: 'Routed networks made by the Calico nodes of the hosts.',
  icon: 'route',
  planned: true,
  instead: 'bgp-network',
  aliases: classNames('brooklyn.networking.sdn.calico.CalicoNetwork', 'clocker.docker.networking.entity.sdn.calico.CalicoNetwork'),
  config: {
    ...SDN_PROVIDER_CONFIG,
    'calico.version': optional(text, 'Version'),
    'calico.ipip': preset(boolean, true, 'IP in IP', 'Between hosts that are not on one LAN.'),
    'calico.nat': preset(boolean, true, 'NAT to the outside'),
    'etcd.version': optional(text, 'etcd version'),
    'calico.etcd.external': optional(boolean, 'etcd of one’s own'),
    'calico.etcd.external.url': optional(text, 'Address of that etcd'),
    'calico.etcd.external.initialSize': optional(size, 'Size of that etcd'),
  },
  flags: { ...SDN_PROVIDER_FLAGS, calicoVersion: 'calico.version', etcdVersion: 'etcd.version' },
  sensors: SDN_PROVIDER_SENSORS,
});
