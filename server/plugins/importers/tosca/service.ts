import type { TextRange } from '../../../domain/blueprint/findings.ts';
import { entryAt, listAt, mapAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import type { SourceEntry, SourceMap, SourceNode } from '../../../domain/blueprint/source-node.ts';

/** A service of CAMP as it is put together: where a part is empty it is left out. */
export interface ServiceParts {
  /** Of the node’s name in the template. */
  readonly range: TextRange;
  readonly type: SourceNode;
  readonly id: string;
  readonly name: string;
  readonly parameters?: readonly SourceNode[];
  readonly config?: readonly SourceEntry[];
  readonly children?: readonly SourceNode[];
  /** Location, policies, dependencies: keys of the service. */
  readonly keys?: readonly SourceEntry[];
}

export function serviceAt({ range, type, id, name, parameters = [], config = [], children = [], keys = [] }: ServiceParts): SourceMap {
  const entries = [
    entryAt(range, 'type', type),
    entryAt(range, 'id', scalarAt(range, id)),
    entryAt(range, 'name', scalarAt(range, name)),
    ...keys,
  ];
  if (parameters.length > 0) entries.push(entryAt(range, 'brooklyn.parameters', listAt(range, parameters)));
  if (config.length > 0) entries.push(entryAt(range, 'brooklyn.config', mapAt(range, config)));
  if (children.length > 0) entries.push(entryAt(range, 'brooklyn.children', listAt(range, children)));
  return mapAt(range, entries);
}

/** Several entries with one key become one with all their keys; for other values the last wins. */
export function mergeEntries(entries: readonly SourceEntry[]): readonly SourceEntry[] {
  const merged = new Map<string, SourceEntry>();
  for (const entry of entries) {
    const before = merged.get(entry.key);
    merged.set(entry.key, before === undefined ? entry : { ...entry, value: mergeValues(before.value, entry.value) });
  }
  return [...merged.values()];
}

function mergeValues(one: SourceNode, other: SourceNode): SourceNode {
  if (one.kind === 'list' && other.kind === 'list') return listAt(other.range, [...one.items, ...other.items]);
  if (one.kind === 'map' && other.kind === 'map') return mapAt(other.range, [...one.entries.values(), ...other.entries.values()]);
  return other;
}
