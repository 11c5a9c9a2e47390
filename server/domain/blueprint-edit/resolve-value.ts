import type { AnchorLinks } from './anchor-links.ts';
import type { EditValue, WrittenNode } from './written-node.ts';
import { isMergeKey, type YamlAlias, type YamlMap, type YamlNode } from './yaml-tree.ts';

/** An entry of a map as it is read: its own, or one that `<<` brings in. */
export interface ResolvedEntry {
  readonly key: string;
  readonly value: YamlNode;
  readonly merged: boolean;
}

/** What an alias stands for; any other node is itself. */
export function followAlias(node: YamlNode, links: AnchorLinks): Exclude<YamlNode, YamlAlias> {
  let found = node;
  while (found.kind === 'alias') {
    const target = links.targets.get(found);
    if (target === undefined)
      return { kind: 'scalar', value: null, style: 'empty', anchor: null, from: 0, to: 0, depth: 1, size: 1, linked: false };
    found = target.node;
  }
  return found;
}

/**
 * Own entries first, then merged ones. Of those with one key the first counts, in config the last, as the planner has it. Keys
 * that are no text are left out.
 */
export function entriesOf(map: YamlMap, links: AnchorLinks, counts: 'first' | 'last' = 'first'): readonly ResolvedEntry[] {
  const entries = new Map<string, ResolvedEntry>();
  const merged: ResolvedEntry[] = [];
  for (const { key, value } of map.items) {
    if (key.text === null) continue;
    if (isMergeKey(key)) merged.push(...entriesOfMerge(value, links));
    else if (counts === 'last' || !entries.has(key.text)) entries.set(key.text, { key: key.text, value, merged: false });
  }
  for (const entry of merged) if (!entries.has(entry.key)) entries.set(entry.key, entry);
  return [...entries.values()];
}

function entriesOfMerge(value: YamlNode, links: AnchorLinks): readonly ResolvedEntry[] {
  const found = followAlias(value, links);
  const maps = found.kind === 'list' ? found.items.map((item) => followAlias(item.value, links)) : [found];
  return maps.flatMap((map) => (map.kind === 'map' ? entriesOf(map, links).map((entry) => ({ ...entry, merged: true })) : []));
}

/** The value with aliases and merges followed. */
export function toEditValue(node: YamlNode, links: AnchorLinks): EditValue {
  const found = followAlias(node, links);
  if (found.kind === 'scalar') return found.value;
  if (found.kind === 'list') return found.items.map((item) => toEditValue(item.value, links));
  return Object.fromEntries(entriesOf(found, links).map(({ key, value }) => [key, toEditValue(value, links)]));
}

/** True when the value, with aliases and merges followed, is the given one. The order of keys does not count. */
export function readsAs(node: YamlNode, wanted: WrittenNode, links: AnchorLinks): boolean {
  const found = followAlias(node, links);
  if (wanted.kind === 'alias' || found.kind !== wanted.kind) return false;
  if (found.kind === 'scalar') return wanted.kind === 'scalar' && found.value === wanted.value;
  if (wanted.kind === 'list') {
    if (found.kind !== 'list' || found.items.length !== wanted.items.length) return false;
    return wanted.items.every(({ value }, at) => readsAs(found.items[at]?.value ?? node, value, links));
  }
  if (found.kind !== 'map' || wanted.kind !== 'map') return false;
  const entries = new Map(entriesOf(found, links).map(({ key, value }) => [key, value]));
  if (entries.size !== wanted.items.length) return false;
  return wanted.items.every(({ key, value }) => {
    const entry = entries.get(key.text ?? '');
    return entry !== undefined && readsAs(entry, value, links);
  });
}
