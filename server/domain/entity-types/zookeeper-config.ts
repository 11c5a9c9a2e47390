import { portRange } from '../entity/value-schemas.ts';
import { optional, preset, size, url } from './config-values.ts';

/** Every ZooKeeper, that of Kafka too. */
export const ZOOKEEPER_CONFIG = {
  'zookeeper.port': preset(portRange, '2181+', 'Port'),
  'zookeeper.leader.port': preset(portRange, '2888+', 'Port of the leader'),
  'zookeeper.election.port': preset(portRange, '3888+', 'Port of elections'),
  'zookeeper.configTemplate': optional(url, 'Template of its configuration'),
  'zookeeper.myid': preset(size, 1, 'Id'),
};

export const ZOOKEEPER_FLAGS = {
  zookeeperPort: 'zookeeper.port',
  zookeeperLeaderPort: 'zookeeper.leader.port',
  zookeeperElectionPort: 'zookeeper.election.port',
  zookeeperConfig: 'zookeeper.configTemplate',
  zookeeperId: 'zookeeper.myid',
} as const;

export const ZOOKEEPER_SENSORS = [
  { name: 'zookeeper.port', type: 'number', description: 'Port' },
  { name: 'zookeeper.endpoint', type: 'string', description: 'Where it is reached: host:port' },
  { name: 'zookeeper.myid', type: 'number', description: 'Id' },
  { name: 'zookeeper.outstandingRequests', type: 'number', description: 'Requests that wait', unit: 'count' },
  { name: 'zookeeper.packets.received', type: 'number', description: 'Received', unit: 'count' },
  { name: 'zookeeper.packets.sent', type: 'number', description: 'Sent', unit: 'count' },
] as const;
