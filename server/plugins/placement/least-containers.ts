import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Clocker’s LeastContainersPlacementStrategy. */
export const plugin: AdjunctType = {
  id: 'least-containers',
  title: 'Least containers',
  description: 'Takes the host with the fewest containers.',
  kind: 'placement',
  aliases: classNames(
    'brooklyn.location.docker.strategy.LeastContainersPlacementStrategy',
    'clocker.docker.location.strategy.basic.LeastContainersPlacementStrategy',
  ),
  config: z.looseObject({}),
  flags: {},
  planned: true,
};
