import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { preset } from '../../domain/entity-types/config-values.ts';

/** The talk’s: Clocker never shipped it. */
export const plugin: AdjunctType = {
  id: 'max-memory',
  title: 'Max memory',
  description: 'Refuses hosts whose memory is in use beyond a part.',
  kind: 'placement',
  aliases: [
    'MaxMemoryUsagePlacementStrategy',
    'MaxMemoryPlacementStrategy',
    'MemoryLimitPlacementStrategy',
    'brooklyn.location.docker.strategy.MaxMemoryUsagePlacementStrategy',
    'brooklyn.location.docker.strategy.MemoryLimitPlacementStrategy',
  ],
  config: z.looseObject({
    maxMemory: preset(
      z.union([z.number().min(0).max(1), z.string().regex(/^(0(\.\d+)?|1(\.0+)?)$/)], 'needs a part from 0 to 1'),
      0.9,
      'Most memory',
      '0.9 is nine tenths of all.',
    ),
  }),
  flags: {
    maxMemoryUsage: 'maxMemory',
  },
  planned: true,
};
