import type { Entity } from '../domain/entity/entity.ts';
import type { EngineContext } from './engine-context.ts';
import { createGroupIndex } from './group-index.ts';
import { quarantineOf } from './set-aside.ts';

type WakeGroups = (entity: Entity, before: Entity | undefined, isThere: boolean) => void;

/**
 * Wakes, for a change of an entity, the cluster of a member that goes on failing, the quarantine that it comes to or leaves, and groups that it is a
 * member of, or may be.
 */
export function createGroupWaker({ plugins, queue, store }: Pick<EngineContext, 'plugins' | 'queue' | 'store'>): WakeGroups {
  const groups = createGroupIndex((type) => plugins.entityTypes.get(type)?.group !== undefined);

  function wakeClusterAbove(entity: Entity): void {
    for (let at: Entity | undefined = entity; at && at.parentId !== null; at = store.view.get('entity', at.parentId)) {
      if (at.slot === null) continue;
      queue.enqueue(`cluster:${at.parentId}`);
      return;
    }
  }

  return (entity, before, isThere) => {
    groups.put(entity, isThere);
    if (entity.crash !== before?.crash) wakeClusterAbove(entity);
    for (const group of groups.findingIn(entity.applicationId)) queue.enqueue(`group:${group}`);
    for (const group of groups.of(entity.id)) queue.enqueue(`state:${group}`);
    if (entity.quarantine === undefined && before?.quarantine === undefined) return;
    const cluster = entity.parentId === null ? undefined : store.view.get('entity', entity.parentId);
    const quarantine = cluster && quarantineOf(store.view, cluster);
    if (quarantine) queue.enqueue(`state:${quarantine.id}`);
  };
}
