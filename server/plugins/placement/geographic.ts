import { z } from 'zod';
import { optional, texts } from '../../domain/entity-types/config-values.ts';
import { distanceKm } from '../../domain/placement/distance.ts';
import type { HostView } from '../../domain/placement/placement.ts';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { judging, madeOf, textsOf } from '../../domain/placement/strategy-kinds.ts';

const nearness = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  withinKm: z.number().positive(),
});

const wantedOf = madeOf(({ regions, zones, countries, near }) => ({
  regions: textsOf(regions),
  zones: textsOf(zones),
  countries: textsOf(countries),
  near: near === undefined ? undefined : nearness.safeParse(near).data,
}));

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
    near: optional(nearness, 'Near', 'latitude, longitude and withinKm.'),
    spread: optional(z.enum(['zone', 'region']), 'Spread over', 'Evenly over zones or regions.'),
  }),
  strategy: judging({
    refuse: ({ place }, _request, config) => {
      const { regions, zones, countries, near } = wantedOf(config);
      return (
        notIn('region', place.region, regions) ??
        notIn('zone', place.zone, zones) ??
        notIn('country', place.country, countries) ??
        notNear(place, near)
      );
    },
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

function notNear({ latitude, longitude }: HostView['place'], near: z.infer<typeof nearness> | undefined): string | null {
  if (near === undefined) return null;
  if (latitude === undefined || longitude === undefined) return 'its coordinates are not known';
  const km = distanceKm({ latitude, longitude }, near);
  return km <= near.withinKm ? null : `is ${Math.round(km)} km away, at most ${near.withinKm} km are allowed`;
}
