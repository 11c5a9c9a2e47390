import { z } from 'zod';
import { classNames } from '../../domain/entity-types/class-names.ts';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { percent, scoring } from '../../domain/placement/strategy-kinds.ts';

/** Clocker’s LowestCpuUsagePlacementStrategy, mended: a host whose CPU is not known comes last, not first. */
export const plugin: PlacementPlugin = {
  id: 'lowest-cpu',
  title: 'Lowest CPU',
  description: 'Takes the host whose CPU is least in use.',
  aliases: classNames(
    'brooklyn.location.docker.strategy.LowestCpuUsagePlacementStrategy',
    'clocker.docker.location.strategy.basic.LowestCpuUsagePlacementStrategy',
  ),
  config: z.looseObject({}),
  strategy: scoring('CPU least in use', ({ cpu }) => cpu ?? Number.POSITIVE_INFINITY, { tell: percent, leastGain: 0.05 }),
};
