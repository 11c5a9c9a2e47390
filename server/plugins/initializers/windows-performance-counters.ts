import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { mapList, optional, preset } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s WindowsPerformanceCounterSensors. */
export const plugin: AdjunctType = {
  id: 'windows-performance-counters',
  title: 'Windows performance counters',
  description: 'Adds sensors of performance counters of a Windows machine.',
  kind: 'initializer',
  aliases: classNames(
    'brooklyn.entity.software.winrm.WindowsPerformanceCounterSensors',
    'org.apache.brooklyn.core.sensor.windows.WindowsPerformanceCounterSensors',
  ),
  config: z.looseObject({
    'performance.counters': optional(mapList, 'Counters'),
    period: preset(duration, '30s', 'Period'),
  }),
  flags: {},
  planned: true,
};
