import { portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, texts, url } from '../../domain/entity-types/config-values.ts';
import { JAVA_CONFIG, JAVA_FLAGS, JMX_CONFIG, JMX_FLAGS, JMX_SECRETS, JMX_SENSORS } from '../../domain/entity-types/java-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s ActiveMQBroker. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'activemq',
  title: 'ActiveMQ',
  description: 'An ActiveMQ message broker.',
  icon: 'mail',
  planned: true,
  aliases: classNames('brooklyn.entity.messaging.activemq.ActiveMQBroker', 'org.apache.brooklyn.entity.messaging.activemq.ActiveMQBroker'),
  config: {
    ...JAVA_CONFIG,
    ...JMX_CONFIG,
    'openwire.port': preset(portRange, '61616+', 'Port'),
    'activemq.jetty.port': preset(portRange, '8161+', 'Port of its console'),
    'activemq.brokerName': preset(text, 'localhost', 'Name'),
    'activemq.templateConfigurationUrl': optional(url, 'Template of its configuration'),
    'activemq.install.mirror.url': optional(url, 'Mirror'),
    queue: optional(texts, 'Queues'),
    topic: optional(texts, 'Topics'),
  },
  secretKeys: JMX_SECRETS,
  flags: {
    ...JAVA_FLAGS,
    ...JMX_FLAGS,
    openWirePort: 'openwire.port',
    jettyPort: 'activemq.jetty.port',
    brokerName: 'activemq.brokerName',
    templateConfigurationUrl: 'activemq.templateConfigurationUrl',
    mirrorUrl: 'activemq.install.mirror.url',
    queueNames: 'queue',
    topicNames: 'topic',
  },
  sensors: [
    ...JMX_SENSORS,
    { name: 'openwire.port', type: 'number', description: 'Port' },
    { name: 'activemq.jetty.port', type: 'number', description: 'Port of its console' },
    { name: 'broker.url', type: 'string', description: 'Where it is reached' },
    { name: 'mapped.broker.url', type: 'string', description: 'The same: reached through its host' },
  ],
});
