import { z } from 'zod';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, url } from '../../domain/entity-types/config-values.ts';
import { JAVA_CONFIG, JAVA_FLAGS, JMX_CONFIG, JMX_FLAGS, JMX_SECRETS, JMX_SENSORS } from '../../domain/entity-types/java-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import { ZOOKEEPER_CONFIG, ZOOKEEPER_FLAGS, ZOOKEEPER_SENSORS } from '../../domain/entity-types/zookeeper-config.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s KafkaZooKeeper. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'kafka-zookeeper',
  title: 'Kafka ZooKeeper',
  description: 'The ZooKeeper that comes with Kafka.',
  icon: 'key-round',
  planned: true,
  aliases: classNames('brooklyn.entity.messaging.kafka.KafkaZooKeeper', 'org.apache.brooklyn.entity.messaging.kafka.KafkaZooKeeper'),
  config: {
    ...JAVA_CONFIG,
    ...JMX_CONFIG,
    ...ZOOKEEPER_CONFIG,
    'kafka.zookeeper.configTemplate': optional(url, 'Template of Kafka’s configuration'),
  },
  secretKeys: JMX_SECRETS,
  flags: {
    ...JAVA_FLAGS,
    ...JMX_FLAGS,
    ...ZOOKEEPER_FLAGS,
    kafkaZookeeperConfig: 'kafka.zookeeper.configTemplate',
  },
  sensors: [...JMX_SENSORS, ...ZOOKEEPER_SENSORS],
  effectors: [{ name: 'createTopic', description: 'Make a topic', parameters: z.object({ topic: text }), destructive: false }],
});
