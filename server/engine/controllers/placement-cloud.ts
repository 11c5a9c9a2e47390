import type { Entity } from '../../domain/entity/entity.ts';
import type { Cloud } from '../../domain/entity/host.ts';
import type { StoreView } from '../../ports/store.ts';

/** The named location of an entity: its own, else its nearest ancestor's, else the application's. */
export function locationOf(view: StoreView, entity: Entity): string {
  for (let at: Entity | undefined = entity; at; at = at.parentId === null ? undefined : view.get('entity', at.parentId)) {
    if (at.spec.location !== null) return at.spec.location;
  }
  return view.get('application', entity.applicationId)?.location ?? '';
}

export function cloudNamed(view: StoreView, name: string): Cloud | undefined {
  for (const cloud of view.all('cloud').values()) if (cloud.name === name) return cloud;
  return undefined;
}
