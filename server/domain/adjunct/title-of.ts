import type { AdjunctType } from '../blueprint/adjunct-type.ts';
import type { AdjunctSpec } from '../entity/entity-spec.ts';

/** What people call an adjunct: its own name, else the title of its type. */
export function titleOf(
  { name, type }: Pick<AdjunctSpec, 'name' | 'type'>,
  types: ReadonlyMap<string, Pick<AdjunctType, 'title'>>,
): string {
  return name ?? types.get(type)?.title ?? type;
}
