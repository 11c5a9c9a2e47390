import { type Draft, insertIn, noteIn, replaceIn } from './draft.ts';
import { type FoundPlace, findPlace } from './find-place.ts';
import { toChunk } from './item-chunk.ts';
import { isCollection, type Place } from './place.ts';
import { type Refusal, refuse } from './refusal.ts';
import { removeAt } from './remove-value.ts';
import { entriesOf, followAlias, readsAs, toEditValue } from './resolve-value.ts';
import { setInNode, toWrittenNode, type WrittenList, type WrittenMap, type WrittenNode } from './written-node.ts';
import { formatPath, type YamlPath } from './yaml-path.ts';
import { isMergeKey, type YamlList, type YamlMap, type YamlNode } from './yaml-tree.ts';

/** Makes the value at a path read as `node`. Of a list or map only what differs is changed. */
export function setAt(draft: Draft, path: YamlPath, node: WrittenNode): Draft | Refusal {
  const found = findPlace(draft.source, path);
  if (found.found) return changeValue(draft, found.place, node);
  const { deepest, refusal } = found;
  const [key, ...below] = path.slice(deepest?.path.length ?? 0);
  if (key === undefined) return replaceNothing(draft, node);
  if (found.why === 'alias' && deepest !== null) return overrideAlias(draft, deepest, { key, below, node }) ?? refusal;
  if (found.why === 'merge' && deepest !== null) return overrideMerge(draft, deepest, { key, below, node }) ?? refusal;
  const value = found.why === 'absent' && typeof key === 'string' && deepest?.node.kind !== 'list' ? nest(below, node) : null;
  return value === null ? refusal : addEntry(draft, deepest, key, value);
}

/** What is to be put at keys below a place. */
interface Below {
  readonly key: string | number;
  readonly below: YamlPath;
  readonly node: WrittenNode;
}

function changeValue(draft: Draft, place: Place, node: WrittenNode): Draft | Refusal {
  if (readsAs(place.node, node, draft.source.links)) return draft;
  const { node: old } = place;
  if (old.kind === 'alias') {
    const replaced = replaceIn(draft, place, node);
    const message = `${formatPath(place.path)} was “*${old.name}” and now has its own value; “&${old.name}” stays as it is.`;
    return replaced.ok ? noteIn(replaced, { code: 'alias-replaced', message }) : replaced;
  }
  if (old.kind === 'list' && node.kind === 'list' && canKeepItems(old, node)) return changeList(draft, place.path, old, node);
  if (old.kind === 'map' && node.kind === 'map' && node.items.length > 0 && canKeepEntries(draft, old, node))
    return changeMap(draft, place.path, old, node);
  return replaceIn(draft, place, node);
}

/** More entries than this are written anew as a whole: one by one would take seconds. */
const MOST_STEPS = 300;

/** False when the map holds what `node` has not and what cannot be taken out by itself. */
function canKeepEntries({ source }: Draft, map: YamlMap, node: WrittenMap): boolean {
  if (map.items.length + node.items.length > 2 * MOST_STEPS) return false;
  const wanted = new Set(node.items.map(({ key }) => key.text));
  const own = map.items.filter(({ key }) => !isMergeKey(key)).map(({ key }) => key.text);
  if (map.style === 'pair' || own.includes(null) || new Set(own).size < own.length || map.items.length === 0) return false;
  return entriesOf(map, source.links).every(({ key, merged }) => !merged || wanted.has(key));
}

function canKeepItems(list: YamlList, node: WrittenList): boolean {
  return list.items.length > 0 && node.items.length > 0 && list.items.length + node.items.length <= 2 * MOST_STEPS;
}

/** New keys come before old ones go, so that the map is never empty. */
function changeMap(draft: Draft, path: YamlPath, map: YamlMap, node: WrittenMap): Draft | Refusal {
  let made: Draft | Refusal = draft;
  const read = new Map(entriesOf(map, draft.source.links).map((entry) => [entry.key, entry]));
  for (const { key, value } of node.items) {
    const entry = read.get(key.text ?? '');
    if (made.ok && !(entry?.merged && readsAs(entry.value, value, draft.source.links)))
      made = setAt(made, [...path, key.text ?? ''], value);
  }
  const wanted = new Set(node.items.map(({ key }) => key.text));
  for (const { key } of map.items) {
    if (made.ok && !isMergeKey(key) && key.text !== null && !wanted.has(key.text))
      made = removeAt(made, [...path, key.text], { whenEmpty: 'keep' });
  }
  return made;
}

/** What is the same at both ends stays; between them item is changed for item, and the rest added or removed. */
function changeList(draft: Draft, path: YamlPath, list: YamlList, node: WrittenList): Draft | Refusal {
  const { links } = draft.source;
  const old = list.items.map((item) => item.value);
  const wanted = node.items.map((item) => item.value);
  const isSame = (a: YamlNode | undefined, b: WrittenNode | undefined) => a !== undefined && b !== undefined && readsAs(a, b, links);
  const most = Math.min(old.length, wanted.length);
  let front = 0;
  while (front < most && isSame(old[front], wanted[front])) front += 1;
  let back = 0;
  while (back < most - front && isSame(old.at(-1 - back), wanted.at(-1 - back))) back += 1;
  const both = most - back;
  let made: Draft | Refusal = draft;
  for (const [index, value] of wanted.slice(0, wanted.length - back).entries()) {
    if (!made.ok || index < front) continue;
    made = index < both ? setAt(made, [...path, index], value) : insertAt(made, path, index, value);
  }
  for (let index = old.length - back - 1; index >= both; index -= 1) {
    if (made.ok) made = removeAt(made, [...path, index], { whenEmpty: 'keep' });
  }
  return made;
}

function insertAt(draft: Draft, path: YamlPath, index: number, node: WrittenNode): Draft | Refusal {
  const found = findPlace(draft.source, path);
  return found.found ? insertIn(draft, found.place, { chunk: toChunk(null, node), index }) : found.refusal;
}

/** A map that repeats an anchor gets what it repeats by a merge, and the key beside it. */
function overrideAlias(draft: Draft, place: Place, change: Below): Draft | Refusal | null {
  const target = followAlias(place.node, draft.source.links);
  const value = changedEntry(draft, target, change);
  if (place.node.kind !== 'alias' || value === null) return null;
  const { name } = place.node;
  const merge = { key: { text: '<<', merge: true }, value: place.node };
  const made = replaceIn(draft, place, { kind: 'map', items: [merge, { key: { text: String(change.key) }, value }] });
  const at = formatPath(place.path);
  const message = `${at} repeats “&${name}”: it now merges that and overrides “${change.key}”; “&${name}” stays as it is.`;
  return made.ok ? noteIn(made, { code: 'alias-overridden', message }) : made;
}

function overrideMerge(draft: Draft, place: Place, change: Below): Draft | Refusal | null {
  const value = changedEntry(draft, place.node, change);
  const made = value === null ? null : addEntry(draft, place, change.key, value);
  if (made === null || !made.ok) return made;
  const message = `“${change.key}” came from “<<”: it is now written in ${formatPath(place.path)} itself and overrides what is merged.`;
  return noteIn(made, { code: 'merge-overridden', message });
}

/** The value that a key of a map has elsewhere, with the change made in it. Null when there is no such place in it. */
function changedEntry({ source }: Draft, map: YamlNode, { key, below, node }: Below): WrittenNode | null {
  if (map.kind !== 'map' || typeof key !== 'string') return null;
  const entry = entriesOf(map, source.links).find((one) => one.key === key);
  if (below.length === 0) return node;
  const old = entry === undefined ? null : toWrittenNode(toEditValue(entry.value, source.links));
  return old === null ? nest(below, node) : setInNode(old, below, node);
}

function addEntry(draft: Draft, place: Place | null, key: string | number, value: WrittenNode): Draft | Refusal {
  const index = place !== null && isCollection(place) ? place.node.items.length : 0;
  return insertIn(draft, place, { chunk: toChunk(String(key), value), index });
}

/** The whole of an empty text. */
function replaceNothing(draft: Draft, node: WrittenNode): Draft | Refusal {
  if (node.kind === 'scalar' || node.kind === 'alias') return refuse('value-invalid', 'At its top a text has a map or a list.');
  const chunks =
    node.kind === 'list'
      ? node.items.map((item) => toChunk(null, item.value))
      : node.items.map(({ key, value }) => toChunk(key.text, value));
  let made: Draft | Refusal = draft;
  for (const [index, chunk] of chunks.entries()) {
    if (!made.ok) return made;
    const found: FoundPlace = findPlace(made.source, []);
    made = insertIn(made, found.found ? found.place : null, { chunk, index });
  }
  return made;
}

/** A value below keys that are not there; null when a position in a list is among them. */
function nest(keys: YamlPath, node: WrittenNode): WrittenNode | null {
  return keys.reduceRight<WrittenNode | null>((value, key) => {
    return value === null || typeof key === 'number' ? null : { kind: 'map', items: [{ key: { text: key }, value }] };
  }, node);
}
