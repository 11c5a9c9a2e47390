import { z } from 'zod';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { ordering } from '../../domain/placement/strategy-kinds.ts';

/** Shuffles (Fisher-Yates). The seed is the entity and the number of the placement, so that a decision can be replayed. */
export const plugin: PlacementPlugin = {
  id: 'random',
  title: 'Random',
  description: 'Takes any host that fits; the same decision asked again gives the same host.',
  aliases: [
    'RandomPlacementStrategy',
    'brooklyn.location.docker.strategy.RandomPlacementStrategy',
    'clocker.docker.location.strategy.basic.RandomPlacementStrategy',
  ],
  config: z.object({}),
  strategy: ordering('random', 'picked at random'),
};
