import { z } from 'zod';
import { duration } from '../../domain/entity/container-config.ts';
import { entityReference } from '../../domain/entity/entity-reference.ts';
import { nestedSpec } from '../../domain/entity/nested-spec.ts';
import { integer } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, size } from '../../domain/entity-types/config-values.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s KafkaCluster. */
export const plugin: EntityTypePlugin = groupType({
  id: 'kafka-cluster',
  title: 'Kafka cluster',
  description: 'Kafka brokers and their ZooKeeper.',
  icon: 'radio',
  planned: true,
  aliases: classNames('brooklyn.entity.messaging.kafka.KafkaCluster', 'org.apache.brooklyn.entity.messaging.kafka.KafkaCluster'),
  config: {
    'cluster.initial.size': preset(size, 1, 'Initial brokers'),
    'start.timeout': preset(duration, '2m', 'Start timeout'),
    'kafka.cluster.zookeeper': optional(entityReference, 'ZooKeeper', 'One of its own unless given.'),
    'kafka.cluster.zookeeperSpec': optional(nestedSpec, 'Its ZooKeeper'),
    'kafka.cluster.brokerSpec': optional(nestedSpec, 'Its brokers'),
  },
  flags: {
    initialSize: 'cluster.initial.size',
    startTimeout: 'start.timeout',
    zookeeper: 'kafka.cluster.zookeeper',
    zookeeperSpec: 'kafka.cluster.zookeeperSpec',
    brokerSpec: 'kafka.cluster.brokerSpec',
  },
  sensors: [
    { name: 'kafka.cluster.brokerCluster', type: 'json', description: 'Its brokers' },
    { name: 'zookeeper.endpoint', type: 'string', description: 'Where its ZooKeeper is reached' },
  ],
  effectors: [{ name: 'resize', description: 'Add or remove brokers', parameters: z.object({ desiredSize: integer }), destructive: true }],
});
