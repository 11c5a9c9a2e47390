/**
 * A YAML text as a tree that knows where everything stands. All offsets count from the beginning of the item that holds the
 * node (of the text, for the outermost node), so that an edit in one item leaves the trees of all others as they are.
 */
export type YamlNode = YamlScalar | YamlAlias | YamlList | YamlMap;
export type YamlCollection = YamlList | YamlMap;

interface Placed {
  /** Of the value itself, without its anchor. */
  readonly from: number;
  /** Without the comment and line break after it; of a block scalar without the blank lines after it, unless they are kept. */
  readonly to: number;
  /** 1 for a scalar. */
  readonly depth: number;
  /** Values in it, itself included, aliases not followed. */
  readonly size: number;
  /** An anchor or alias stands in it. */
  readonly linked: boolean;
}

export interface Anchor {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export interface YamlScalar extends Placed {
  readonly kind: 'scalar';
  readonly value: null | boolean | number | string;
  readonly style: 'empty' | 'plain' | 'single' | 'double' | 'literal' | 'folded';
  readonly anchor: Anchor | null;
}

export interface YamlAlias extends Placed {
  readonly kind: 'alias';
  readonly name: string;
}

export interface YamlList extends Placed {
  readonly kind: 'list';
  readonly style: 'block' | 'flow';
  /** Of the first `-` in its line, for block style. */
  readonly column: number;
  readonly items: readonly YamlItem[];
  readonly anchor: Anchor | null;
}

export interface YamlMap extends Placed {
  readonly kind: 'map';
  /** `pair`: a single `key: value` in a flow list, without braces. */
  readonly style: 'block' | 'flow' | 'pair';
  /** Of the first key in its line, for block style. */
  readonly column: number;
  readonly items: readonly YamlEntry[];
  readonly anchor: Anchor | null;
}

/** An item of a list, or an entry of a map. */
export interface YamlItem {
  /** Its first character: `-`, `?`, the key or the value. Counts from where the offsets of its collection count from. */
  readonly at: number;
  readonly key: YamlKey | null;
  /** After the `-`, the `:` or the anchor of the value: where a value would be written. Null for a key without a colon. */
  readonly slot: number | null;
  readonly value: YamlNode;
}

export interface YamlEntry extends YamlItem {
  readonly key: YamlKey;
}

export interface YamlKey {
  /** Null for a key that is a list, a map or an alias. */
  readonly text: string | null;
  readonly from: number;
  readonly to: number;
  readonly style: YamlScalar['style'];
}

export function isMergeKey(key: YamlKey | null): boolean {
  return key?.text === '<<' && key.style === 'plain';
}

/** The end of what is written of an item. */
export function endOfItem(item: YamlItem): number {
  return Math.max(item.key?.to ?? 0, item.slot ?? 0, item.value.to);
}

/** A collection with other items; what follows from them is computed anew. */
export function withItems(collection: YamlCollection, items: readonly YamlItem[]): YamlCollection {
  const measured = { ...measure(items, collection.anchor !== null), ...spanOf(collection, items) };
  if (collection.kind === 'list') return { ...collection, ...measured, items };
  return { ...collection, ...measured, items: items.filter(isEntry) };
}

/** Only block collections begin and end with their items. */
function spanOf(collection: YamlCollection, items: readonly YamlItem[]): { readonly from: number; readonly to: number } {
  const [first, last] = [items[0], items.at(-1)];
  if (collection.style !== 'block' || first === undefined || last === undefined) return collection;
  return { from: first.at, to: last.at + endOfItem(last) };
}

/** What a collection has of its items. */
export function measure(items: readonly YamlItem[], anchored: boolean): Pick<Placed, 'depth' | 'size' | 'linked'> {
  let [depth, size, linked] = [0, 1, anchored];
  for (const { value } of items) {
    depth = Math.max(depth, value.depth);
    size += value.size;
    linked = linked || value.linked;
  }
  return { depth: depth + 1, size, linked };
}

function isEntry(item: YamlItem): item is YamlEntry {
  return item.key !== null;
}
