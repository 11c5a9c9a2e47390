import type { TextRange } from './findings.ts';
import type { SourceEntry, SourceMap, SourceNode } from './source-node.ts';

/** Values as an importer makes them: each with the place in the foreign text that it comes from. */

export function scalarAt(range: TextRange, value: null | boolean | number | string): SourceNode {
  return { kind: 'scalar', range, value, plain: false, source: String(value), values: 1, depth: 1 };
}

export function listAt(range: TextRange, items: readonly SourceNode[]): SourceNode {
  return { kind: 'list', range, items, ...measure(items) };
}

/** Later entries win over earlier ones of the same key. */
export function mapAt(range: TextRange, entries: readonly SourceEntry[]): SourceMap {
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  return { kind: 'map', range, entries: byKey, ...measure([...byKey.values()].map((entry) => entry.value)) };
}

export function entryAt(range: TextRange, key: string, value: SourceNode): SourceEntry {
  return { key, range, value };
}

function measure(below: readonly SourceNode[]): { readonly values: number; readonly depth: number } {
  let values = 1;
  let depth = 0;
  for (const node of below) {
    values += node.values;
    depth = Math.max(depth, node.depth);
  }
  return { values, depth: depth + 1 };
}
