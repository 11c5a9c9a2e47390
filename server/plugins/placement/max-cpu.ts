import { z } from 'zod';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { partOf, percent, refusing } from '../../domain/placement/strategy-kinds.ts';

const KEY = 'docker.container.cluster.maxCpu';

/** Clocker’s MaxCpuUsagePlacementStrategy, also by the talk’s name. A host whose CPU is not known is refused. */
export const plugin: PlacementPlugin = {
  id: 'max-cpu',
  title: 'Max CPU',
  description: 'Refuses hosts whose CPU is in use beyond a part.',
  aliases: classNames(
    'brooklyn.location.docker.strategy.MaxCpuUsagePlacementStrategy',
    'clocker.docker.location.strategy.basic.MaxCpuUsagePlacementStrategy',
    'brooklyn.location.docker.strategy.CpuUsagePlacementStrategy',
  ),
  config: z.looseObject({
    [KEY]: preset(
      z.union([z.number().min(0).max(1), z.string().regex(/^(0(\.\d+)?|1(\.0+)?)$/)], 'needs a part from 0 to 1'),
      0.5,
      'Most CPU',
      '0.75 is three quarters of all.',
    ),
  }),
  flags: {
    maxCpuUsage: KEY,
    maxCpu: KEY,
  },
  strategy: refusing(
    ({ cpu }, _request, config) => {
      const most = partOf(config, KEY, 0.5);
      if (cpu === null) return 'its CPU is not known yet';
      return cpu < most ? null : `uses ${percent(cpu)} of its CPU, at most ${percent(most)} are allowed`;
    },
    { isMeasured: true },
  ),
};
