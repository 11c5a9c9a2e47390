import type { RecordMaps } from '../shared/records.ts';
import type { Entity } from './entity.ts';
import { isAtOrBelow } from './entity-tree.ts';
import type { Host } from './host.ts';

/** How much of an entity's state is the last that was known and not what is: of hosts that do not answer, and are not given up yet. */
export interface LastKnown {
  /** Containers that serve, or are about to, of the entity and all below it. */
  readonly total: number;
  /** Those of them of which nothing is known now, 1 or more. */
  readonly unknown: number;
  /** When the oldest of these was heard of last, milliseconds since the epoch. */
  readonly since: number;
}

type Tables = RecordMaps<'entity' | 'instance' | 'host'>;

/** Null where the state is what is. */
export function lastKnownOf(entityId: string, tables: Tables): LastKnown | null {
  const silent = [...tables.host.values()].filter(isSilent);
  const entity = silent.length > 0 ? tables.entity.get(entityId) : undefined;
  if (!entity) return null;
  const containers = entity.instanceId === null ? containersBelow(entityId, tables) : [entity];
  const unknown = containers.flatMap((one) => {
    const hostId = tables.instance.get(one.instanceId ?? '')?.hostId;
    const host = isUncertain(one) ? silent.find(({ id }) => id === hostId) : undefined;
    return host ? [host.since] : [];
  });
  return unknown.length === 0 ? null : { total: containers.length, unknown: unknown.length, since: Math.min(...unknown) };
}

/** The same of one container, from its entity and its host alone. */
export function lastKnownOn(entity: Pick<Entity, 'actual'>, host: Pick<Host, 'state' | 'since'> | undefined): LastKnown | null {
  return host && isSilent(host) && isUncertain(entity) ? { total: 1, unknown: 1, since: host.since } : null;
}

/** A host that is silent: what was known of its containers holds until it is declared lost. */
export function isSilent(host: Pick<Host, 'state'> | undefined): boolean {
  return host?.state === 'unreachable';
}

/** What is on fire, stopped or on its way out is so whatever its host says next. */
export function isUncertain({ actual }: Pick<Entity, 'actual'>): boolean {
  return actual === 'RUNNING' || actual === 'STARTING';
}

function containersBelow(entityId: string, { entity }: Tables): readonly Entity[] {
  return [...entity.values()].filter((one) => one.instanceId !== null && isAtOrBelow(one, entityId, entity));
}
