import { QUARANTINE_GROUP } from '../../server/domain/cluster/members.ts';
import type { Entity } from '../../server/domain/entity/entity.ts';

export interface EntityRow {
  readonly entity: Entity;
  /** 0 for the root. */
  readonly depth: number;
  readonly hasChildren: boolean;
}

/** The entities of one application in tree order: children by slot, then by place in the blueprint; what is in quarantine below that. Collapsed ones hide what is below. */
export function entityRows(entities: readonly Entity[], collapsed: ReadonlySet<string>): readonly EntityRow[] {
  const quarantines = new Map(entities.flatMap(({ type, parentId, id }) => (type === QUARANTINE_GROUP ? [[parentId, id] as const] : [])));
  const children = Map.groupBy(entities, ({ quarantine, parentId }) => (quarantine && quarantines.get(parentId)) ?? parentId);
  const rows: EntityRow[] = [];
  const visit = (entity: Entity, depth: number) => {
    const below = (children.get(entity.id) ?? []).toSorted(bySlotThenAge);
    rows.push({ entity, depth, hasChildren: below.length > 0 });
    if (!collapsed.has(entity.id)) for (const child of below) visit(child, depth + 1);
  };
  for (const root of (children.get(null) ?? []).toSorted(bySlotThenAge)) visit(root, 0);
  return rows;
}

/** What a cluster keeps aside stands below its members. */
function placeOf({ slot, type }: Entity): number {
  return type === QUARANTINE_GROUP ? Number.MAX_SAFE_INTEGER : (slot ?? 0);
}

function bySlotThenAge(a: Entity, b: Entity): number {
  return placeOf(a) - placeOf(b) || (a.id < b.id ? -1 : 1);
}
