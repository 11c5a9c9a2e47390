import type { Entity } from './entity.ts';

/** Those that others depend on before these, the order kept otherwise. What depends on itself in a circle stays where it is. */
export function inDependencyOrder<T extends { readonly entity: Pick<Entity, 'id' | 'spec' | 'planId' | 'parentId'> }>(
  items: readonly T[],
): readonly T[] {
  const ordered = new Set<T>();
  const open = new Set<T>();
  const visit = (item: T): void => {
    if (ordered.has(item) || open.has(item)) return;
    open.add(item);
    for (const { on } of item.entity.spec.dependsOn ?? []) for (const other of items) if (isOf(on, other, items)) visit(other);
    open.delete(item);
    ordered.add(item);
  };
  for (const item of items) visit(item);
  return [...ordered];
}

/** The entity of that id in the blueprint, or a member of it. */
function isOf<T extends { readonly entity: Pick<Entity, 'id' | 'planId' | 'parentId'> }>(
  planId: string,
  { entity }: T,
  items: readonly T[],
): boolean {
  return entity.planId === planId || items.some(({ entity: parent }) => parent.id === entity.parentId && parent.planId === planId);
}
