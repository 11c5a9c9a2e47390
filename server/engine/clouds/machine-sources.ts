import { machineLocations } from '../../domain/cloud/machine-locations.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { LocationSpec } from '../../domain/entity/entity-spec.ts';
import type { StoreView } from '../../ports/store.ts';

/**
 * Where hosts of a Docker cloud come from, in order: what it or what it stands in says, the nearest first; else what the application was
 * deployed to. The root's own location is the application's.
 */
export function machineSources(view: StoreView, entity: Entity): readonly LocationSpec[] {
  for (let at: Entity | undefined = entity; at && at.parentId !== null; at = view.get('entity', at.parentId)) {
    const given = givenTo(at);
    if (given.length > 0) return given.flatMap(machineLocations);
  }
  return (view.get('application', entity.applicationId)?.machines ?? []).flatMap(machineLocations);
}

/** What an entity itself says. */
export function givenTo({ spec }: Entity): readonly LocationSpec[] {
  if (spec.locations !== undefined) return spec.locations;
  return spec.location === null ? [] : [{ kind: 'named', target: spec.location, options: {} }];
}
