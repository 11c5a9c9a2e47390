import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';

/** Clocker’s MaxCpuUsagePlacementStrategy, also by the talk’s name. A host whose CPU is not known is refused. */
export const plugin: AdjunctType = {
  id: 'max-cpu',
  title: 'Max CPU',
  description: 'Refuses hosts whose CPU is in use beyond a part.',
  kind: 'placement',
  aliases: classNames(
    'brooklyn.location.docker.strategy.MaxCpuUsagePlacementStrategy',
    'clocker.docker.location.strategy.basic.MaxCpuUsagePlacementStrategy',
    'brooklyn.location.docker.strategy.CpuUsagePlacementStrategy',
  ),
  config: z.looseObject({
    'docker.container.cluster.maxCpu': preset(
      z.union([z.number().min(0).max(1), z.string().regex(/^(0(\.\d+)?|1(\.0+)?)$/)], 'needs a part from 0 to 1'),
      0.5,
      'Most CPU',
      '0.75 is three quarters of all.',
    ),
  }),
  flags: {
    maxCpuUsage: 'docker.container.cluster.maxCpu',
    maxCpu: 'docker.container.cluster.maxCpu',
  },
  planned: true,
};
