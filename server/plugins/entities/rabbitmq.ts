import { boolean, portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, url } from '../../domain/entity-types/config-values.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s RabbitBroker. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'rabbitmq',
  title: 'RabbitMQ',
  description: 'A RabbitMQ message broker.',
  icon: 'mail',
  planned: true,
  aliases: classNames('brooklyn.entity.messaging.rabbit.RabbitBroker', 'org.apache.brooklyn.entity.messaging.rabbit.RabbitBroker'),
  config: {
    'amqp.port': preset(portRange, '5672+', 'Port'),
    'amqp.virtualHost': preset(text, 'localhost', 'Virtual host'),
    'amqp.version': optional(text, 'AMQP version'),
    'rabbitmq.management.port': preset(portRange, '15672+', 'Port of its console'),
    'rabbitmq.management.plugin': preset(boolean, false, 'Console'),
    'rabbitmq.templateUrl': optional(url, 'Template of its configuration'),
    'erlang.version': optional(text, 'Erlang version'),
    'erlang.deb.repo.url': optional(url, 'Source of Erlang packages'),
  },
  flags: {
    amqpPort: 'amqp.port',
    virtualHost: 'amqp.virtualHost',
    amqpVersion: 'amqp.version',
    managmentPort: 'rabbitmq.management.port',
    managementPort: 'rabbitmq.management.port',
    enableManagementPlugin: 'rabbitmq.management.plugin',
    rabbitmqConfigTemplateUrl: 'rabbitmq.templateUrl',
    erlangVersion: 'erlang.version',
    erlangDebRepoUrl: 'erlang.deb.repo.url',
  },
  sensors: [
    { name: 'amqp.port', type: 'number', description: 'Port' },
    { name: 'amqp.virtualHost', type: 'string', description: 'Virtual host' },
    { name: 'broker.url', type: 'string', description: 'Where it is reached' },
    { name: 'mapped.broker.url', type: 'string', description: 'The same: reached through its host' },
    { name: 'rabbitmq.management.url', type: 'string', description: 'Its console' },
  ],
});
