import { listAt, mapAt } from '../../../domain/blueprint/source-builder.ts';
import { isNothing, type SourceMap, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { type MergeRule, ruleAt, toBuildMap, toNameMap, toPairMap } from './merge-rules.ts';

/**
 * `over` laid over `base` by the rules of the Compose Specification: maps by key, lists one after the other, texts replaced, with the
 * exceptions that `path` tells. `!override` replaces; `!reset` takes away, as {@link withoutResets} does where there is nothing below.
 */
export function mergeMaps(base: SourceMap, over: SourceMap, path: readonly string[]): SourceMap {
  const entries = new Map(base.entries);
  for (const entry of over.entries.values()) {
    const below = entries.get(entry.key);
    if (entry.value.tag === '!reset') entries.delete(entry.key);
    else if (below === undefined || entry.value.tag === '!override') entries.set(entry.key, entry);
    else entries.set(entry.key, { ...entry, value: mergeNodes(below.value, entry.value, [...path, entry.key]) });
  }
  return mapAt(over.range, [...entries.values()]);
}

function mergeNodes(base: SourceNode, over: SourceNode, path: readonly string[]): SourceNode {
  if (isNothing(over)) return base;
  if (isNothing(base)) return over;
  const rule = ruleAt(path);
  if (rule !== undefined) return mergeByRule(base, over, path, rule);
  const isBuild = path.length === 3 && path[2] === 'build';
  const [first, second] = isBuild ? [toBuildMap(base), toBuildMap(over)] : [base, over];
  if (first.kind === 'map' && second.kind === 'map') return mergeMaps(first, second, path);
  if (first.kind === 'list' && second.kind === 'list') return listAt(over.range, [...first.items, ...second.items]);
  return over;
}

function mergeByRule(base: SourceNode, over: SourceNode, path: readonly string[], rule: MergeRule): SourceNode {
  switch (rule.kind) {
    case 'replace':
      return over;
    case 'pairs':
      return mergePairs(toPairMap(base, rule.separator), toPairMap(over, rule.separator));
    case 'names':
      return mergeMaps(toNameMap(base, rule.toValue), toNameMap(over, rule.toValue), path);
    case 'items':
      return mergeItems(base, over, rule.keyOf);
    case 'logging':
      return mergeLogging(base, over, path);
  }
}

/** A key without a value is one all the same: it takes the project’s. */
function mergePairs(base: SourceMap, over: SourceMap): SourceMap {
  const entries = new Map(base.entries);
  for (const entry of over.entries.values()) {
    if (entry.value.tag === '!reset') entries.delete(entry.key);
    else entries.set(entry.key, entry);
  }
  return mapAt(over.range, [...entries.values()]);
}

/** Items without a key of their own stay as they are. */
function mergeItems(base: SourceNode, over: SourceNode, keyOf: (item: SourceNode) => string | null): SourceNode {
  if (base.kind === 'map' || over.kind === 'map') return over;
  const items = new Map<unknown, SourceNode>();
  for (const item of [...itemsOf(base), ...itemsOf(over)]) {
    const key = keyOf(item) ?? item;
    const known = items.get(key);
    const both = known?.kind === 'map' && item.kind === 'map' ? mergeMaps(known, item, []) : item;
    items.set(key, both);
  }
  return listAt(over.range, [...items.values()]);
}

function itemsOf(node: SourceNode): readonly SourceNode[] {
  return node.kind === 'list' ? node.items : [node];
}

/** Options belong to their driver. */
function mergeLogging(base: SourceNode, over: SourceNode, path: readonly string[]): SourceNode {
  if (base.kind !== 'map' || over.kind !== 'map') return over;
  const [first, second] = [textOf(base.entries.get('driver')?.value), textOf(over.entries.get('driver')?.value)];
  return first !== null && second !== null && first !== second ? over : mergeMaps(base, over, path);
}

/** What `!reset` takes away where nothing is below it. */
export function withoutResets(map: SourceMap): SourceMap {
  return holdsReset(map) ? stripMap(map) : map;
}

function holdsReset(node: SourceNode): boolean {
  if (node.tag === '!reset') return true;
  if (node.kind === 'list') return node.items.some(holdsReset);
  if (node.kind === 'map') for (const { value } of node.entries.values()) if (holdsReset(value)) return true;
  return false;
}

function stripMap(map: SourceMap): SourceMap {
  const kept = [...map.entries.values()].filter(({ value }) => value.tag !== '!reset');
  return mapAt(
    map.range,
    kept.map((entry) => ({ ...entry, value: strip(entry.value) })),
  );
}

function strip(node: SourceNode): SourceNode {
  if (node.kind === 'map') return stripMap(node);
  if (node.kind === 'scalar') return node;
  const kept = node.items.filter(({ tag }) => tag !== '!reset');
  return listAt(node.range, kept.map(strip));
}
