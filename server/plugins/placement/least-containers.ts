import { z } from 'zod';
import { classNames } from '../../domain/entity-types/class-names.ts';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { scoring } from '../../domain/placement/strategy-kinds.ts';

/** Clocker’s LeastContainersPlacementStrategy. Containers of others count too. */
export const plugin: PlacementPlugin = {
  id: 'least-containers',
  title: 'Least containers',
  description: 'Takes the host with the fewest containers.',
  aliases: classNames(
    'brooklyn.location.docker.strategy.LeastContainersPlacementStrategy',
    'clocker.docker.location.strategy.basic.LeastContainersPlacementStrategy',
  ),
  config: z.looseObject({}),
  strategy: scoring('fewest containers', (host) => host.containers + host.foreignContainers, {
    tell: (count) => `${count} ${count === 1 ? 'container' : 'containers'}`,
  }),
};
