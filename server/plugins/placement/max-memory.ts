import { z } from 'zod';
import { preset } from '../../domain/entity-types/config-values.ts';
import { memoryPart } from '../../domain/placement/host-use.ts';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { partOf, percent, refusing } from '../../domain/placement/strategy-kinds.ts';

/** The talk’s: Clocker never shipped it. */
export const plugin: PlacementPlugin = {
  id: 'max-memory',
  title: 'Max memory',
  description: 'Refuses hosts whose memory is in use beyond a part.',
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
  strategy: refusing(
    (host, _request, config) => {
      const most = partOf(config, 'maxMemory', 0.9);
      const used = memoryPart(host);
      if (used === null) return 'its memory is not known yet';
      return used < most ? null : `uses ${percent(used)} of its memory, at most ${percent(most)} are allowed`;
    },
    { isMeasured: true },
  ),
};
