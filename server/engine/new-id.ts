import type { Id } from '../domain/shared/ids.ts';
import type { Ids } from '../ports/clock.ts';

/** The one place where fresh text becomes an id of a kind. */
export function newId<Kind extends string>(ids: Ids): Id<Kind> {
  return ids.next() as Id<Kind>;
}
