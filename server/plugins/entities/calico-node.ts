import { entityReference } from '../../domain/entity/entity-reference.ts';
import { portRange } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';
import { SDN_AGENT_CONFIG, SDN_AGENT_FLAGS, SDN_AGENT_SENSORS } from '../../domain/entity-types/sdn-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Made by its provider on every host of the cloud: not a service by itself. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'calico-node',
  title: 'Calico node',
  description: 'Calico on one host.',
  icon: 'cable',
  planned: true,
  aliases: classNames('brooklyn.networking.sdn.calico.CalicoNode', 'clocker.docker.networking.entity.sdn.calico.CalicoNode'),
  config: {
    ...SDN_AGENT_CONFIG,
    'calico.etcd.node': optional(entityReference, 'etcd node'),
    'powerstrip.port': preset(portRange, 2377, 'Port of Powerstrip'),
  },
  flags: {
    ...SDN_AGENT_FLAGS,
    etcdNode: 'calico.etcd.node',
    'sdn.calico.etcd.node': 'calico.etcd.node',
    powerstripPort: 'powerstrip.port',
  },
  sensors: SDN_AGENT_SENSORS,
});
