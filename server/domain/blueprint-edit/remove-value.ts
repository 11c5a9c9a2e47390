import { type Draft, removeIn, replaceIn } from './draft.ts';
import type { WhenEmpty } from './edit-operation.ts';
import { findPlace } from './find-place.ts';
import type { ItemPlace } from './place.ts';
import { type Refusal, refuse } from './refusal.ts';
import { isPathBelow, type YamlPath } from './yaml-path.ts';

export interface Removal {
  readonly whenEmpty: WhenEmpty;
  /** A list or map on the way to this path stays, even if it becomes empty. */
  readonly keep?: YamlPath;
}

/** Takes out the item or key at a path. */
export function removeAt(draft: Draft, path: YamlPath, removal: Removal): Draft | Refusal {
  const found = findPlace(draft.source, path);
  if (!found.found) return found.refusal;
  const { above } = found.place;
  if (above === null) return refuse('wrong-kind', 'The whole text cannot be removed as an item: clear it instead.');
  const { place, empties } = findRemoved(above, removal);
  return empties ? replaceIn(draft, place.collection, { kind: place.collection.node.kind, items: [] }) : removeIn(draft, place);
}

/** What goes with the last item of a list or map, as the removal asks; `empties` when that is left without items. */
export function findRemoved(place: ItemPlace, { whenEmpty, keep }: Removal): { readonly place: ItemPlace; readonly empties: boolean } {
  let removed = place;
  while (removed.collection.node.items.length === 1) {
    const { above, path } = removed.collection;
    if (whenEmpty === 'keep' || above === null || (keep !== undefined && isPathBelow(keep, path))) return { place: removed, empties: true };
    removed = above;
  }
  return { place: removed, empties: false };
}
