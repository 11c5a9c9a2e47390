import { gapAbove } from './block-items.ts';
import { type Draft, insertIn, noteIn } from './draft.ts';
import type { CopyOperation, MoveOperation } from './edit-operation.ts';
import { findPlace } from './find-place.ts';
import { chunkOf, type ItemChunk } from './item-chunk.ts';
import { type ItemPlace, isCollection, itemAt } from './place.ts';
import { type Refusal, refuse } from './refusal.ts';
import { findRemoved, removeAt } from './remove-value.ts';
import { setAt } from './set-value.ts';
import { formatPath, isPathBelow, isSamePath, type YamlPath } from './yaml-path.ts';

/** Takes an item with its comments to another place. */
export function moveItem(draft: Draft, { path, into, at, whenEmpty = 'keep' }: MoveOperation): Draft | Refusal {
  const from = findItem(draft, path);
  if (!('item' in from)) return from;
  if (isPathBelow(into, path)) return refuse('into-itself', `${formatPath(path)} cannot be moved into itself.`);
  const { collection, index } = from;
  const last = collection.node.items.length - 1;
  if (isSamePath(collection.path, into) && index === Math.min(at ?? last, last)) return draft;
  const removal = { whenEmpty, keep: into };
  const removed = removeAt(draft, path, removal);
  if (!removed.ok) return removed;
  const { place, empties } = findRemoved(from, removal);
  return putItem(removed, empties ? into : pathWithout(into, place), {
    chunk: chunkOf(draft.source, from),
    at,
    gap: gapFor(draft, from, into),
  });
}

/** Puts a copy of an item, with its comments but without its anchors, to another place. */
export function copyItem(draft: Draft, { path, into, at, key }: CopyOperation): Draft | Refusal {
  const from = findItem(draft, path);
  if (!('item' in from)) return from;
  const chunk = chunkOf(draft.source, from, { withoutAnchors: true, ...(key === undefined ? {} : { key }) });
  const copied = putItem(draft, into, { chunk, at, gap: gapFor(draft, from, into) });
  const names = draft.source.links.anchors.filter((anchor) => isPathBelow(anchor.path, path)).map(({ name }) => `“&${name}”`);
  if (!copied.ok || names.length === 0) return copied;
  return noteIn(copied, { code: 'anchors-dropped', message: `The copy does not define ${names.join(', ')} again.` });
}

interface NewItem {
  readonly chunk: ItemChunk;
  readonly at?: number | undefined;
  readonly gap?: string | undefined;
}

/** An item into the list or map at a path, which is made when it is not there. */
export function putItem(draft: Draft, into: YamlPath, { chunk, at, gap }: NewItem): Draft | Refusal {
  const found = findPlace(draft.source, into);
  const kind = chunk.key === null ? 'list' : 'map';
  if (!found.found) {
    if (found.why !== 'absent' || found.deepest?.node.kind === 'list') return found.refusal;
    if (into.length === 0) return insertIn(draft, null, { chunk, index: 0 });
    const made = setAt(draft, into, { kind, items: [] });
    return made.ok ? putItem(made, into, { chunk, gap }) : made;
  }
  const { place } = found;
  const where = formatPath(into);
  if (place.node.kind === 'alias') {
    return refuse(
      'inside-alias',
      `${where} repeats “&${place.node.name}”: nothing can be added to it here. Set it as a whole to give it its own value.`,
    );
  }
  if (
    isCollection(place)
      ? place.node.kind !== kind && place.node.items.length > 0
      : place.node.kind === 'scalar' && place.node.value !== null
  ) {
    const is = place.node.kind === 'scalar' ? 'a single value' : `a ${place.node.kind}`;
    return refuse(
      'wrong-kind',
      `${where} is ${is}: ${kind === 'list' ? 'an item of a list' : 'a key with its value'} cannot be put there.`,
    );
  }
  if (place.node.kind === 'map' && chunk.key !== null && place.node.items.some((entry) => entry.key.text === chunk.key)) {
    return refuse('key-exists', `${where} has a key “${chunk.key}” already.`);
  }
  const most = isCollection(place) ? place.node.items.length : 0;
  const index = Math.max(0, Math.min(Math.trunc(at ?? most) || 0, most));
  return insertIn(draft, place, { chunk, index, ...(gap === undefined ? {} : { gap }) });
}

function findItem(draft: Draft, path: YamlPath): ItemPlace | Refusal {
  const found = findPlace(draft.source, path);
  if (!found.found) return found.refusal;
  return found.place.above ?? refuse('wrong-kind', 'The whole text is no item that could be moved or copied.');
}

/** A path as it is once an item before it in a list is gone. */
function pathWithout(path: YamlPath, { collection, index }: ItemPlace): YamlPath {
  const depth = collection.path.length;
  const position = path[depth];
  if (!isPathBelow(path, collection.path) || typeof position !== 'number' || position < index) return path;
  return path.with(depth, position - 1);
}

/** Within one list or map an item keeps the blank lines that part it from the others. */
function gapFor({ source }: Draft, from: ItemPlace, into: YamlPath): string | undefined {
  const { collection, index } = from;
  if (!isSamePath(collection.path, into) || collection.node.style !== 'block') return undefined;
  const second = index > 0 ? from : itemAt(collection, 1);
  return second === null ? undefined : gapAbove(source.text, second);
}
