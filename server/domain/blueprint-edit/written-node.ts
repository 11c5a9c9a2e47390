/** What a caller may put into a text. */
export type EditValue = null | boolean | number | string | readonly EditValue[] | { readonly [key: string]: EditValue };

/** What a text says, whatever its layout: values, aliases as aliases, and which values are anchored. */
export type WrittenNode = WrittenScalar | WrittenAlias | WrittenList | WrittenMap;

interface Anchored {
  readonly anchor?: { readonly name: string } | null;
}

export interface WrittenScalar extends Anchored {
  readonly kind: 'scalar';
  readonly value: null | boolean | number | string;
}

export interface WrittenAlias {
  readonly kind: 'alias';
  readonly name: string;
}

export interface WrittenList extends Anchored {
  readonly kind: 'list';
  readonly items: readonly { readonly value: WrittenNode }[];
}

export interface WrittenMap extends Anchored {
  readonly kind: 'map';
  readonly items: readonly WrittenEntry[];
}

export interface WrittenEntry {
  /** `text` is null for a key that is no plain text: a list, a map or an alias. */
  readonly key: WrittenKey;
  readonly value: WrittenNode;
}

export interface WrittenKey {
  readonly text: string | null;
  /** `<<`, which merges; without quotes. */
  readonly merge?: boolean;
}

/** Deepest value that may be written. */
const MOST_LEVELS = 64;

/** Null when the value is nested too deep, or holds a number that YAML cannot keep. */
export function toWrittenNode(value: EditValue, levels = MOST_LEVELS): WrittenNode | null {
  if (typeof value === 'number') return Number.isFinite(value) ? { kind: 'scalar', value: value === 0 ? 0 : value } : null;
  if (typeof value !== 'object' || value === null) return { kind: 'scalar', value };
  if (levels <= 1) return null;
  if (isList(value)) {
    const items = value.map((item) => toWrittenNode(item, levels - 1));
    return items.every((item) => item !== null) ? { kind: 'list', items: items.map((item) => ({ value: item })) } : null;
  }
  const items: WrittenEntry[] = [];
  for (const [key, below] of Object.entries(value)) {
    const node = toWrittenNode(below, levels - 1);
    if (node === null) return null;
    items.push({ key: { text: key }, value: node });
  }
  return { kind: 'map', items };
}

/** The same values, aliases and anchors; the order of the keys in a map does not count. */
export function isSameNode(a: WrittenNode, b: WrittenNode): boolean {
  if (a === b) return true;
  if (a.kind === 'alias' || b.kind === 'alias') return a.kind === 'alias' && b.kind === 'alias' && a.name === b.name;
  if ((a.anchor?.name ?? null) !== (b.anchor?.name ?? null)) return false;
  if (a.kind === 'scalar' || b.kind === 'scalar') return a.kind === 'scalar' && b.kind === 'scalar' && a.value === b.value;
  if (a.items.length !== b.items.length) return false;
  if (a.kind === 'list') return b.kind === 'list' && a.items.every((item, at) => isSameItem(item, b.items[at]));
  return b.kind === 'map' && isSameMap(a, b);
}

function isSameItem(a: { readonly value: WrittenNode }, b: { readonly value: WrittenNode } | undefined): boolean {
  return b !== undefined && isSameNode(a.value, b.value);
}

function isSameMap(a: WrittenMap, b: WrittenMap): boolean {
  if (a.items.every((entry, at) => entry.key.text === b.items[at]?.key.text && isSameItem(entry, b.items[at]))) return true;
  const rest = new Map<string | null, WrittenNode[]>();
  for (const { key, value } of b.items) rest.set(key.text, [...(rest.get(key.text) ?? []), value]);
  return a.items.every(({ key, value }) => {
    const found = rest.get(key.text)?.shift();
    return found !== undefined && isSameNode(value, found);
  });
}

/** `Array.isArray` for values that are read only. */
export function isList(value: EditValue): value is readonly EditValue[] {
  return Array.isArray(value);
}

/** The node with another value at keys and positions in it; keys that are not there are added. Null when it has no such place. */
export function setInNode(node: WrittenNode, path: readonly (string | number)[], value: WrittenNode): WrittenNode | null {
  const [key, ...below] = path;
  if (key === undefined) return value;
  if (node.kind === 'list') {
    const old = typeof key === 'number' ? node.items[key] : undefined;
    const fresh = old === undefined ? null : setInNode(old.value, below, value);
    return fresh === null ? null : { ...node, items: node.items.with(Number(key), { value: fresh }) };
  }
  if (node.kind !== 'map') return null;
  const text = String(key);
  const at = node.items.findIndex((entry) => entry.key.text === text);
  const fresh = setInNode(node.items[at]?.value ?? { kind: 'map', items: [] }, below, value);
  if (fresh === null) return null;
  const entry = { key: { text }, value: fresh };
  return { ...node, items: at < 0 ? [...node.items, entry] : node.items.with(at, entry) };
}
