import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { anything } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, sensorName } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s HttpLatencyDetector. */
export const plugin: AdjunctType = {
  id: 'http-latency',
  title: 'HTTP latency',
  description: 'How long a page takes to answer.',
  kind: 'enricher',
  aliases: classNames('brooklyn.enricher.HttpLatencyDetector', 'org.apache.brooklyn.policy.enricher.HttpLatencyDetector'),
  config: z.looseObject({
    'latencyDetector.url': optional(text, 'URL'),
    'latencyDetector.urlSensor': optional(sensorName, 'Sensor of the URL'),
    'latencyDetector.urlPostProcessing': optional(anything, 'Function of the URL'),
    'latencyDetector.rollup': optional(duration, 'Mean over'),
    'latencyDetector.requireServiceUp': optional(boolean, 'Only while it serves'),
    'latencyDetector.period': preset(duration, '1s', 'Period'),
  }),
  flags: {
    url: 'latencyDetector.url',
    urlSensor: 'latencyDetector.urlSensor',
    urlPostProcessing: 'latencyDetector.urlPostProcessing',
    rollup: 'latencyDetector.rollup',
    requireServiceUp: 'latencyDetector.requireServiceUp',
    period: 'latencyDetector.period',
  },
  planned: true,
};
