import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { optional, preset, textMap, texts } from '../../domain/entity-types/config-values.ts';
import { type AlertMemory, type AlertSettings, decideAlert } from '../../domain/policy/alert.ts';
import { milliseconds, numberOf } from '../../domain/policy/read-config.ts';
import { conditionProblem, sensorsOfCondition } from '../../domain/policy/sensor-condition.ts';
import { isTrue } from '../../domain/shared/is-true.ts';

const condition = z.string('needs a condition').superRefine((expression, context) => {
  const problem = conditionProblem(expression);
  if (problem !== null) context.addIssue({ code: 'custom', message: `needs a condition such as sensors["load"] > 20: ${problem}` });
});

const config = z.looseObject({
  when: condition.meta({
    title: 'When',
    description: 'An expression (CEL) of sensors["name"] of its entity, entity.state, entity.up and entity.name.',
  }),
  title: preset(text, 'An alert', 'Title'),
  for: preset(duration, '0s', 'Holds for', 'Before it is told.'),
  coolDown: preset(duration, '15m', 'Pause', 'From one alert to the next.'),
  again: optional(duration, 'Say it again every', 'While it lasts; once unless given.'),
  resolved: preset(boolean, true, 'Tell when it is over'),
  'webhook.url': optional(
    z.string('needs a URL').min(1),
    'Webhook',
    'Where the alert is posted as JSON. Often a secret: $brooklyn:external(…).',
  ),
  'webhook.headers': optional(textMap, 'Headers of the webhook', 'A token, for instance.'),
  'mail.to': optional(texts, 'Mail to'),
  'mail.from': optional(z.string().min(1), 'Mail from'),
  'mail.server': optional(z.string().min(1), 'Mail server', 'Host of the SMTP server.'),
  'mail.port': optional(z.union([z.int().min(1).max(65_535), z.string().regex(/^\d{1,5}$/)], 'needs a port'), 'Port', '587; 465 for tls.'),
  'mail.security': preset(z.enum(['starttls', 'tls', 'none']), 'starttls', 'Security'),
  'mail.user': optional(z.string(), 'User'),
  'mail.password': optional(z.string(), 'Password', 'Give a secret: $brooklyn:external(…).'),
});

type Config = z.infer<typeof config>;

export const plugin: AdjunctType<Config, AlertMemory> = {
  id: 'alert',
  title: 'Alert',
  description: 'Tells people by webhook or mail when a condition of sensors holds, and when it is over.',
  kind: 'policy',
  aliases: [],
  config,
  flags: { condition: 'when' },
  planned: false,
  behaviour: {
    durable: true,
    watches: ({ when }) => [{ of: 'entity', sensors: sensorsOfCondition(when) }],
    decide: (input) => decideAlert({ ...input, config: toSettings(input.config) }),
  },
};

function toSettings(value: Config): AlertSettings {
  const url = value['webhook.url'];
  return {
    title: String(value.title),
    condition: value.when,
    forMs: milliseconds(value.for),
    coolDownMs: milliseconds(value.coolDown),
    againMs: milliseconds(value.again),
    tellsEnd: isTrue(value.resolved),
    webhook: url === undefined ? null : { url, headers: headersOf(value['webhook.headers']) },
    mail: mailOf(value),
  };
}

function headersOf(given: Config['webhook.headers']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(given ?? {}).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])));
}

function mailOf(value: Config): AlertSettings['mail'] {
  const { 'mail.to': to, 'mail.from': from, 'mail.server': host, 'mail.security': security } = value;
  if (to === undefined || from === undefined || host === undefined) return null;
  const port = value['mail.port'] === undefined ? (security === 'tls' ? 465 : 587) : numberOf(value['mail.port']);
  return {
    from,
    to: typeof to === 'string' ? to.split(',').map((one) => one.trim()) : to.map(String),
    server: { host, port, security, user: value['mail.user'] ?? null, password: value['mail.password'] ?? null },
  };
}
