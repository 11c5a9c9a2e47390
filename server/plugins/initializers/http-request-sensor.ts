import { z } from 'zod';
import type { FeedAnswer } from '../../domain/adjunct/feed.ts';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { FEED_CONFIG, FEED_NOT_HONOURED, FEED_PLANNED } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { jsonPath, optional, preset, sensorName, textMap } from '../../domain/entity-types/config-values.ts';
import { coerce } from '../../domain/feed/coerce.ts';
import { feedPlan, toEnvironment } from '../../domain/feed/feed-settings.ts';
import { parseJsonPath, readJsonPath } from '../../domain/feed/json-path.ts';
import { readJson, readText } from '../../domain/feed/read-text.ts';
import { sensorOf } from '../../domain/policy/read-config.ts';
import { isTrue } from '../../domain/shared/is-true.ts';
import type { Json } from '../../domain/shared/json.ts';

const config = z.looseObject({
  ...FEED_CONFIG,
  uri: optional(text, 'URL'),
  jsonPath: preset(jsonPath, '$', 'JSON path', 'Of the value in the answer; $ is the whole.'),
  'status.targetSensor': optional(sensorName, 'Sensor of the status', 'Gets the HTTP status, whatever that is.'),
  username: optional(text, 'User'),
  password: optional(text, 'Password'),
  headers: optional(textMap, 'Headers'),
  insecure: preset(boolean, false, 'Any certificate will do'),
  preemptiveBasicAuth: preset(boolean, false, 'Send the password unasked'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s HttpRequestSensor. */
export const plugin: AdjunctType<Config> = {
  id: 'http-request-sensor',
  title: 'HTTP sensor',
  description: 'Adds a sensor whose value a URL answers.',
  kind: 'initializer',
  aliases: classNames('brooklyn.entity.software.http.HttpRequestSensor', 'org.apache.brooklyn.core.sensor.http.HttpRequestSensor'),
  config,
  flags: { statusSensor: 'status.targetSensor' },
  planned: false,
  plannedKeys: FEED_PLANNED,
  notHonoured: { ...FEED_NOT_HONOURED, preemptiveBasicAuth: 'a password that is given is always sent' },
  feed: {
    poll(value, looking) {
      if (value.uri === undefined || value.uri === '') return { waitingFor: 'a URL' };
      const login = value.username === undefined ? {} : { login: { user: String(value.username), password: String(value.password ?? '') } };
      const headers = toEnvironment(value.headers);
      const probe = { kind: 'http', url: String(value.uri), method: 'GET', headers, insecure: isTrue(value.insecure), ...login } as const;
      return feedPlan(value, probe, looking);
    },
    sensors(value, answer) {
      const status = sensorOf(value['status.targetSensor']);
      const read = readAnswer(value, answer);
      return {
        ...(status === null ? {} : { [status]: answer.kind === 'http' ? answer.status : null }),
        ...(read.ok ? { [value.name]: read.value } : {}),
      };
    },
    problem(value, answer) {
      const read = readAnswer(value, answer);
      return read.ok ? null : read.why;
    },
  },
};

type Read = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly why: string };

function readAnswer(value: Config, answer: FeedAnswer): Read {
  if (answer.kind !== 'http') return { ok: false, why: 'nobody has answered' };
  if (answer.status >= 400) return { ok: false, why: `the answer is ${answer.status}` };
  const path = parseJsonPath(value.jsonPath) ?? [];
  const read = path.length === 0 ? readText(answer.body, 'auto', { lastYaml: false }) : readJson(answer.body);
  if (!read.ok) return { ok: false, why: `the answer cannot be read: ${read.why}` };
  const found = readJsonPath(read.value, path);
  if (found === undefined) return { ok: false, why: `there is no ${value.jsonPath} in the answer` };
  const type = value.targetType ?? value.type;
  const coerced = coerce(found, type === undefined ? undefined : String(type));
  return coerced === undefined ? { ok: false, why: `the answer is no ${type}` } : { ok: true, value: coerced };
}
