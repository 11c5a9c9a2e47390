import { z } from 'zod';
import type { FeedAnswer } from '../../domain/adjunct/feed.ts';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { FEED_CONFIG, FEED_NOT_HONOURED, FEED_PLANNED } from '../../domain/entity-types/adjunct-config.ts';
import { optional, preset, textMap } from '../../domain/entity-types/config-values.ts';
import { metricSensors, metrics, missingMetrics, publishedBy } from '../../domain/feed/chosen-metrics.ts';
import { feedPlan, toEnvironment } from '../../domain/feed/feed-settings.ts';
import { type Exposition, parseExposition } from '../../domain/feed/prometheus.ts';
import { isTrue } from '../../domain/shared/is-true.ts';

const { name: _, ...FEED } = FEED_CONFIG;

const config = z.looseObject({
  ...FEED,
  period: preset(FEED_CONFIG.period.unwrap(), '15s', 'Period'),
  uri: optional(text, 'URL', 'Of the metrics, mostly …/metrics.'),
  metrics,
  headers: optional(textMap, 'Headers'),
  username: optional(text, 'User'),
  password: optional(text, 'Password'),
  insecure: preset(boolean, false, 'Any certificate will do'),
});

type Config = z.infer<typeof config>;

/** Metrics as Prometheus scrapes them. */
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
  publishes: (given) => publishedBy(given.metrics),
  feed: {
    poll(value, looking) {
      if (value.uri === undefined || value.uri === '') return { waitingFor: 'a URL' };
      const login = value.username === undefined ? {} : { login: { user: String(value.username), password: String(value.password ?? '') } };
      const headers = { accept: 'text/plain;version=0.0.4', ...toEnvironment(value.headers) };
      const probe = { kind: 'http', url: String(value.uri), method: 'GET', headers, insecure: isTrue(value.insecure), ...login } as const;
      return feedPlan(value, probe, looking);
    },
    sensors(value, answer, looking) {
      const exposition = parsedOf(answer);
      return exposition === null ? {} : metricSensors(value.metrics, { exposition, at: answer.at }, looking);
    },
    problem(value, answer) {
      if (answer.kind !== 'http') return 'nobody has answered';
      const exposition = parsedOf(answer);
      return exposition === null ? `the answer is ${answer.status}` : missingMetrics(value.metrics, exposition);
    },
  },
};

function parsedOf(answer: FeedAnswer): Exposition | null {
  return answer.kind === 'http' && answer.status === 200 ? parseExposition(answer.body) : null;
}
