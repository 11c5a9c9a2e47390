import type { TextRange } from '../blueprint/findings.ts';
import type { AnchorLinks } from './anchor-links.ts';
import type { EditableText } from './editable-text.ts';
import { entriesOf, followAlias, toEditValue } from './resolve-value.ts';
import type { EditValue } from './written-node.ts';
import type { YamlPath } from './yaml-path.ts';
import type { YamlAlias, YamlNode } from './yaml-tree.ts';

/** A value as it is read at a path, with aliases and merges followed. */
export interface Reading {
  readonly node: Exclude<YamlNode, YamlAlias>;
  readonly path: YamlPath;
  /** Of the item with its key or dash; of what repeats it, when it is written somewhere else. */
  readonly range: TextRange;
  /** It is written somewhere else: an alias or a merge brings it here. */
  readonly shared: boolean;
  readonly base: number;
  readonly links: AnchorLinks;
}

export function readRoot({ root, links }: EditableText): Reading | null {
  if (root === null) return null;
  return { node: followAlias(root, links), path: [], range: { start: root.from, end: root.to }, shared: false, base: 0, links };
}

export function valueIn({ node, links }: Reading): EditValue {
  return toEditValue(node, links);
}

/** The entries of a map by key; of anything else none. */
export function entriesIn(reading: Reading, counts: 'first' | 'last' = 'first'): ReadonlyMap<string, Reading> {
  const { node, path, links } = reading;
  if (node.kind !== 'map') return new Map();
  const own = new Map(node.items.map((entry) => [entry.value, entry.at]));
  return new Map(
    entriesOf(node, links, counts).map(({ key, value, merged }) => [
      key,
      below(reading, value, { at: merged ? null : (own.get(value) ?? null), path: [...path, key] }),
    ]),
  );
}

/** The items of a list; of anything else none. */
export function itemsIn(reading: Reading): readonly Reading[] {
  const { node, path } = reading;
  return node.kind === 'list' ? node.items.map(({ at, value }, index) => below(reading, value, { at, path: [...path, index] })) : [];
}

/** A value in a list or map; `at` is null for one that is merged. */
function below(reading: Reading, value: YamlNode, { at, path }: { readonly at: number | null; readonly path: YamlPath }): Reading {
  const { links, shared, base, range } = reading;
  const node = followAlias(value, links);
  if (shared || at === null) return { node, path, range, shared: true, base, links };
  const start = base + at;
  return { node, path, range: { start, end: start + value.to }, shared: value.kind === 'alias', base: start, links };
}
