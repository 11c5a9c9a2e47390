import type { Adjunct } from '../../domain/adjunct/adjunct.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { isEntityUp } from '../../domain/entity/service-state.ts';
import type { Change, ChangeEvent } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';
import type { AdjunctController } from './adjunct-controller.ts';
import type { AdjunctIndex, LiveAdjunct } from './adjunct-index.ts';

/** Wakes the policies, enrichers and feeds that a change concerns, and no others. */
export interface AdjunctRouter {
  route(event: ChangeEvent): void;
  /** Reads all records, as after a start. */
  routeAll(): void;
  onMetrics(subjectId: string, values: Readonly<Record<string, number>>): void;
}

export function createAdjunctRouter(context: EngineContext, index: AdjunctIndex, controller: AdjunctController): AdjunctRouter {
  const { queue, store } = context;
  const entities = new Map<string, Entity>();
  const records = new Map<string, Adjunct>();

  function wake({ id, spec }: LiveAdjunct): void {
    const type = context.plugins.adjunctTypes.get(spec.type);
    if (type?.behaviour) queue.enqueue(`adjunct:${id}`);
    if (type?.feed) queue.enqueue(`feed:${id}`);
  }

  function wakeIds(ids: Iterable<string>): void {
    for (const id of ids) {
      const adjunct = index.get(id);
      if (adjunct) wake(adjunct);
    }
  }

  function forget(ids: readonly string[]): void {
    for (const id of ids) {
      controller.forget(id);
      queue.enqueue(`feed:${id}`);
    }
  }

  function onEntity(id: string, now: Entity | null): void {
    const before = entities.get(id);
    if (now) entities.set(id, now);
    else entities.delete(id);
    const entity = now ?? before;
    if (!entity) return;
    index.group(entity, now !== null);
    if (now && now.spec !== before?.spec) takeUp(now);
    if (!now) forget(index.remove(entity.id));
    if (!now || !before || isOther(before, now)) {
      for (const adjunct of index.of(entity.id)) wake(adjunct);
      wakeIds(index.followersOf(entity));
    }
    if (now && now.sensors !== before?.sensors) {
      for (const sensor of changedKeys(before?.sensors ?? {}, now.sensors)) wakeIds(index.watchersOf(now, sensor));
    }
  }

  function takeUp(entity: Entity): void {
    const { added, removed } = index.put(entity, store.view.adjunctsOf(entity.id));
    forget(removed);
    for (const adjunct of added) wake(adjunct);
  }

  function onRecord(id: string, now: Adjunct | null): void {
    const before = records.get(id);
    if (now) records.set(id, now);
    else records.delete(id);
    const entity = store.view.get('entity', (now ?? before)?.entityId ?? '');
    if (!entity) return;
    if (now?.spec !== before?.spec) takeUp(entity);
    const keys = ['config', 'suspended', 'spec', 'pending'] as const;
    const adjunct = index.get(id);
    if (adjunct && keys.some((key) => now?.[key] !== before?.[key])) wake(adjunct);
  }

  function routeChange({ kind, id, record }: Change): void {
    if (kind === 'entity') onEntity(id, record && (store.view.get('entity', id) ?? null));
    if (kind === 'adjunct') onRecord(id, record && (store.view.get('adjunct', id) ?? null));
  }

  return {
    route: ({ changes }) => changes.forEach(routeChange),
    routeAll() {
      for (const kind of ['adjunct', 'entity'] as const) {
        for (const [id, record] of store.view.all(kind)) routeChange({ kind, id, record });
      }
    },
    onMetrics(subjectId, values) {
      const entity = entities.get(subjectId);
      if (!entity) return;
      for (const sensor in values) wakeIds(index.watchersOf(entity, sensor));
    },
  };
}

function isOther(before: Entity, now: Entity): boolean {
  return (
    before.goal !== now.goal ||
    before.actual !== now.actual ||
    before.size !== now.size ||
    before.members !== now.members ||
    before.waitingFor !== now.waitingFor ||
    isEntityUp(before) !== isEntityUp(now)
  );
}

function changedKeys(before: Entity['sensors'], now: Entity['sensors']): readonly string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...keys].filter((key) => before[key] !== now[key]);
}
