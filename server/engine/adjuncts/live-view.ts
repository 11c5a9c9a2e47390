import type { EntityLookup } from '../../domain/blueprint/entity-lookup.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { StoreView } from '../../ports/store.ts';
import type { LiveMetrics } from '../engine-context.ts';

/** Entities with their numbers as they were heard last: those that only move are in the store once a minute. */
export function createLiveView(view: StoreView, metrics: Pick<LiveMetrics, 'latest'>): EntityLookup {
  const live = (entity: Entity): Entity => ({ ...entity, sensors: { ...entity.sensors, ...metrics.latest(entity.id) } });
  return {
    get(kind, id) {
      const entity = view.get(kind, id);
      return entity && live(entity);
    },
    all: (kind) => view.all(kind),
    childrenOf: (id) => view.childrenOf(id).map(live),
    entitiesOf: (id) => view.entitiesOf(id).map(live),
  };
}
