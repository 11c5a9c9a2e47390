import { z } from 'zod';
import type { Looking } from '../adjunct/behaviour.ts';
import { boolean } from '../entity/value-schemas.ts';
import { optional, textMap } from '../entity-types/config-values.ts';
import { isTrue } from '../shared/is-true.ts';
import type { Json } from '../shared/json.ts';
import { toEnvironment } from './feed-settings.ts';
import { type Exposition, sumOf } from './prometheus.ts';

const metric = z.strictObject({
  metric: z.string().min(1).meta({ title: 'Metric' }),
  labels: optional(textMap, 'Labels', 'Only what has all of them is summed.'),
  targetSensor: optional(z.string().min(1), 'Sensor', 'The name of the metric unless given.'),
  rate: optional(boolean, 'Per second', 'Counters are rates unless this is false; others only if it is true.'),
});

export const metrics = z.array(metric).min(1).meta({ title: 'Metrics' });

export type ChosenMetric = z.infer<typeof metric>;

/** Names of the sensors, for planning. */
export function publishedBy(given: unknown): readonly string[] {
  const read = metrics.safeParse(given);
  return (read.data ?? []).flatMap(({ metric: name, targetSensor = name }) => [targetSensor, `${targetSensor}.total`]);
}

/** Sensors of what was read at `at`, milliseconds since the epoch. A rate is made of two sums in a row; `<sensor>.total` keeps the sum. */
export function metricSensors(
  chosen: readonly ChosenMetric[],
  { exposition, at }: { readonly exposition: Exposition; readonly at: number },
  { self, read }: Looking,
): Readonly<Record<string, Json>> {
  const values = chosen.flatMap((each): readonly (readonly [string, number])[] => {
    const sensor = each.targetSensor ?? each.metric;
    const sum = sumOf(exposition, each.metric, toEnvironment(each.labels));
    if (sum === undefined) return [];
    if (!isRate(each, exposition)) return [[sensor, sum]];
    const total = `${sensor}.total`;
    const rate = rateOf(read.sensor(self.id, total), { value: sum, at });
    return [[total, sum], ...(rate === null ? [] : [[sensor, rate] as const])];
  });
  return Object.fromEntries(values);
}

/** What is chosen and not there, in words; null where all is. */
export function missingMetrics(chosen: readonly ChosenMetric[], exposition: Exposition): string | null {
  const missing = chosen.filter(({ metric: name, labels }) => sumOf(exposition, name, toEnvironment(labels)) === undefined);
  return missing.length === 0 ? null : `there is no ${missing.map(({ metric: name }) => name).join(', ')} in the answer`;
}

function isRate({ metric: name, rate }: ChosenMetric, { counters }: Exposition): boolean {
  return rate === undefined ? counters.has(name) : isTrue(rate);
}

/** A sum that has shrunk began anew at 0. */
function rateOf(
  before: { readonly value: unknown; readonly at: number | null } | undefined,
  now: { readonly value: number; readonly at: number },
): number | null {
  if (typeof before?.value !== 'number' || before.at === null || now.at <= before.at) return null;
  const grown = now.value >= before.value ? now.value - before.value : now.value;
  return grown / ((now.at - before.at) / 1_000);
}
