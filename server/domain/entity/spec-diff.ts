import { type ConfigHolder, declaresBy, effectiveConfig, effectiveKeys } from '../blueprint/effective-config.ts';
import type { TypeRegistry } from '../blueprint/type-registry.ts';
import { QUARANTINE_GROUP } from '../cluster/members.ts';
import { canonicalJson } from '../shared/json.ts';
import type { Entity } from './entity.ts';
import type { EntitySpec } from './entity-spec.ts';

/** What a new generation means for the entities that exist. Matched by place in the blueprint and by type. */
export interface SpecDiff {
  /** Entities that stay, each with its new spec; `changed` when the spec is another than before. */
  readonly kept: readonly { readonly entity: Entity; readonly spec: EntitySpec; readonly changed: boolean }[];
  readonly added: readonly { readonly parent: Entity; readonly spec: EntitySpec }[];
  /** With all that is below them. */
  readonly removed: readonly Entity[];
}

export interface Diffing {
  /** The present children; those on their way out are passed over. */
  readonly childrenOf: (entity: Entity) => readonly Entity[];
  /** Tell which config an entity takes from above. */
  readonly types: TypeRegistry;
}

/** Pure. */
export function diffSpecs(root: Entity, spec: EntitySpec, diffing: Diffing): SpecDiff {
  return diffBelow({ entity: root, spec, before: [], after: [] }, diffing);
}

interface Pair {
  readonly entity: Entity;
  readonly spec: EntitySpec;
  /** What stands above each, the nearest first. */
  readonly before: readonly ConfigHolder[];
  readonly after: readonly ConfigHolder[];
}

function diffBelow(pair: Pair, diffing: Diffing): SpecDiff {
  const { entity, spec } = pair;
  const { childrenOf, types } = diffing;
  const children = childrenOf(entity).filter((child) => child.goal !== 'destroyed');
  const before = [entity, ...pair.before];
  const after = [{ spec }, ...pair.after];
  const self = { entity, spec, changed: ownPart(entity.spec, before, types) !== ownPart(spec, after, types) };
  const members = children.filter((child) => child.slot !== null);
  const plain = children.filter((child) => child.slot === null && !isOfTheEngine(child));
  const { memberSpec, firstMemberSpec } = spec;
  const parts = [
    ...(memberSpec
      ? members.map((member) => {
          const own = member.spec.path === firstMemberSpec?.path ? firstMemberSpec : memberSpec;
          return diffBelow({ entity: member, spec: own, before, after }, diffing);
        })
      : [gone(members, childrenOf)]),
    ...spec.children.map((wanted): SpecDiff => {
      const existing = plain.find((child) => isSame(child, wanted));
      if (existing === undefined) return { kept: [], added: [{ parent: entity, spec: wanted }], removed: [] };
      return diffBelow({ entity: existing, spec: wanted, before, after }, diffing);
    }),
    gone(
      plain.filter((child) => !spec.children.some((wanted) => isSame(child, wanted))),
      childrenOf,
    ),
  ];
  return {
    kept: [self, ...parts.flatMap((part) => part.kept)],
    added: parts.flatMap((part) => part.added),
    removed: parts.flatMap((part) => part.removed),
  };
}

function gone(entities: readonly Entity[], childrenOf: Diffing['childrenOf']): SpecDiff {
  const removed = entities.flatMap((entity): readonly Entity[] => [entity, ...gone(childrenOf(entity), childrenOf).removed]);
  return { kept: [], added: [], removed };
}

/** A cluster makes its quarantine by itself, and a group the groups of its buckets: no blueprint tells of them. */
function isOfTheEngine({ type, path, parentId, spec, bucket }: Entity): boolean {
  if (bucket !== undefined) return true;
  return type === QUARANTINE_GROUP && parentId !== null && path.endsWith('/quarantine') && spec.planId === null;
}

function isSame(entity: Entity, spec: EntitySpec): boolean {
  return entity.path === spec.path && entity.type === spec.type;
}

/** What shapes the entity itself: not its children, not where it stands; of what is above it the config that it takes. */
function ownPart({ type, location }: EntitySpec, chain: readonly ConfigHolder[], types: TypeRegistry): string {
  const declares = declaresBy(types);
  const config = [...effectiveKeys(chain, declares)].map((key) => [
    key,
    effectiveConfig(key, chain, declares)?.parts.map(({ value, holder }) => [chain.indexOf(holder), value]),
  ]);
  return canonicalJson({ type, config: Object.fromEntries(config), location });
}
