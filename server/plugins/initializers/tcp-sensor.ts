import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { containerPort } from '../../domain/entity/container-config.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { FEED_CONFIG, FEED_NOT_HONOURED, FEED_PLANNED } from '../../domain/entity-types/adjunct-config.ts';
import { optional, sensorName } from '../../domain/entity-types/config-values.ts';
import { feedPlan } from '../../domain/feed/feed-settings.ts';
import { sensorOf } from '../../domain/policy/read-config.ts';

const config = z.looseObject({
  ...FEED_CONFIG,
  host: optional(text, 'Host', 'The address of the entity’s host unless given.'),
  port: containerPort.meta({ title: 'Port', description: 'As it is reached from the console.' }),
  'latency.targetSensor': optional(sensorName, 'Sensor of the time', 'Milliseconds until the connection stood.'),
});

type Config = z.infer<typeof config>;

/** Whether somebody listens. */
export const plugin: AdjunctType<Config> = {
  id: 'tcp-sensor',
  title: 'TCP sensor',
  description: 'Adds a sensor that is true while a port accepts connections.',
  kind: 'initializer',
  aliases: ['TcpSensor'],
  config,
  flags: { latencySensor: 'latency.targetSensor' },
  planned: false,
  plannedKeys: FEED_PLANNED,
  notHonoured: FEED_NOT_HONOURED,
  feed: {
    poll(value, looking) {
      const host = value.host ?? looking.self.sensors['host.address'];
      if (typeof host !== 'string' || host === '') return { waitingFor: 'the address of its host' };
      return feedPlan(value, { kind: 'tcp', host, port: Number(value.port) }, looking);
    },
    sensors(value, answer) {
      const latency = sensorOf(value['latency.targetSensor']);
      const answers = answer.kind === 'tcp';
      return { [value.name]: answers, ...(latency === null || !answers ? {} : { [latency]: answer.tookMs }) };
    },
  },
};
