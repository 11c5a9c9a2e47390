import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { FEED_CONFIG, FEED_NOT_HONOURED, FEED_PLANNED } from '../../domain/entity-types/adjunct-config.ts';
import { anyMap, command, optional, preset } from '../../domain/entity-types/config-values.ts';
import { metricSensors, metrics, missingMetrics, publishedBy } from '../../domain/feed/chosen-metrics.ts';
import { feedPlan, toEnvironment } from '../../domain/feed/feed-settings.ts';
import { parseExposition } from '../../domain/feed/prometheus.ts';

const { name: _, ...FEED } = FEED_CONFIG;

const config = z.looseObject({
  ...FEED,
  period: preset(FEED_CONFIG.period.unwrap(), '15s', 'Period'),
  command: optional(command, 'Command', 'Prints a name and a number on each line, or the format of Prometheus.'),
  'shell.env': optional(anyMap, 'Environment'),
  metrics,
});

type Config = z.infer<typeof config>;

/** Many sensors of one question: what a server tells of itself by its own client. */
export const plugin: AdjunctType<Config> = {
  id: 'command-metrics-sensor',
  title: 'Sensors of a command',
  description: 'Adds sensors of chosen numbers that a shell command prints with their names.',
  kind: 'initializer',
  aliases: ['CommandMetricsSensor'],
  config,
  flags: { shellEnv: 'shell.env', env: 'shell.env' },
  planned: false,
  plannedKeys: FEED_PLANNED,
  notHonoured: FEED_NOT_HONOURED,
  publishes: (given) => publishedBy(given.metrics),
  feed: {
    poll(value, looking) {
      const script = value.command === undefined ? '' : String(value.command);
      if (script.trim() === '') return { waitingFor: 'a command' };
      return feedPlan(value, { kind: 'command', script, env: toEnvironment(value['shell.env']) }, looking);
    },
    sensors(value, answer, looking) {
      if (answer.kind !== 'command' || answer.exitCode !== 0) return {};
      return metricSensors(value.metrics, { exposition: parseExposition(answer.stdout), at: answer.at }, looking);
    },
    problem(value, answer) {
      if (answer.kind !== 'command') return 'no command has run';
      if (answer.exitCode === 0) return missingMetrics(value.metrics, parseExposition(answer.stdout));
      return `exit code ${answer.exitCode}: ${answer.stderr.trim().split('\n').at(-1)?.slice(0, 200) ?? ''}`;
    },
  },
};
