import type { ConfigMap, ConfigValue } from './config-value.ts';
import type { TextRange } from './findings.ts';

/** A blueprint's values with their places: what YAML said, before anything is made of it. */
export type SourceNode = SourceScalar | SourceList | SourceMap;

interface SourceBase {
  readonly range: TextRange;
  /** Values in it, itself included, with aliases expanded. */
  readonly values: number;
  /** 1 for a scalar. */
  readonly depth: number;
  /** YAML tag that it was written with: one of those that its language gives a meaning. */
  readonly tag?: string;
}

export interface SourceScalar extends SourceBase {
  readonly kind: 'scalar';
  readonly value: null | boolean | number | string;
  /** Written without quotes. */
  readonly plain: boolean;
  /** As written, for a plain scalar. */
  readonly source: string;
}

interface SourceList extends SourceBase {
  readonly kind: 'list';
  readonly items: readonly SourceNode[];
}

export interface SourceMap extends SourceBase {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, SourceEntry>;
}

export interface SourceEntry {
  readonly key: string;
  /** Of the key. */
  readonly range: TextRange;
  readonly value: SourceNode;
}

/** The text of a node that is one; numbers and booleans as they were written. Null for null, lists and maps. */
export function textOf(node: SourceNode | undefined): string | null {
  if (node?.kind !== 'scalar' || node.value === null) return null;
  return typeof node.value === 'string' ? node.value : node.source;
}

/** True for null, and for a key without a value. */
export function isNothing(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** The node at a path of keys and positions below `node`, as deep as it goes. */
export function nodeAt(node: SourceNode, path: readonly PropertyKey[]): SourceNode {
  let found = node;
  for (const key of path) {
    const next =
      found.kind === 'map' ? found.entries.get(String(key))?.value : found.kind === 'list' ? found.items[Number(key)] : undefined;
    if (next === undefined) return found;
    found = next;
  }
  return found;
}

/** The value as it is written, without looking for expressions in it. */
export function plainValueOf(node: SourceNode): ConfigValue {
  if (node.kind === 'scalar') return node.value;
  return node.kind === 'list' ? node.items.map(plainValueOf) : plainMapOf(node);
}

export function plainMapOf(map: SourceMap): ConfigMap {
  return Object.fromEntries([...map.entries.values()].map(({ key, value }) => [key, plainValueOf(value)]));
}
