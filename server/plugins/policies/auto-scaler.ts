import { z } from 'zod';
import type { Looking } from '../../domain/adjunct/behaviour.ts';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { entityReference } from '../../domain/entity/entity-reference.ts';
import { double } from '../../domain/entity/value-schemas.ts';
import { anything } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, sensorName, size } from '../../domain/entity-types/config-values.ts';
import { autoScaler, type ScalerMemory, type ScalerSettings } from '../../domain/policy/auto-scaler.ts';
import { milliseconds, numberOf, referenceOf, sensorOf } from '../../domain/policy/read-config.ts';

const config = z.looseObject({
  'autoscaler.metric': optional(sensorName, 'Metric', 'A sensor whose value is that of one member.'),
  'autoscaler.entityWithMetric': optional(entityReference, 'Entity with the metric', 'The cluster unless given.'),
  'autoscaler.metricLowerBound': optional(double, 'Lower bound'),
  'autoscaler.metricUpperBound': optional(double, 'Upper bound'),
  'autoscaler.resizeUpIterationIncrement': preset(size, 1, 'Step up', 'Grows by multiples of it.'),
  'autoscaler.resizeUpIterationMax': preset(size, 2_147_483_647, 'Most at once, up', '0 never grows.'),
  'autoscaler.resizeDownIterationIncrement': preset(size, 1, 'Step down', 'Shrinks by multiples of it.'),
  'autoscaler.resizeDownIterationMax': preset(size, 2_147_483_647, 'Most at once, down', '0 never shrinks.'),
  'autoscaler.minPeriodBetweenExecs': preset(duration, 100, 'Between two resizes'),
  'autoscaler.resizeUpStabilizationDelay': preset(duration, '0s', 'Wait before growing', 'The metric must ask for it all that time.'),
  'autoscaler.resizeDownStabilizationDelay': preset(duration, '0s', 'Wait before shrinking', 'The metric must ask for it all that time.'),
  'autoscaler.minPoolSize': preset(size, 1, 'Fewest members'),
  'autoscaler.maxPoolSize': preset(size, 2_147_483_647, 'Most members'),
  'autoscaler.insufficientCapacityHighWaterMark': optional(size, 'Found to be the most', 'Set when there was no room for more.'),
  'autoscaler.metricStaleAfter': preset(duration, '2m', 'Old after', 'A value that was heard longer ago is none: the size stays.'),
  'autoscaler.flapGuard': preset(
    duration,
    '2m',
    'Wait before shrinking again',
    'What it has grown it shrinks only when no larger size was wanted for so long; each turn within an hour doubles it, to 30 minutes at most.',
  ),
  'autoscaler.resizeOperator': optional(anything, 'How it is resized'),
  'autoscaler.currentSizeOperator': optional(anything, 'How it is counted'),
  'autoscaler.poolHotSensor': optional(sensorName, 'Said when it is too small'),
  'autoscaler.poolColdSensor': optional(sensorName, 'Said when it is too large'),
  'autoscaler.poolOkSensor': optional(sensorName, 'Said when it is right'),
  'autoscaler.maxSizeReachedSensor': optional(sensorName, 'Says that more would be needed'),
  'autoscaler.maxReachedNotificationDelay': preset(duration, '0s', 'Say so after'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s AutoScalerPolicy. The metric is that of one member; bounds of 0 are none. */
export const plugin: AdjunctType<Config, ScalerMemory> = {
  id: 'auto-scaler',
  title: 'Auto-scaler',
  description: 'Resizes a cluster so that a metric of its members stays between two bounds.',
  kind: 'policy',
  aliases: classNames('brooklyn.policy.autoscaling.AutoScalerPolicy', 'org.apache.brooklyn.policy.autoscaling.AutoScalerPolicy'),
  config,
  flags: {
    metric: 'autoscaler.metric',
    entityWithMetric: 'autoscaler.entityWithMetric',
    metricLowerBound: 'autoscaler.metricLowerBound',
    metricUpperBound: 'autoscaler.metricUpperBound',
    resizeUpIterationIncrement: 'autoscaler.resizeUpIterationIncrement',
    resizeUpIterationMax: 'autoscaler.resizeUpIterationMax',
    resizeDownIterationIncrement: 'autoscaler.resizeDownIterationIncrement',
    resizeDownIterationMax: 'autoscaler.resizeDownIterationMax',
    minPeriodBetweenExecs: 'autoscaler.minPeriodBetweenExecs',
    resizeUpStabilizationDelay: 'autoscaler.resizeUpStabilizationDelay',
    resizeDownStabilizationDelay: 'autoscaler.resizeDownStabilizationDelay',
    metricStaleAfter: 'autoscaler.metricStaleAfter',
    flapGuard: 'autoscaler.flapGuard',
    minPoolSize: 'autoscaler.minPoolSize',
    maxPoolSize: 'autoscaler.maxPoolSize',
    resizeOperator: 'autoscaler.resizeOperator',
    currentSizeOperator: 'autoscaler.currentSizeOperator',
    poolHotSensor: 'autoscaler.poolHotSensor',
    poolColdSensor: 'autoscaler.poolColdSensor',
    poolOkSensor: 'autoscaler.poolOkSensor',
    maxSizeReachedSensor: 'autoscaler.maxSizeReachedSensor',
    maxReachedNotificationDelay: 'autoscaler.maxReachedNotificationDelay',
  },
  planned: false,
  notHonoured: {
    'autoscaler.resizeOperator': 'it calls the effector resize',
    'autoscaler.currentSizeOperator': 'the size is what the cluster is asked to have',
  },
  plannedKeys: {
    'autoscaler.poolHotSensor': 'give a metric and its bounds',
    'autoscaler.poolColdSensor': 'give a metric and its bounds',
    'autoscaler.poolOkSensor': 'give a metric and its bounds',
  },
  behaviour: {
    watches: (value, looking) => autoScaler.watches(toSettings(value, looking), looking),
    writes: (value, looking) => autoScaler.writes?.(toSettings(value, looking), looking) ?? [],
    decide: (input) => autoScaler.decide({ ...input, config: toSettings(input.config, input) }),
  },
};

function toSettings(value: Config, looking: Looking): ScalerSettings {
  const most = numberOf(value['autoscaler.maxPoolSize']);
  const mark = value['autoscaler.insufficientCapacityHighWaterMark'];
  return {
    metric: sensorOf(value['autoscaler.metric']),
    entityWithMetric: referenceOf(value['autoscaler.entityWithMetric'], looking),
    lower: numberOf(value['autoscaler.metricLowerBound']),
    upper: numberOf(value['autoscaler.metricUpperBound']),
    upIncrement: numberOf(value['autoscaler.resizeUpIterationIncrement']),
    upMax: numberOf(value['autoscaler.resizeUpIterationMax']),
    downIncrement: numberOf(value['autoscaler.resizeDownIterationIncrement']),
    downMax: numberOf(value['autoscaler.resizeDownIterationMax']),
    min: numberOf(value['autoscaler.minPoolSize']),
    max: mark === undefined ? most : Math.min(most, numberOf(mark)),
    minPeriodMs: milliseconds(value['autoscaler.minPeriodBetweenExecs']),
    upMs: milliseconds(value['autoscaler.resizeUpStabilizationDelay']),
    downMs: milliseconds(value['autoscaler.resizeDownStabilizationDelay']),
    staleMs: milliseconds(value['autoscaler.metricStaleAfter']),
    flapGuardMs: milliseconds(value['autoscaler.flapGuard']),
    maxReachedSensor: sensorOf(value['autoscaler.maxSizeReachedSensor']),
    maxReachedDelayMs: milliseconds(value['autoscaler.maxReachedNotificationDelay']),
  };
}
