import {
  type Counters,
  countNothing,
  countOn,
  type Meter,
  sumOfSensors,
  type Traffic,
  toSensors,
  withPerNode,
} from '../../domain/balancer/traffic.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import type { StoreView } from '../../ports/store.ts';

type Values = Readonly<Record<string, number>>;

export interface RequestCounts {
  /** Takes what a load balancer has counted, and gives the sensors of all that it concerns. */
  take(traffic: Traffic, told: Told): ReadonlyMap<EntityId, Values>;
  forget(balancerId: EntityId): void;
}

export interface Told {
  readonly balancer: Entity;
  /** Entities that it serves now. */
  readonly served: readonly Entity[];
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * What all load balancers have counted: by the entity that is counted, and by the load balancer that counts. One that several serve has the sum; a
 * cluster has that of the members that are served, or what was counted for all of it.
 */
export function createRequestCounts(view: StoreView): RequestCounts {
  const meters = new Map<EntityId, Map<EntityId, Meter>>();

  function count(subject: Entity, { countedBy, counters }: { countedBy: string; counters: Counters }, { balancer, at }: Told): void {
    const known = meters.get(subject.id) ?? new Map<EntityId, Meter>();
    const before = known.get(balancer.id);
    const byOthers = before === undefined ? sensorsOf(subject.id) : {};
    meters.set(subject.id, known.set(balancer.id, countOn(before, { countedBy, counters, at, byOthers }, subject.sensors)));
  }

  /** Those that it counted before: their rates sink, and who is gone is forgotten. */
  function restOthers(counted: ReadonlySet<EntityId>, { balancer, at }: Told): readonly EntityId[] {
    const rested: EntityId[] = [];
    for (const [id, known] of meters) {
      const meter = known.get(balancer.id);
      if (meter === undefined || counted.has(id)) continue;
      if (!view.get('entity', id)) meters.delete(id);
      else {
        known.set(balancer.id, countNothing(meter, at));
        rested.push(id);
      }
    }
    return rested;
  }

  const sensorsOf = (id: EntityId): Values => sumOfSensors([...(meters.get(id)?.values() ?? [])].map(toSensors));

  return {
    take(traffic, told) {
      const { countedBy, whole, servers } = traffic;
      const clusters = clustersOf(told.served, view);
      const subjects: readonly (readonly [Entity, Counters])[] = [
        [told.balancer, whole],
        ...told.served.flatMap((entity) => countersOf(servers, entity)),
        ...(servers === null && clusters.length === 1 && clusters[0] ? [[clusters[0].cluster, whole] as const] : []),
      ];
      for (const [subject, counters] of subjects) count(subject, { countedBy, counters }, told);
      const counted = new Set(subjects.map(([{ id }]) => id));
      const sensors = new Map<EntityId, Values>();
      for (const id of [...counted, ...restOthers(counted, told)]) sensors.set(id, sensorsOf(id));
      for (const { cluster, members } of clusters) {
        const sums = servers === null ? sensorsOf(cluster.id) : sumOfSensors(members.map(({ id }) => sensorsOf(id)));
        sensors.set(cluster.id, withPerNode(sums, members.length));
      }
      return sensors;
    },
    forget(balancerId) {
      for (const [id, known] of meters) if (known.delete(balancerId) && known.size === 0) meters.delete(id);
    },
  };
}

function countersOf(servers: Traffic['servers'], entity: Entity): readonly (readonly [Entity, Counters])[] {
  const counters = servers?.get(entity.id);
  return counters === undefined ? [] : [[entity, counters]];
}

interface ServedCluster {
  readonly cluster: Entity;
  readonly members: readonly Entity[];
}

function clustersOf(served: readonly Entity[], view: StoreView): readonly ServedCluster[] {
  const ids = new Set(served.flatMap(({ slot, parentId }) => (slot === null || parentId === null ? [] : [parentId])));
  return [...ids].flatMap((id) => {
    const cluster = view.get('entity', id);
    return cluster ? [{ cluster, members: served.filter(({ slot, parentId }) => slot !== null && parentId === id) }] : [];
  });
}
