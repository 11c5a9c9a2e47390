import { portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';
import { JAVA_CONFIG, JAVA_FLAGS, JMX_CONFIG, JMX_FLAGS, JMX_SECRETS, JMX_SENSORS } from '../../domain/entity-types/java-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s QpidBroker. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'qpid',
  title: 'Qpid',
  description: 'A Qpid message broker.',
  icon: 'mail',
  planned: true,
  aliases: classNames('brooklyn.entity.messaging.qpid.QpidBroker', 'org.apache.brooklyn.entity.messaging.qpid.QpidBroker'),
  config: {
    ...JAVA_CONFIG,
    ...JMX_CONFIG,
    'amqp.port': preset(portRange, '5672+', 'Port'),
    'amqp.virtualHost': preset(text, 'localhost', 'Virtual host'),
    'amqp.version': optional(text, 'AMQP version'),
    'qpid.http-management.port': preset(portRange, '8080+', 'Port of its console'),
  },
  secretKeys: JMX_SECRETS,
  flags: {
    ...JAVA_FLAGS,
    ...JMX_FLAGS,
    amqpPort: 'amqp.port',
    virtualHost: 'amqp.virtualHost',
    amqpVersion: 'amqp.version',
    httpManagementPort: 'qpid.http-management.port',
  },
  sensors: [
    ...JMX_SENSORS,
    { name: 'amqp.port', type: 'number', description: 'Port' },
    { name: 'broker.url', type: 'string', description: 'Where it is reached' },
  ],
});
