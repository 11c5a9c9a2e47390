import { classNames } from '../../domain/entity-types/class-names.ts';
import { CALICO_CONFIG, SDN_PROVIDER_CONFIG, SDN_PROVIDER_FLAGS, SDN_PROVIDER_SENSORS } from '../../domain/entity-types/sdn-config.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const OWNERS = 'the node and the address pools that the host’s owner has set up are used as they are';

/** Calico’s own node on each host; its preflight says where it is not installed. */
export const plugin: EntityTypePlugin = groupType({
  id: 'calico-network',
  title: 'Calico networks',
  description: 'Routed networks made by the Calico nodes that the hosts have.',
  icon: 'route',
  planned: false,
  unverified: 'Calico’s node, which each host has to have already',
  instead: 'bgp-network',
  aliases: classNames('brooklyn.networking.sdn.calico.CalicoNetwork', 'clocker.docker.networking.entity.sdn.calico.CalicoNetwork'),
  config: { ...SDN_PROVIDER_CONFIG, ...CALICO_CONFIG },
  flags: { ...SDN_PROVIDER_FLAGS, calicoVersion: 'calico.version', etcdVersion: 'etcd.version' },
  notHonoured: {
    'calico.version': OWNERS,
    'calico.ipip': OWNERS,
    'calico.nat': OWNERS,
    'etcd.version': OWNERS,
    'calico.etcd.external': OWNERS,
    'calico.etcd.external.initialSize': OWNERS,
  },
  sensors: SDN_PROVIDER_SENSORS,
});
