import { z } from 'zod';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { ordering } from '../../domain/placement/strategy-kinds.ts';

/** Keeps the order in which hosts joined the cloud: the first is filled before the next is used. Needs a limit to move on. */
export const plugin: PlacementPlugin = {
  id: 'depth-first',
  title: 'Depth first',
  description: 'Fills the oldest host before the next one. Use it with a limit such as max-containers.',
  aliases: [
    'DepthFirstPlacementStrategy',
    'brooklyn.location.docker.strategy.DepthFirstPlacementStrategy',
    'clocker.docker.location.strategy.basic.DepthFirstPlacementStrategy',
  ],
  config: z.object({}),
  strategy: ordering('joined', 'oldest host that fits'),
};
