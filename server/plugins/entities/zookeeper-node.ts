import { portRange } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, size, url } from '../../domain/entity-types/config-values.ts';
import { JAVA_CONFIG, JAVA_FLAGS, JMX_CONFIG, JMX_FLAGS, JMX_SECRETS, JMX_SENSORS } from '../../domain/entity-types/java-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s ZooKeeperNode. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'zookeeper-node',
  title: 'ZooKeeper node',
  description: 'One node of ZooKeeper.',
  icon: 'key-round',
  planned: true,
  aliases: classNames('brooklyn.entity.zookeeper.ZooKeeperNode', 'org.apache.brooklyn.entity.zookeeper.ZooKeeperNode'),
  config: {
    ...JAVA_CONFIG,
    ...JMX_CONFIG,
    'zookeeper.port': preset(portRange, '2181+', 'Port'),
    'zookeeper.leader.port': preset(portRange, '2888+', 'Port of the leader'),
    'zookeeper.election.port': preset(portRange, '3888+', 'Port of elections'),
    'zookeeper.configTemplate': optional(url, 'Template of its configuration'),
    'zookeeper.myid': preset(size, 1, 'Id'),
  },
  secretKeys: JMX_SECRETS,
  flags: {
    ...JAVA_FLAGS,
    ...JMX_FLAGS,
    zookeeperPort: 'zookeeper.port',
    zookeeperLeaderPort: 'zookeeper.leader.port',
    zookeeperElectionPort: 'zookeeper.election.port',
    zookeeperConfig: 'zookeeper.configTemplate',
    zookeeperId: 'zookeeper.myid',
  },
  sensors: [
    ...JMX_SENSORS,
    { name: 'zookeeper.port', type: 'number', description: 'Port' },
    { name: 'zookeeper.endpoint', type: 'string', description: 'Where it is reached: host:port' },
    { name: 'zookeeper.myid', type: 'number', description: 'Id' },
    { name: 'zookeeper.outstandingRequests', type: 'number', description: 'Requests that wait', unit: 'count' },
    { name: 'zookeeper.packets.received', type: 'number', description: 'Received', unit: 'count' },
    { name: 'zookeeper.packets.sent', type: 'number', description: 'Sent', unit: 'count' },
  ],
});
