import type { FoundMembers } from '../../domain/cluster/group-members.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { isJsonObject, type Json } from '../../domain/shared/json.ts';
import type { StoreView } from '../../ports/store.ts';
import { type ConfigSource, configOf } from '../config-of.ts';
import type { EngineContext } from '../engine-context.ts';
import { isAtOrAbove } from '../subtree.ts';
import { type BucketChanges, bucketsOf, changeBuckets, hasChanges, planBuckets } from './group-buckets.ts';

const FILTER_PROBLEM = 'filter';

/** Keeps the members of groups that are made of others than their children. */
export function registerGroupController(context: EngineContext): void {
  const { store, queue } = context;
  queue.register('group', async (id) => {
    if (changed(context, store.view, id) === null && !hasChanges(bucketChanges(context, store.view, id))) return;
    await store.commit((draft) => {
      const next = changed(context, draft, id);
      if (next) draft.put('entity', next);
      const group = draft.get('entity', id);
      if (group) changeBuckets(context, draft, group, bucketChanges(context, draft, id));
    });
    tellBuckets(context, id);
  });
}

/** Judged by the members that are there by now: a change of these wakes it again. */
function bucketChanges(context: EngineContext, view: StoreView, id: string): BucketChanges {
  const group = view.get('entity', id);
  return group ? planBuckets(context, view, group, group.members ?? []) : { add: [], set: [], remove: [] };
}

function tellBuckets({ store, plugins, sensors, clock }: EngineContext, id: string): void {
  const group = store.view.get('entity', id);
  const sensor = group && plugins.entityTypes.get(group.type)?.group?.buckets?.sensor;
  if (!group || sensor === undefined) return;
  const ids = bucketsOf(store.view, group).map((child) => [child.bucket ?? '', child.id]);
  sensors.publish(group.id, clock.now(), { [sensor]: Object.fromEntries(ids) });
}

/** The group as it is to be; null where it is so already. */
function changed(context: EngineContext, view: StoreView, id: string): Entity | null {
  const group = view.get('entity', id);
  const behaviour = group && context.plugins.entityTypes.get(group.type)?.group;
  if (!group || !behaviour || group.goal === 'destroyed') return null;
  const source = { view, types: context.plugins.entityTypes };
  const config = Object.fromEntries(behaviour.keys.map((key) => [key, configOf(group, key, source)]));
  const look = { before: group.members ?? [], candidates: candidatesOf(group, source), children: view.childrenOf(group.id) };
  return withMembers(group, behaviour.members(config, look));
}

function withMembers(group: Entity, found: FoundMembers): Entity | null {
  const { [FILTER_PROBLEM]: problem, ...problems } = group.problems;
  const before = group.members ?? [];
  if (!found.ok) {
    if (problem === found.why && group.members !== undefined) return null;
    return { ...group, members: before, problems: { ...problems, [FILTER_PROBLEM]: found.why } };
  }
  const isSame = group.members !== undefined && found.ids.length === before.length && found.ids.every((id, at) => id === before[at]);
  return isSame && problem === undefined ? null : { ...group, members: found.ids, problems };
}

/** All of its application, or of what `dynamicgroup.ancestor` names, nobody where that is not there, but what is on its way out, kept aside, or at or above the group. */
function candidatesOf(group: Entity, source: ConfigSource): readonly Entity[] {
  const { view } = source;
  const given = configOf(group, 'dynamicgroup.ancestor', source);
  const below = ancestorOf(given, group, view);
  if (below === undefined && given !== undefined) return [];
  return view
    .entitiesOf(group.applicationId)
    .filter((entity) => entity.goal !== 'destroyed' && entity.quarantine === undefined && !isAtOrAbove(view, entity, group))
    .filter((entity) => below === undefined || (entity.id !== below.id && isAtOrAbove(view, below, entity)))
    .sort((a, b) => a.createdAt - b.createdAt || (a.slot ?? 0) - (b.slot ?? 0) || (a.id < b.id ? -1 : 1));
}

function ancestorOf(given: Json | undefined, { applicationId }: Entity, view: StoreView): Entity | undefined {
  const name = isJsonObject(given ?? null) ? (given as { readonly $entity?: Json }).$entity : given;
  if (typeof name !== 'string') return undefined;
  return view.get('entity', name) ?? view.entitiesOf(applicationId).find(({ planId }) => planId === name);
}
