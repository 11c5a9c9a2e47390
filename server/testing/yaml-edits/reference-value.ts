import { isDeepStrictEqual } from 'node:util';
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { EditOperation } from '../../domain/blueprint-edit/edit-operation.ts';
import type { EditValue } from '../../domain/blueprint-edit/written-node.ts';
import type { YamlPath } from '../../domain/blueprint-edit/yaml-path.ts';

/**
 * What a text says, read by the library alone, with aliases as references to the one value that they repeat. Operations are
 * done on it as on any objects in memory: the yardstick for edits of text.
 */
export type Value = Scalar | List | Entries | Alias;
interface Scalar {
  kind: 'scalar';
  value: unknown;
}
interface List {
  kind: 'list';
  items: Value[];
}
interface Entries {
  kind: 'map';
  entries: [string, Value][];
  merges: Value[];
}
interface Alias {
  kind: 'alias';
  to: Value;
}

export function readReference(text: string): Value {
  const document = parseDocument(text, { schema: 'core', uniqueKeys: false, intAsBigInt: true, logLevel: 'error' });
  if (document.errors.length > 0) throw new Error(`${document.errors[0]?.message}\n${text}`);
  return fromNode(document.contents, new Map());
}

function fromNode(node: unknown, anchors: Map<string, Value>): Value {
  if (isAlias(node)) {
    const to = anchors.get(node.source);
    if (to === undefined) throw new Error(`no anchor ${node.source}`);
    return { kind: 'alias', to };
  }
  let value: Value;
  if (isSeq(node)) value = { kind: 'list', items: node.items.map((item) => fromNode(item, anchors)) };
  else if (isMap(node)) {
    value = { kind: 'map', entries: [], merges: [] };
    for (const { key, value: below } of node.items) {
      const child = fromNode(below, anchors);
      if (!isScalar(key)) throw new Error('a key that is no text');
      if (key.value === '<<' && key.type === 'PLAIN') value.merges.push(...(child.kind === 'list' ? child.items : [child]));
      else value.entries.push([typeof key.value === 'string' ? key.value : (key.source ?? ''), child]);
    }
  } else value = { kind: 'scalar', value: isScalar(node) ? toScalar(node.value, node.source ?? '') : null };
  if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor) anchors.set(node.anchor, value);
  return value;
}

function toScalar(value: unknown, source: string): unknown {
  if (typeof value === 'bigint') return value === BigInt(Number(value)) && Number.isSafeInteger(Number(value)) ? Number(value) : source;
  return typeof value === 'number' && !Number.isFinite(value) ? source : value;
}

export function fromEditValue(value: EditValue): Value {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(fromEditValue) };
  if (typeof value !== 'object' || value === null) return { kind: 'scalar', value: Object.is(value, -0) ? 0 : value };
  return { kind: 'map', entries: Object.entries(value).map(([key, below]) => [key, fromEditValue(below as EditValue)]), merges: [] };
}

/** Plain data, maps as lists of pairs in their order, with aliases and merges followed. */
export function settle(value: Value): unknown {
  if (value.kind === 'alias') return settle(value.to);
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'list') return value.items.map(settle);
  return entriesOf(value).map(([key, below]) => [key, settle(below)]);
}

/** The same, but the order of keys does not count. */
export function settleUnordered(value: Value): unknown {
  if (value.kind === 'alias') return settleUnordered(value.to);
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'list') return value.items.map(settleUnordered);
  return new Map(entriesOf(value).map(([key, below]) => [key, settleUnordered(below)]));
}

function entriesOf(map: Entries): [string, Value][] {
  const all = new Map(map.entries);
  for (const merge of map.merges) {
    const from = follow(merge);
    if (from.kind !== 'map') continue;
    for (const [key, below] of entriesOf(from)) if (!all.has(key)) all.set(key, below);
  }
  return [...all];
}

export function follow(value: Value): Exclude<Value, Alias> {
  return value.kind === 'alias' ? follow(value.to) : value;
}

/** The value at a path that is written there itself; undefined when it is not, or only through an alias or merge. */
export function ownAt(root: Value, path: YamlPath): Value | undefined {
  let found: Value | undefined = root;
  for (const key of path) {
    if (found?.kind === 'list') found = found.items[Number(key)];
    else if (found?.kind === 'map') found = found.entries.find(([name]) => name === String(key))?.[1];
    else return undefined;
  }
  return found;
}

/** Does an operation on the value in place; the root is given back, as it may be another. Null when there is nothing it could mean. */
export function applyToReference(root: Value, operation: EditOperation): Value | null {
  switch (operation.kind) {
    case 'set':
      return set(root, operation.path, fromEditValue(operation.value));
    case 'insert':
      return put(root, operation.into, [operation.key ?? null, fromEditValue(operation.value)], operation.at);
    case 'remove':
      return take(root, operation.path, operation.whenEmpty ?? 'keep', null)?.root ?? null;
    case 'rename': {
      const map = ownAt(root, operation.path.slice(0, -1));
      const entry = map?.kind === 'map' ? map.entries.find(([name]) => name === String(operation.path.at(-1))) : undefined;
      if (map?.kind !== 'map' || entry === undefined) return null;
      if (entry[0] !== operation.key && map.entries.some(([name]) => name === operation.key)) return null;
      entry[0] = operation.key;
      return root;
    }
    case 'move':
      return move(root, operation);
    case 'copy': {
      const value = ownAt(root, operation.path);
      const last = operation.path.at(-1);
      if (value === undefined || last === undefined) return null;
      const isEntry = ownAt(root, operation.path.slice(0, -1))?.kind === 'map';
      return put(root, operation.into, [isEntry ? (operation.key ?? String(last)) : null, structuredCopy(value, new Map())], operation.at);
    }
  }
}

function structuredCopy(value: Value, copies: Map<Value, Value>): Value {
  if (value.kind === 'alias') return { kind: 'alias', to: value.to };
  if (value.kind === 'scalar') return { ...value };
  if (value.kind === 'list') return { kind: 'list', items: value.items.map((item) => structuredCopy(item, copies)) };
  return {
    kind: 'map',
    entries: value.entries.map(([key, below]) => [key, structuredCopy(below, copies)]),
    merges: value.merges.map((merge) => structuredCopy(merge, copies)),
  };
}

function set(root: Value, path: YamlPath, value: Value): Value | null {
  const [key, ...below] = path;
  if (key === undefined) {
    if (isDeepStrictEqual(settleUnordered(root), settleUnordered(value))) return root;
    if (root.kind !== 'alias') Object.assign(root, become(root, value));
    return root.kind === 'alias' ? value : root;
  }
  const from = root.kind === 'alias' ? { kind: 'map' as const, entries: [], merges: [root] } : root;
  if (root.kind === 'alias' && (follow(root).kind !== 'map' || typeof key !== 'string')) return null;
  if (from.kind === 'scalar') {
    if (from.value !== null || typeof key === 'number') return null;
    return set(Object.assign(from, { kind: 'map', entries: [], merges: [], value: undefined }) as unknown as Value, path, value);
  }
  if (from.kind === 'list') {
    const item = from.items[Number(key)];
    const fresh = item === undefined || typeof key !== 'number' ? null : set(item, below, value);
    if (fresh === null) return null;
    from.items[Number(key)] = fresh;
    return from;
  }
  const name = String(key);
  const own = from.entries.find((entry) => entry[0] === name);
  if (own !== undefined) {
    const fresh = set(own[1], below, value);
    if (fresh === null) return null;
    own[1] = fresh;
    return from;
  }
  if (below.some((one) => typeof one === 'number') && !entriesOf(from).some(([one]) => one === name)) return null;
  const merged = entriesOf(from).find(([one]) => one === name)?.[1];
  const base: Value = merged === undefined ? { kind: 'map', entries: [], merges: [] } : detach(merged);
  const fresh = below.length === 0 ? value : set(base, below, value);
  if (fresh === null) return null;
  from.entries.push([name, fresh]);
  return from;
}

/** A value that is set keeps the order of the keys that it had, and is changed where others repeat it. */
function become(old: Value, value: Value): object {
  if (value.kind === 'scalar') return { kind: 'scalar', value: value.value };
  if (value.kind === 'list') return { kind: 'list', items: value.items, value: undefined };
  if (value.kind === 'alias') throw new Error('not a value that is set');
  if (old.kind !== 'map') return { kind: 'map', entries: value.entries, merges: [], items: undefined };
  const order = [...old.entries.map(([key]) => key)];
  const wanted = new Map(value.entries);
  const kept = order.filter((key) => wanted.has(key));
  const entries = [...kept, ...[...wanted.keys()].filter((key) => !kept.includes(key))].map((key) => [key, wanted.get(key)]);
  return { kind: 'map', entries, merges: [] };
}

function detach(value: Value): Value {
  const plain = follow(value);
  if (plain.kind === 'scalar') return { ...plain };
  if (plain.kind === 'list') return { kind: 'list', items: plain.items.map(detach) };
  return { kind: 'map', entries: entriesOf(plain).map(([key, below]) => [key, detach(below)]), merges: [] };
}

function put(root: Value, into: YamlPath, [key, value]: [string | null, Value], at?: number): Value | null {
  let collection = ownAt(root, into);
  if (collection === undefined || (collection.kind === 'scalar' && collection.value === null)) {
    const made = set(root, into, key === null ? { kind: 'list', items: [] } : { kind: 'map', entries: [], merges: [] });
    if (made === null || ownAt(made, into) === undefined) return null;
    root = made;
    collection = ownAt(root, into);
  }
  if (collection?.kind === 'map' && key === null && collection.entries.length + collection.merges.length === 0)
    Object.assign(collection, { kind: 'list', items: [] });
  else if (collection?.kind === 'list' && key !== null && collection.items.length === 0)
    Object.assign(collection, { kind: 'map', entries: [], merges: [] });
  if (collection?.kind === 'list' && key === null) {
    collection.items.splice(at ?? collection.items.length, 0, value);
    return root;
  }
  if (collection?.kind !== 'map' || key === null || collection.entries.some(([name]) => name === key)) return null;
  collection.entries.splice(at ?? collection.entries.length, 0, [key, value]);
  return root;
}

interface Taken {
  readonly root: Value;
  readonly value: Value;
  /** Path of what went. */
  readonly gone: YamlPath;
}

function take(root: Value, path: YamlPath, whenEmpty: 'keep' | 'remove', keep: YamlPath | null): Taken | null {
  const holder = ownAt(root, path.slice(0, -1));
  const key = path.at(-1);
  const value = ownAt(root, path);
  if (value === undefined || key === undefined || holder === undefined) return null;
  if (holder.kind === 'list') holder.items.splice(Number(key), 1);
  else if (holder.kind === 'map') {
    holder.entries.splice(
      holder.entries.findIndex(([name]) => name === String(key)),
      1,
    );
  } else return null;
  const above = path.slice(0, -1);
  const empty = holder.kind === 'list' ? holder.items.length === 0 : holder.entries.length + holder.merges.length === 0;
  const kept = keep !== null && above.every((one, depth) => keep[depth] === one);
  if (!empty || whenEmpty === 'keep' || above.length === 0 || kept) return { root, value, gone: path };
  const further = take(root, above, whenEmpty, keep);
  return further === null ? null : { root: further.root, value, gone: further.gone };
}

function move(root: Value, { path, into, at, whenEmpty = 'keep' }: EditOperation & { kind: 'move' }): Value | null {
  if (path.every((key, depth) => into[depth] === key)) return null;
  const last = path.at(-1);
  const isEntry = ownAt(root, path.slice(0, -1))?.kind === 'map';
  const taken = take(root, path, whenEmpty, into);
  if (taken === null || last === undefined) return null;
  const list = taken.gone.slice(0, -1);
  const position = taken.gone.at(-1);
  const there = into[list.length];
  const shifted =
    typeof position === 'number' && typeof there === 'number' && there > position && list.every((key, depth) => into[depth] === key)
      ? into.with(list.length, there - 1)
      : into;
  return put(taken.root, shifted, [isEntry ? String(last) : null, taken.value], at);
}
