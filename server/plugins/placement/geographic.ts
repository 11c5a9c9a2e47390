import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { optional, texts } from '../../domain/entity-types/config-values.ts';

/** The talk’s: Clocker never shipped it. */
export const plugin: AdjunctType = {
  id: 'geographic',
  title: 'Geography',
  description: 'Takes hosts in given regions, zones or countries, or near a place.',
  kind: 'placement',
  aliases: [
    'GeographicPlacementStrategy',
    'GeographicConstraintPlacementStrategy',
    'brooklyn.location.docker.strategy.GeographicPlacementStrategy',
  ],
  config: z.looseObject({
    regions: optional(texts, 'Regions'),
    zones: optional(texts, 'Zones'),
    countries: optional(texts, 'Countries'),
    near: optional(
      z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180), withinKm: z.number().positive() }),
      'Near',
      'latitude, longitude and withinKm.',
    ),
    spread: optional(z.enum(['zone', 'region']), 'Spread over', 'Evenly over zones or regions.'),
  }),
  flags: {},
  planned: true,
};
