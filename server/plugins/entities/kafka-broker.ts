import { duration } from '../../domain/entity/container-config.ts';
import { entityReference } from '../../domain/entity/entity-reference.ts';
import { portRange } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, url } from '../../domain/entity-types/config-values.ts';
import { JAVA_CONFIG, JAVA_FLAGS, JMX_CONFIG, JMX_FLAGS, JMX_SECRETS, JMX_SENSORS } from '../../domain/entity-types/java-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s KafkaBroker. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'kafka-broker',
  title: 'Kafka broker',
  description: 'One broker of Kafka.',
  icon: 'radio',
  planned: true,
  aliases: classNames('brooklyn.entity.messaging.kafka.KafkaBroker', 'org.apache.brooklyn.entity.messaging.kafka.KafkaBroker'),
  config: {
    ...JAVA_CONFIG,
    ...JMX_CONFIG,
    'kafka.port': preset(portRange, '9092+', 'Port'),
    'kafka.broker.zookeeper': optional(entityReference, 'ZooKeeper'),
    'kafka.broker.configTemplate': optional(url, 'Template of its configuration'),
    'internal.jmx.direct.port': preset(portRange, '9999+', 'Internal JMX port'),
    'start.timeout': preset(duration, '5m', 'Start timeout'),
  },
  secretKeys: JMX_SECRETS,
  flags: {
    ...JAVA_FLAGS,
    ...JMX_FLAGS,
    kafkaPort: 'kafka.port',
    zookeeper: 'kafka.broker.zookeeper',
    kafkaServerConfig: 'kafka.broker.configTemplate',
  },
  sensors: [
    ...JMX_SENSORS,
    { name: 'kafka.port', type: 'number', description: 'Port' },
    { name: 'broker.url', type: 'string', description: 'Where it is reached' },
    { name: 'kafka.broker.id', type: 'number', description: 'Id' },
    { name: 'kafka.broker.bytes.received', type: 'number', description: 'Received', unit: 'bytes' },
    { name: 'kafka.broker.bytes.sent', type: 'number', description: 'Sent', unit: 'bytes' },
    { name: 'kafka.broker.fetch.total', type: 'number', description: 'Fetches', unit: 'count' },
    { name: 'kafka.broker.produce.total', type: 'number', description: 'Messages', unit: 'count' },
  ],
});
