import { classNames } from '../../domain/entity-types/class-names.ts';
import { JAVA_CONFIG, JAVA_FLAGS, JMX_CONFIG, JMX_FLAGS, JMX_SECRETS, JMX_SENSORS } from '../../domain/entity-types/java-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import { ZOOKEEPER_CONFIG, ZOOKEEPER_FLAGS, ZOOKEEPER_SENSORS } from '../../domain/entity-types/zookeeper-config.ts';
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
    ...ZOOKEEPER_CONFIG,
  },
  secretKeys: JMX_SECRETS,
  flags: {
    ...JAVA_FLAGS,
    ...JMX_FLAGS,
    ...ZOOKEEPER_FLAGS,
  },
  sensors: [...JMX_SENSORS, ...ZOOKEEPER_SENSORS],
});
