import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { containerPort } from '../../domain/entity/container-config.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { FEED_CONFIG, FEED_NOT_HONOURED, FEED_PLANNED } from '../../domain/entity-types/adjunct-config.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';
import { feedPlan } from '../../domain/feed/feed-settings.ts';
import { isTrue } from '../../domain/shared/is-true.ts';

const DAY_MS = 86_400_000;

const config = z.looseObject({
  ...FEED_CONFIG,
  host: optional(text, 'Host', 'The address of the entity’s host unless given.'),
  port: preset(containerPort, 443, 'Port', 'As it is reached from the console.'),
  serverName: optional(text, 'Name', 'That the certificate must be for; the host unless given.'),
  insecure: preset(boolean, false, 'Any certificate will do'),
});

type Config = z.infer<typeof config>;

/** How long a certificate is still good for. */
export const plugin: AdjunctType<Config> = {
  id: 'tls-sensor',
  title: 'Certificate sensor',
  description: 'Adds a sensor with the days for which a certificate is still valid.',
  kind: 'initializer',
  aliases: ['TlsSensor'],
  config,
  flags: {},
  planned: false,
  plannedKeys: FEED_PLANNED,
  notHonoured: FEED_NOT_HONOURED,
  feed: {
    poll(value, looking) {
      const host = value.host ?? looking.self.sensors['host.address'];
      if (typeof host !== 'string' || host === '') return { waitingFor: 'the address of its host' };
      const name = value.serverName === undefined ? {} : { serverName: String(value.serverName) };
      return feedPlan(value, { kind: 'tls', host, port: Number(value.port), insecure: isTrue(value.insecure), ...name }, looking);
    },
    sensors: (value, answer) =>
      answer.kind === 'tls' ? { [value.name]: Math.floor(((answer.validUntil - answer.at) / DAY_MS) * 10) / 10 } : {},
    problem: (_, answer) => (answer.kind === 'tls' && answer.validUntil <= answer.at ? 'the certificate has expired' : null),
  },
};
