import { z } from 'zod';
import { optional, texts } from '../../domain/entity-types/config-values.ts';
import { distanceKm } from '../../domain/placement/distance.ts';
import type { HostView } from '../../domain/placement/placement.ts';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { judging, textsOf } from '../../domain/placement/strategy-kinds.ts';
import type { Json } from '../../domain/shared/json.ts';

/** The talk’s: Clocker never shipped it. */
export const plugin: PlacementPlugin = {
  id: 'geographic',
  title: 'Geography',
  description: 'Takes hosts in given regions, zones or countries, or near a place.',
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
  strategy: judging({
    refuse: ({ place }, _request, { regions, zones, countries, near }) =>
      notIn('region', place.region, textsOf(regions)) ??
      notIn('zone', place.zone, textsOf(zones)) ??
      notIn('country', place.country, textsOf(countries)) ??
      notNear(place, near),
    spread: {
      ordered: ({ spread }) => `the ${spread} with the fewest of its siblings`,
      groupOf: ({ place }, { spread }) => (spread === 'zone' || spread === 'region' ? place[spread] : null),
    },
  }),
};

function notIn(what: string, place: string | undefined, wanted: readonly string[]): string | null {
  if (wanted.length === 0) return null;
  if (place === undefined) return `its ${what} is not known`;
  const isThere = wanted.some((one) => one.toLowerCase() === place.toLowerCase());
  return isThere ? null : `is in ${what} ${place}, not in ${wanted.join(' or ')}`;
}

function notNear({ latitude, longitude }: HostView['place'], near: Json | undefined): string | null {
  const wanted = z.object({ latitude: z.number(), longitude: z.number(), withinKm: z.number() }).safeParse(near);
  if (!wanted.success) return null;
  if (latitude === undefined || longitude === undefined) return 'its coordinates are not known';
  const km = distanceKm({ latitude, longitude }, wanted.data);
  return km <= wanted.data.withinKm ? null : `is ${Math.round(km)} km away, at most ${wanted.data.withinKm} km are allowed`;
}
