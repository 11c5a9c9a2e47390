import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Brooklyn’s BalancingNodePlacementStrategy. */
export const plugin: AdjunctType = {
  id: 'zone-placement',
  title: 'Choice of a zone',
  description: 'Spreads members evenly over zones.',
  kind: 'object',
  aliases: classNames(
    'brooklyn.entity.group.zoneaware.BalancingNodePlacementStrategy',
    'org.apache.brooklyn.entity.group.zoneaware.BalancingNodePlacementStrategy',
  ),
  config: z.looseObject({}),
  flags: {},
  planned: true,
};
