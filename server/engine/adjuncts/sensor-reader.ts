import type { SensorReader } from '../../domain/adjunct/behaviour.ts';
import { createEntityIndex, nearest } from '../../domain/blueprint/entity-lookup.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { StoreView } from '../../ports/store.ts';
import type { LiveMetrics } from '../engine-context.ts';
import { membersOf } from '../members-of.ts';

/** What adjuncts see: entities as they are in the store, numbers as they were heard last. */
export function createSensorReader(view: StoreView, metrics: Pick<LiveMetrics, 'heard'>): SensorReader {
  const children = (id: string): readonly Entity[] => view.childrenOf(id).filter(({ goal }) => goal !== 'destroyed');
  return {
    entity: (id) => view.get('entity', id),
    named: (self, id) => nearest(self, createEntityIndex(self, view).named(id), view),
    children,
    members: (id) => {
      const entity = view.get('entity', id);
      return (entity && membersOf(view, entity)) ?? [];
    },
    sensor(entityId, name) {
      const heard = metrics.heard(entityId, name);
      if (heard) return heard;
      const value = view.get('entity', entityId)?.sensors[name];
      return value === undefined ? undefined : { value, at: null };
    },
  };
}
