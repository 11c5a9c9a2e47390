import { z } from 'zod';
import type { Entity } from '../entity/entity.ts';
import { sensorName } from '../entity-types/config-values.ts';
import { canonicalJson } from '../shared/json.ts';

/** Which member of a cluster goes first when it is made smaller. */
export type RemovalStrategy =
  | { readonly kind: 'newest' | 'oldest' }
  | { readonly kind: 'sensor'; readonly sensor: string; readonly value: unknown }
  | { readonly kind: 'first-from'; readonly strategies: readonly RemovalStrategy[] };

const NEWEST: RemovalStrategy = { kind: 'newest' };
const NEEDED =
  'needs newest, oldest, { sensor: …, value: … }, a list of these, or Brooklyn’s SensorMatchingRemovalStrategy or FirstFromRemovalStrategy';

const byName = z.enum(['newest', 'youngest', 'oldest']);
const bySensor = z.strictObject({ sensor: sensorName, value: z.unknown() });
const matching = objectOf('SensorMatchingRemovalStrategy', { 'sensor.matching.sensor': sensorName, 'sensor.matching.value': z.unknown() });
const single = z.union([byName, bySensor, matching]);
const firstFrom = objectOf('FirstFromRemovalStrategy', { 'firstfrom.strategies': z.array(single).min(1) });

/** Config of `dynamiccluster.removalstrategy`. */
export const removalStrategy = z.union([single, z.array(single).min(1), firstFrom], NEEDED);

/** The strategy that resolved config means; the newest first where it means none. */
export function toRemovalStrategy(given: unknown): RemovalStrategy {
  const parsed = removalStrategy.safeParse(given);
  return parsed.success ? toStrategy(parsed.data) : NEWEST;
}

/**
 * Members in the order in which they are to go. What a strategy does not choose goes after what it does, the newest first, as Brooklyn falls
 * back to its default where a strategy finds nobody.
 */
export function inRemovalOrder(members: readonly Entity[], strategy: RemovalStrategy): readonly Entity[] {
  const newestFirst = members.toSorted((a, b) => (b.slot ?? 0) - (a.slot ?? 0));
  if (strategy.kind === 'oldest') return newestFirst.reverse();
  const ranks = new Map(newestFirst.map((member) => [member, rankOf(member, strategy)]));
  return newestFirst.sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
}

/** 0 goes first. A list that names an age has every member from there on in the order of that age. */
function rankOf(member: Entity, strategy: RemovalStrategy): number {
  switch (strategy.kind) {
    case 'newest':
    case 'oldest':
      return strategy.kind === 'oldest' ? (member.slot ?? 0) / AGES : 0;
    case 'sensor':
      return canonicalJson(member.sensors[strategy.sensor] ?? null) === canonicalJson(strategy.value ?? null) ? 0 : 1;
    case 'first-from': {
      const index = strategy.strategies.findIndex((one) => rankOf(member, one) < 1);
      const chosen = strategy.strategies[index];
      return chosen === undefined ? strategy.strategies.length : index + rankOf(member, chosen);
    }
  }
}

/** More members than any cluster has ever had: a fraction of a rank. */
const AGES = 1e9;

function toStrategy(given: z.output<typeof removalStrategy>): RemovalStrategy {
  if (Array.isArray(given)) return { kind: 'first-from', strategies: given.map(toStrategy) };
  if (typeof given === 'string') return { kind: given === 'oldest' ? 'oldest' : 'newest' };
  if ('sensor' in given) return { kind: 'sensor', sensor: nameOf(given.sensor), value: given.value };
  const config = given.$object.config;
  if ('firstfrom.strategies' in config) return { kind: 'first-from', strategies: config['firstfrom.strategies'].map(toStrategy) };
  return { kind: 'sensor', sensor: nameOf(config['sensor.matching.sensor']), value: config['sensor.matching.value'] };
}

function nameOf(sensor: z.output<typeof sensorName>): string {
  return typeof sensor === 'string' ? sensor : sensor.name;
}

/** `$brooklyn:object` of a class of Brooklyn’s, in any of the packages that it has been in. */
function objectOf<Shape extends z.ZodRawShape>(name: string, config: Shape) {
  const type = z.string().regex(new RegExp(`(^|\\.)${name}$`));
  return z.object({ $object: z.object({ type, config: z.object(config) }) });
}
