import { z } from 'zod';
import type { Looking } from '../../domain/adjunct/behaviour.ts';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { type Point, withPoint } from '../../domain/enricher/windows.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { expression } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, sensorName } from '../../domain/entity-types/config-values.ts';
import { evaluateExpression } from '../../domain/expression/expression.ts';
import { milliseconds, sensorOf } from '../../domain/policy/read-config.ts';
import { isTrue } from '../../domain/shared/is-true.ts';

const config = z.looseObject({
  'latencyDetector.url': optional(text, 'URL'),
  'latencyDetector.urlSensor': optional(sensorName, 'Sensor of the URL'),
  'latencyDetector.urlPostProcessing': optional(expression('value'), 'Function of the URL', 'An expression, such as value + "health".'),
  'latencyDetector.rollup': optional(duration, 'Mean over'),
  'latencyDetector.requireServiceUp': optional(boolean, 'Only while it serves'),
  'latencyDetector.period': preset(duration, '1s', 'Period'),
});

type Config = z.infer<typeof config>;

/** Names of Brooklyn's. Seconds. */
const LAST = 'web.request.latency.last';
const WINDOWED = 'web.request.latency.windowed';
const TIMEOUT_MS = 10_000;

/** Brooklyn’s HttpLatencyDetector. */
export const plugin: AdjunctType<Config, readonly Point[]> = {
  id: 'http-latency',
  title: 'HTTP latency',
  description: 'How long a page takes to answer.',
  kind: 'enricher',
  aliases: classNames('brooklyn.enricher.HttpLatencyDetector', 'org.apache.brooklyn.policy.enricher.HttpLatencyDetector'),
  config,
  flags: {
    url: 'latencyDetector.url',
    urlSensor: 'latencyDetector.urlSensor',
    urlPostProcessing: 'latencyDetector.urlPostProcessing',
    rollup: 'latencyDetector.rollup',
    requireServiceUp: 'latencyDetector.requireServiceUp',
    period: 'latencyDetector.period',
  },
  planned: false,
  publishes: () => [LAST, WINDOWED],
  feed: {
    poll(value, looking) {
      const url = urlOf(value, looking);
      if (url === null) return { waitingFor: 'a URL' };
      return {
        periodMs: Math.max(500, milliseconds(value['latencyDetector.period'])),
        timeoutMs: TIMEOUT_MS,
        onlyIfUp: isTrue(value['latencyDetector.requireServiceUp']),
        probe: { kind: 'http', url, method: 'GET', headers: {} },
      };
    },
    sensors: (_, answer) => (answer.kind === 'http' && answer.status < 400 ? { [LAST]: answer.tookMs / 1_000 } : {}),
    problem: (_, answer) => (answer.kind === 'http' && answer.status >= 400 ? `the answer is ${answer.status}` : null),
  },
  behaviour: {
    watches(value, { self }) {
      const sensor = sensorOf(value['latencyDetector.urlSensor']);
      return [{ of: 'entity', entityId: self.id, sensors: [LAST, ...(sensor === null ? [] : [sensor])] }];
    },
    // What it says of itself is said by the feed.
    decide({ config: value, self, read, memory = [] }) {
      const windowMs = milliseconds(value['latencyDetector.rollup']);
      const reading = read.sensor(self.id, LAST);
      if (windowMs === 0 || typeof reading?.value !== 'number' || reading.at === null) return {};
      const points = withPoint(memory, { at: reading.at, value: reading.value }, windowMs).filter(
        ({ at }) => at > (reading.at ?? 0) - windowMs,
      );
      const mean = points.reduce((sum, point) => sum + point.value, 0) / points.length;
      return { memory: points, publish: { [WINDOWED]: mean }, publishedAt: reading.at };
    },
  },
};

function urlOf(value: Config, { self, read }: Looking): string | null {
  const sensor = sensorOf(value['latencyDetector.urlSensor']);
  const given = value['latencyDetector.url'] ?? (sensor === null ? undefined : read.sensor(self.id, sensor)?.value);
  if (typeof given !== 'string' || given === '') return null;
  const text = value['latencyDetector.urlPostProcessing'];
  if (typeof text !== 'string') return given;
  const made = evaluateExpression(text, { value: given });
  return made.ok && typeof made.value === 'string' ? made.value : null;
}
