import { DSL_PREFIX } from './dsl-functions.ts';
import { entryAt, mapAt } from './source-builder.ts';
import type { SourceEntry, SourceMap, SourceNode } from './source-node.ts';

/** Maps merged at every depth, the keys of `over` winning; a blank entry of `over` removes that of `base`. Anything else is `over`. */
export function overlayNode(base: SourceNode, over: SourceNode): SourceNode {
  if (!isPlainMap(base) || !isPlainMap(over)) return over;
  const entries = new Map<string, SourceEntry>(base.entries);
  for (const entry of over.entries.values()) {
    const below = entries.get(entry.key);
    const isBlank = entry.value.kind === 'scalar' && entry.value.value === null;
    if (isBlank && below !== undefined) entries.delete(entry.key);
    else entries.set(entry.key, below === undefined ? entry : entryAt(entry.range, entry.key, overlayNode(below.value, entry.value)));
  }
  return mapAt(over.range, [...entries.values()]);
}

/** A map that is no call of a function. */
function isPlainMap(node: SourceNode): node is SourceMap {
  return node.kind === 'map' && ![...node.entries.keys()].some((key) => key.startsWith(DSL_PREFIX));
}
