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

/** Pure. `childrenOf` gives the present children; those on their way out are passed over. */
export function diffSpecs(root: Entity, spec: EntitySpec, childrenOf: (entity: Entity) => readonly Entity[]): SpecDiff {
  const children = childrenOf(root).filter((child) => child.goal !== 'destroyed');
  const self = { entity: root, spec, changed: ownPart(root.spec) !== ownPart(spec) };
  const members = children.filter((child) => child.slot !== null);
  const plain = children.filter((child) => child.slot === null);
  const { memberSpec } = spec;
  const parts = [
    ...(memberSpec ? members.map((member) => diffSpecs(member, memberSpec, childrenOf)) : [gone(members, childrenOf)]),
    ...spec.children.map((child) => matched(root, child, { plain, childrenOf })),
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

interface Family {
  readonly plain: readonly Entity[];
  readonly childrenOf: (entity: Entity) => readonly Entity[];
}

function matched(parent: Entity, spec: EntitySpec, { plain, childrenOf }: Family): SpecDiff {
  const existing = plain.find((child) => isSame(child, spec));
  return existing ? diffSpecs(existing, spec, childrenOf) : { kept: [], added: [{ parent, spec }], removed: [] };
}

function gone(entities: readonly Entity[], childrenOf: Family['childrenOf']): SpecDiff {
  const removed = entities.flatMap((entity): readonly Entity[] => [entity, ...gone(childrenOf(entity), childrenOf).removed]);
  return { kept: [], added: [], removed };
}

function isSame(entity: Entity, spec: EntitySpec): boolean {
  return entity.path === spec.path && entity.type === spec.type;
}

/** What shapes the entity itself: not its children, not where it stands. */
function ownPart({ type, config, location }: EntitySpec): string {
  return canonicalJson({ type, config, location });
}
