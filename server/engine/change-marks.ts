import type { Entity } from '../domain/entity/entity.ts';
import type { Instance } from '../domain/entity/instance.ts';
import type { EntityId } from '../domain/shared/ids.ts';

/** What makes an instance a server of a load balancer, as one comparable value. */
export function isServing(instance: Instance | null): string {
  if (instance?.state !== 'running' || !instance.ready || instance.stoppingSince !== null) return '';
  return `${instance.hostId} ${instance.ports[0]?.host ?? ''}`;
}

/** It waits for a place on a host. */
export function isUnplaced(entity: Entity | undefined): boolean {
  return entity?.waitingFor?.startsWith('placement:') === true;
}

/** An entity is one of its application’s in an index, or not. */
export function keep(
  index: Map<string, Set<EntityId>>,
  { applicationId, id }: Pick<Entity, 'applicationId' | 'id'>,
  wanted: boolean,
): void {
  const ids = index.get(applicationId);
  if (wanted) index.set(applicationId, (ids ?? new Set<EntityId>()).add(id));
  else if (ids?.delete(id) && ids.size === 0) index.delete(applicationId);
}
