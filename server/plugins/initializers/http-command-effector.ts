import { z } from 'zod';
import { effectorDefinition } from '../../domain/adjunct/effector-definition.ts';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { anything, EFFECTOR_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { jsonPath, optional, preset, textMap } from '../../domain/entity-types/config-values.ts';
import { toEnvironment } from '../../domain/feed/feed-settings.ts';
import { parseJsonPath, readJsonPath } from '../../domain/feed/json-path.ts';
import { readJson, readText } from '../../domain/feed/read-text.ts';
import { milliseconds } from '../../domain/policy/read-config.ts';
import { isTrue } from '../../domain/shared/is-true.ts';
import type { Json } from '../../domain/shared/json.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const config = z.looseObject({
  ...EFFECTOR_CONFIG,
  uri: optional(text, 'URL'),
  httpVerb: optional(text, 'Method', 'GET unless given.'),
  httpUsername: optional(text, 'User'),
  httpPassword: optional(text, 'Password'),
  headers: optional(textMap, 'Headers'),
  httpPayload: optional(anything, 'Body', 'The parameters as JSON unless given, where the method has a body.'),
  insecure: preset(boolean, false, 'Any certificate will do'),
  timeout: preset(duration, '1m', 'Timeout'),
  jsonPath: preset(jsonPath, '$', 'JSON path', 'Of the result in the answer.'),
  jsonPathAndSensors: optional(z.record(jsonPath, text), 'JSON path: sensor'),
  publishSensor: optional(text, 'Sensor of the result'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s HttpCommandEffector. */
export const plugin: AdjunctType<Config> = {
  id: 'http-command-effector',
  title: 'HTTP effector',
  description: 'Adds an effector that calls a URL.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.core.effector.http.HttpCommandEffector'),
  config,
  flags: {},
  planned: false,
  publishes({ publishSensor, jsonPathAndSensors }) {
    const sensors = z.record(z.string(), z.string()).safeParse(jsonPathAndSensors).data ?? {};
    return [...Object.values(sensors), ...(typeof publishSensor === 'string' ? [publishSensor] : [])];
  },
  effector: {
    definition: effectorDefinition,
    run(value, parameters) {
      const method = String(value.httpVerb ?? 'GET').toUpperCase();
      if (value.uri === undefined || value.uri === '') return { kind: 'refused', problem: 'it has no URL' };
      if (!METHODS.includes(method)) return { kind: 'refused', problem: `there is no method ${method}` };
      const payload = value.httpPayload ?? (['POST', 'PUT', 'PATCH'].includes(method) ? parameters : undefined);
      const user = value.httpUsername;
      const probe = {
        kind: 'http',
        url: String(value.uri),
        method,
        headers: {
          ...(typeof payload === 'object' ? { 'content-type': 'application/json' } : {}),
          ...toEnvironment(value.headers),
        },
        insecure: isTrue(value.insecure),
        ...(payload === undefined ? {} : { body: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
        ...(user === undefined ? {} : { login: { user: String(user), password: String(value.httpPassword ?? '') } }),
      } as const;
      return { kind: 'probe', probe, timeoutMs: milliseconds(value.timeout) };
    },
    outcome(value, answer) {
      if (answer.kind !== 'http') return { problem: 'nobody has answered', result: null };
      if (answer.status >= 400) return { problem: `the answer is ${answer.status}`, result: answer.body.slice(0, 2_000) };
      const result = found(answer.body, value.jsonPath);
      const published = Object.entries(value.jsonPathAndSensors ?? {}).map(([path, sensor]) => [sensor, found(answer.body, path)] as const);
      const sensor = value.publishSensor;
      const publish = Object.fromEntries([...published, ...(sensor === undefined ? [] : [[sensor, result] as const])]);
      return { problem: null, result: result ?? null, publish: withValues(publish) };
    },
  },
};

function found(body: string, path: string): Json | undefined {
  const steps = parseJsonPath(path) ?? [];
  const read = steps.length === 0 ? readText(body, 'auto', { lastYaml: false }) : readJson(body);
  return read.ok ? readJsonPath(read.value, steps) : undefined;
}

function withValues(values: Readonly<Record<string, Json | undefined>>): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}
