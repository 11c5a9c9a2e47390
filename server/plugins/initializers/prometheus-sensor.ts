import { z } from 'zod';
import type { FeedAnswer } from '../../domain/adjunct/feed.ts';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { FEED_CONFIG, FEED_NOT_HONOURED, FEED_PLANNED } from '../../domain/entity-types/adjunct-config.ts';
import { optional, preset, textMap } from '../../domain/entity-types/config-values.ts';
import { feedPlan, isTrue, toEnvironment } from '../../domain/feed/feed-settings.ts';
import { type Exposition, parseExposition, sumOf } from '../../domain/feed/prometheus.ts';

const { name: _, ...FEED } = FEED_CONFIG;

const metric = z.strictObject({
  metric: z.string().min(1).meta({ title: 'Metric' }),
  labels: optional(textMap, 'Labels', 'Only what has all of them is summed.'),
  targetSensor: optional(z.string().min(1), 'Sensor', 'The name of the metric unless given.'),
  rate: optional(boolean, 'Per second', 'Counters are rates unless this is false; others only if it is true.'),
});

const config = z.looseObject({
  ...FEED,
  period: preset(FEED_CONFIG.period.unwrap(), '15s', 'Period'),
  uri: optional(text, 'URL', 'Of the metrics, mostly …/metrics.'),
  metrics: z.array(metric).min(1).meta({ title: 'Metrics' }),
  headers: optional(textMap, 'Headers'),
  username: optional(text, 'User'),
  password: optional(text, 'Password'),
  insecure: preset(boolean, false, 'Any certificate will do'),
});

type Config = z.infer<typeof config>;

/** Metrics as Prometheus scrapes them. A rate is made of two sums in a row; `<sensor>.total` keeps the sum. */
export const plugin: AdjunctType<Config> = {
  id: 'prometheus-sensor',
  title: 'Prometheus sensors',
  description: 'Adds sensors of chosen metrics that a URL gives in the format of Prometheus.',
  kind: 'initializer',
  aliases: ['PrometheusSensor'],
  config,
  flags: {},
  planned: false,
  plannedKeys: FEED_PLANNED,
  notHonoured: FEED_NOT_HONOURED,
  publishes({ metrics }) {
    const given = z.array(metric).safeParse(metrics);
    return (given.data ?? []).flatMap(({ metric: name, targetSensor = name }) => [targetSensor, `${targetSensor}.total`]);
  },
  feed: {
    poll(value, looking) {
      if (value.uri === undefined || value.uri === '') return { waitingFor: 'a URL' };
      const login = value.username === undefined ? {} : { login: { user: String(value.username), password: String(value.password ?? '') } };
      const headers = { accept: 'text/plain;version=0.0.4', ...toEnvironment(value.headers) };
      const probe = { kind: 'http', url: String(value.uri), method: 'GET', headers, insecure: isTrue(value.insecure), ...login } as const;
      return feedPlan(value, probe, looking);
    },
    sensors(value, answer, { self, read }) {
      const parsed = parsedOf(answer);
      if (parsed === null) return {};
      const values = value.metrics.flatMap((each) => {
        const sensor = each.targetSensor ?? each.metric;
        const sum = sumOf(parsed, each.metric, toEnvironment(each.labels));
        if (sum === undefined) return [];
        if (!isRate(each, parsed)) return [[sensor, sum] as const];
        const total = `${sensor}.total`;
        const before = read.sensor(self.id, total);
        const rate = rateOf(before, { value: sum, at: answer.at });
        return [[total, sum] as const, ...(rate === null ? [] : [[sensor, rate] as const])];
      });
      return Object.fromEntries(values);
    },
    problem(value, answer) {
      if (answer.kind !== 'http') return 'nobody has answered';
      if (answer.status !== 200) return `the answer is ${answer.status}`;
      const parsed = parsedOf(answer);
      const missing = value.metrics.filter(
        ({ metric: name, labels }) => parsed === null || sumOf(parsed, name, toEnvironment(labels)) === undefined,
      );
      return missing.length === 0 ? null : `there is no ${missing.map(({ metric: name }) => name).join(', ')} in the answer`;
    },
  },
};

function parsedOf(answer: FeedAnswer): Exposition | null {
  return answer.kind === 'http' && answer.status === 200 ? parseExposition(answer.body) : null;
}

function isRate({ metric: name, rate }: z.infer<typeof metric>, { counters }: Exposition): boolean {
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
