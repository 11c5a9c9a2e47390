import type { Entity } from '../domain/entity/entity.ts';
import type { Instance } from '../domain/entity/instance.ts';

/** What makes an instance a server of a load balancer, as one comparable value. */
export function isServing(instance: Instance | null): string {
  if (instance?.state !== 'running' || !instance.ready || instance.stoppingSince !== null) return '';
  return `${instance.hostId} ${instance.ports[0]?.host ?? ''}`;
}

/** It waits for a place on a host. */
export function isUnplaced(entity: Entity | undefined): boolean {
  return entity?.waitingFor?.startsWith('placement:') === true;
}
