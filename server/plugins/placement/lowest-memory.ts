import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';

/** The talk’s: Clocker never shipped it. */
export const plugin: AdjunctType = {
  id: 'lowest-memory',
  title: 'Lowest memory',
  description: 'Takes the host whose memory is least in use.',
  kind: 'placement',
  aliases: [
    'LowestMemoryUsagePlacementStrategy',
    'LowestMemoryPlacementStrategy',
    'brooklyn.location.docker.strategy.LowestMemoryUsagePlacementStrategy',
    'MemoryUsagePlacementStrategy',
    'brooklyn.location.docker.strategy.MemoryUsagePlacementStrategy',
  ],
  config: z.looseObject({}),
  flags: {},
  planned: true,
};
