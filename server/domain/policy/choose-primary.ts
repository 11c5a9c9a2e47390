import type { SensorReader } from '../adjunct/behaviour.ts';
import type { Entity } from '../entity/entity.ts';
import { isEntityUp } from '../entity/service-state.ts';

export type SelectionMode = 'failover' | 'best' | 'strict';

export interface Candidate {
  readonly entity: Entity;
  /** Below 0 it is never in charge. */
  readonly weight: number;
}

export interface WeightRules {
  /** Sensor of the weight; the config key of that name of the candidate, where it has no such sensor. */
  readonly sensor: string;
  readonly preset: number;
}

export function toCandidate(entity: Entity, { sensor, preset }: WeightRules, read: SensorReader): Candidate {
  const given = read.sensor(entity.id, sensor)?.value ?? entity.spec.config[sensor] ?? preset;
  const weight = typeof given === 'string' ? Number(given) : given;
  return { entity, weight: typeof weight === 'number' && Number.isFinite(weight) ? weight : preset };
}

/**
 * Who is to be in charge of those that serve. `failover`: who is in charge stays; `best`: the one with the largest weight, of equals who is in
 * charge, then the oldest; `strict`: as `best`, and nobody of equals.
 */
export function choosePrimary(candidates: readonly Candidate[], current: string | null, mode: SelectionMode): Entity | null {
  const fit = candidates.filter(({ entity, weight }) => weight >= 0 && isFit(entity));
  const inCharge = fit.find(({ entity }) => entity.id === current);
  if (mode === 'failover' && inCharge) return inCharge.entity;
  const [best, second] = fit.toSorted((a, b) => b.weight - a.weight || rank(b, current) - rank(a, current) || byAge(a.entity, b.entity));
  if (best === undefined) return null;
  return mode === 'strict' && second?.weight === best.weight ? null : best.entity;
}

function rank({ entity }: Candidate, current: string | null): number {
  return entity.id === current ? 1 : 0;
}

function byAge(a: Entity, b: Entity): number {
  return a.createdAt - b.createdAt || (a.slot ?? 0) - (b.slot ?? 0) || (a.id < b.id ? -1 : 1);
}

function isFit(entity: Entity): boolean {
  return entity.goal === 'running' && entity.actual === 'RUNNING' && isEntityUp(entity);
}

/** What is known of one that is no more in charge, or cannot be. */
export type Standing =
  /** It serves, and can be told to step back. */
  | 'serves'
  /** Its host refuses us: nobody knows whether it runs, and nobody can tell it anything. */
  | 'out-of-reach'
  /** Its process may run, though it does not serve. */
  | 'may-run'
  | 'stopped';

/**
 * While a host does not answer, the last that was known holds until it is lost: what serves there goes on serving here, and nobody is put in
 * its place. What does not serve is stopped for sure only where its container says so.
 */
export function standingOf(entity: Entity | undefined): Standing {
  if (entity === undefined || entity.actual === 'STOPPED' || entity.actual === 'DESTROYED') return 'stopped';
  if (entity.problems.host !== undefined) return 'out-of-reach';
  if (isEntityUp(entity)) return 'serves';
  const { instance } = entity.notUpIndicators;
  const isGone =
    instance !== undefined && (/^its container is (?:planned|created|exited|lost)$/.test(instance) || entity.instanceId === null);
  return isGone ? 'stopped' : 'may-run';
}
