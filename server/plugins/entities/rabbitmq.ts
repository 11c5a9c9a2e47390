import { z } from 'zod';
import { mappedPort, toHostPort } from '../../domain/entity/container-sensors.ts';
import type { Sensors } from '../../domain/entity/entity.ts';
import type { Host } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { firstPort } from '../../domain/entity/port-ranges.ts';
import { boolean, portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, url } from '../../domain/entity-types/config-values.ts';
import { runnableSoftware } from '../../domain/entity-types/runnable-software.ts';
import type { SoftwarePlace } from '../../domain/software/process-spec.ts';
import { type RabbitServer, rabbitCommands } from '../../domain/software/rabbitmq-scripts.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const name = z.string().regex(/^[A-Za-z0-9_./-]{1,100}$/, 'needs letters, digits, “_”, “.”, “/” and “-”, at most 100');
/** As a line of its configuration takes it. */
const password = z
  .string()
  .regex(/^(?!.*\$\()[\x21\x24-\x26\x28-\x5b\x5d-\x7e]{1,200}$/, 'needs characters without spaces, quotes, “#”, “\\” and “$(”');

const OWN_CONFIG = {
  'amqp.port': preset(portRange, '5672+', 'Port'),
  'amqp.virtualHost': preset(name, 'localhost', 'Virtual host', 'Made with the data.'),
  'amqp.version': optional(text, 'AMQP version'),
  'rabbitmq.user': optional(
    name,
    'User',
    'Made with the data, with all rights. Without one there is guest, which only who is on its machine may be.',
  ),
  'rabbitmq.password': optional(password, 'Password', 'Of the user.'),
  'rabbitmq.management.port': preset(portRange, '15672+', 'Port of its console'),
  'rabbitmq.management.plugin': preset(boolean, false, 'Console'),
  'rabbitmq.templateUrl': optional(url, 'Template of its configuration'),
  'erlang.version': optional(text, 'Erlang version'),
  'erlang.deb.repo.url': optional(url, 'Source of Erlang packages'),
};

const own = z.looseObject(OWN_CONFIG);
type Config = z.infer<typeof own>;

const type = runnableSoftware({
  id: 'rabbitmq',
  title: 'RabbitMQ',
  description: 'A RabbitMQ message broker; its data is kept in a volume, or in a folder of its machine.',
  icon: 'mail',
  aliases: classNames('brooklyn.entity.messaging.rabbit.RabbitBroker', 'org.apache.brooklyn.entity.messaging.rabbit.RabbitBroker'),
  config: OWN_CONFIG,
  secretKeys: ['rabbitmq.password'],
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
  plannedKeys: { 'rabbitmq.templateUrl': 'its configuration is written by Clocker' },
  notHonoured: {
    'amqp.version': 'it speaks what its version speaks',
    'erlang.version': 'Erlang is that of its image or of Debian',
    'erlang.deb.repo.url': 'Erlang is that of its image or of Debian',
  },
});

/** Brooklyn’s RabbitBroker. */
export const plugin: EntityTypePlugin = {
  ...type,
  config: type.config.superRefine((value, context) => {
    if ((value['rabbitmq.user'] === undefined) === (value['rabbitmq.password'] === undefined)) return;
    context.addIssue({ code: 'custom', path: ['rabbitmq.password'], message: 'and rabbitmq.user are given together, or neither' });
  }),
  software: {
    baseImage: 'rabbitmq:3.10',
    keepsData: true,
    commands: (config: unknown, place: SoftwarePlace) => rabbitCommands(toServer(config as Config), place),
    readiness: (config: unknown) => ({ kind: 'tcp', containerPort: toServer(config as Config).port }),
    sensors: brokerSensors,
  },
};

function toServer(config: Config): RabbitServer {
  const { 'rabbitmq.user': user, 'rabbitmq.password': secret } = config;
  const hasConsole = String(config['rabbitmq.management.plugin']).toLowerCase() === 'true';
  return {
    port: firstPort(config['amqp.port']),
    virtualHost: config['amqp.virtualHost'],
    login: user === undefined || secret === undefined ? null : { user, password: secret },
    managementPort: hasConsole ? firstPort(config['rabbitmq.management.port']) : null,
  };
}

interface Running {
  readonly config: unknown;
  readonly instance: Instance;
  readonly host: Host;
}

function brokerSensors({ config, instance, host }: Running): Sensors {
  const { port, virtualHost, managementPort } = toServer(config as Config);
  const [mapped, console] = [mappedPort(instance, port), managementPort === null ? undefined : mappedPort(instance, managementPort)];
  if (mapped === undefined) return {};
  const at = `amqp://${toHostPort(host.address, mapped)}/${encodeURIComponent(virtualHost)}`;
  return {
    'amqp.port': mapped,
    'amqp.virtualHost': virtualHost,
    'broker.url': at,
    'mapped.broker.url': at,
    ...(console === undefined ? {} : { 'rabbitmq.management.url': `http://${toHostPort(host.address, console)}/` }),
  };
}
