import type { Entity } from '../domain/entity/entity.ts';
import type { EntityId } from '../domain/shared/ids.ts';
import { keep } from './change-marks.ts';

/** Groups whose members are others than their children. Answers without looking at all. */
export interface GroupIndex {
  put(entity: Entity, isThere: boolean): void;
  /** Those of an application: any of its entities may be, or become, a member. */
  findingIn(applicationId: string): Iterable<EntityId>;
  /** Those that an entity is a member of. */
  of(entityId: EntityId): Iterable<EntityId>;
}

/** `isGroup`: of a type of entities. */
export function createGroupIndex(isGroup: (type: string) => boolean): GroupIndex {
  const byApplication = new Map<string, Set<EntityId>>();
  const byMember = new Map<EntityId, Set<EntityId>>();
  const membersOf = new Map<EntityId, readonly EntityId[]>();

  function take(id: EntityId, members: readonly EntityId[]): void {
    const before = membersOf.get(id) ?? [];
    if (before === members) return;
    for (const member of before) {
      const groups = byMember.get(member);
      if (groups?.delete(id) && groups.size === 0) byMember.delete(member);
    }
    for (const member of members) byMember.set(member, (byMember.get(member) ?? new Set<EntityId>()).add(id));
    if (members.length > 0) membersOf.set(id, members);
    else membersOf.delete(id);
  }

  return {
    put(entity, isThere) {
      if (!isGroup(entity.type)) return;
      keep(byApplication, entity, isThere);
      take(entity.id, (isThere && entity.members) || NONE);
    },
    findingIn: (applicationId) => byApplication.get(applicationId) ?? NONE,
    of: (entityId) => byMember.get(entityId) ?? NONE,
  };
}

const NONE: readonly EntityId[] = [];
