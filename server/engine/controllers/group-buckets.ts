import { isNestedSpec } from '../../domain/blueprint/config-value.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { EntitySpec } from '../../domain/entity/entity-spec.ts';
import { plantEntities } from '../../domain/entity/plant-entities.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import { canonicalJson } from '../../domain/shared/json.ts';
import type { Draft, StoreView } from '../../ports/store.ts';
import { configOf } from '../config-of.ts';
import type { EngineContext } from '../engine-context.ts';
import { newId } from '../new-id.ts';
import { destroySubtree } from '../subtree.ts';

interface Bucket {
  readonly name: string;
  readonly members: readonly EntityId[];
}

export interface BucketChanges {
  readonly add: readonly Bucket[];
  readonly set: readonly { readonly child: Entity; readonly members: readonly EntityId[] }[];
  readonly remove: readonly Entity[];
}

const NONE: BucketChanges = { add: [], set: [], remove: [] };

/** What the groups of a group's buckets lack. `members`: of the group, as it is to be. */
export function planBuckets(context: EngineContext, view: StoreView, group: Entity, members: readonly EntityId[]): BucketChanges {
  const behaviour = context.plugins.entityTypes.get(group.type)?.group;
  if (behaviour?.buckets === undefined || group.goal === 'destroyed') return NONE;
  const source = { view, types: context.plugins.entityTypes };
  const config = Object.fromEntries(behaviour.keys.map((key) => [key, configOf(group, key, source)]));
  const found = behaviour.buckets.sort(
    config,
    members.flatMap((id) => view.get('entity', id) ?? []),
  );
  if (!found.ok) return NONE;
  const { type } = specOf(group, '', behaviour.buckets.specKey);
  const children = bucketsOf(view, group);
  const remove = children.filter((child) => child.type !== type || !found.buckets.has(child.bucket ?? ''));
  const kept = new Map(children.filter((child) => !remove.includes(child)).map((child) => [child.bucket ?? '', child]));
  const set = [...found.buckets].flatMap(([name, ids]) => {
    const child = kept.get(name);
    return child === undefined || canonicalJson(child.members) === canonicalJson(ids) ? [] : [{ child, members: ids }];
  });
  const add = [...found.buckets].flatMap(([name, ids]) => (kept.has(name) ? [] : [{ name, members: ids }]));
  return { add, set, remove };
}

export function hasChanges({ add, set, remove }: BucketChanges): boolean {
  return add.length + set.length + remove.length > 0;
}

export function changeBuckets(context: EngineContext, draft: Draft, group: Entity, { add, set, remove }: BucketChanges): void {
  const { buckets } = context.plugins.entityTypes.get(group.type)?.group ?? {};
  if (buckets === undefined) return;
  const now = context.clock.now();
  const planting = {
    applicationId: group.applicationId,
    parentId: group.id,
    generation: group.generation,
    goal: group.goal === 'stopped' ? 'stopped' : 'running',
    taskId: null,
    now,
    nextId: () => newId<'entity'>(context.ids),
  } as const;
  for (const { name, members } of add) {
    const [root, ...below] = plantEntities(specOf(group, name, buckets.specKey), planting);
    if (root) for (const entity of [{ ...root, bucket: name, members }, ...below]) draft.put('entity', entity);
  }
  for (const { child, members } of set) draft.put('entity', { ...child, members });
  for (const child of remove) destroySubtree(draft, child, { now, taskId: null, removeVolumes: false });
}

/** The groups of its buckets, those on their way out left away. */
export function bucketsOf(view: Pick<StoreView, 'childrenOf'>, { id }: Entity): readonly Entity[] {
  return view.childrenOf(id).filter(({ bucket, goal }) => bucket !== undefined && goal !== 'destroyed');
}

/** A blueprint can write no path with two slashes: it is nobody else’s. */
function specOf(group: Entity, name: string, specKey: string): EntitySpec {
  const given = group.spec.config[specKey];
  const path = `${group.path}//${name}`;
  if (isNestedSpec(given)) return { ...given.$spec, name, planId: null, path };
  return { type: 'basic-group', name, planId: null, path, location: null, config: {}, children: [], memberSpec: null };
}
