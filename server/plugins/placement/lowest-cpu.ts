import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Clocker’s LowestCpuUsagePlacementStrategy. A host whose CPU is not known yet comes first. */
export const plugin: AdjunctType = {
  id: 'lowest-cpu',
  title: 'Lowest CPU',
  description: 'Takes the host whose CPU is least in use.',
  kind: 'placement',
  aliases: classNames(
    'brooklyn.location.docker.strategy.LowestCpuUsagePlacementStrategy',
    'clocker.docker.location.strategy.basic.LowestCpuUsagePlacementStrategy',
  ),
  config: z.looseObject({}),
  flags: {},
  planned: true,
};
