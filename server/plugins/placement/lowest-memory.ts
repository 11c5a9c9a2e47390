import { z } from 'zod';
import { memoryPart } from '../../domain/placement/host-use.ts';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { percent, scoring } from '../../domain/placement/strategy-kinds.ts';

/** The talk’s: Clocker never shipped it. A host whose memory is not known comes last. */
export const plugin: PlacementPlugin = {
  id: 'lowest-memory',
  title: 'Lowest memory',
  description: 'Takes the host whose memory is least in use.',
  aliases: [
    'LowestMemoryUsagePlacementStrategy',
    'LowestMemoryPlacementStrategy',
    'brooklyn.location.docker.strategy.LowestMemoryUsagePlacementStrategy',
    'MemoryUsagePlacementStrategy',
    'brooklyn.location.docker.strategy.MemoryUsagePlacementStrategy',
  ],
  config: z.looseObject({}),
  strategy: scoring('memory least in use', (host) => memoryPart(host) ?? Number.POSITIVE_INFINITY, { tell: percent, leastGain: 0.05 }),
};
