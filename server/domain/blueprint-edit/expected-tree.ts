import type { Place } from './place.ts';
import type { WrittenKey, WrittenList, WrittenMap, WrittenNode } from './written-node.ts';
import type { YamlCollection } from './yaml-tree.ts';

/** An item of a list, or with a key an entry of a map. */
export interface WrittenItem {
  readonly key: WrittenKey | null;
  readonly value: WrittenNode;
}

/** What the whole text says with another value at a place. */
export function withValue(place: Place, value: WrittenNode): WrittenNode {
  if (place.above === null) return value;
  const { collection, index, item } = place.above;
  return withValue(collection, withItems(collection.node, index, 1, [{ key: item.key, value }]));
}

/** A list or map with items at `index` taken out and others put there. */
export function withItems(node: YamlCollection, index: number, removed: 0 | 1, added: readonly WrittenItem[]): WrittenNode {
  const { anchor } = node;
  if (node.kind === 'list') {
    const items: WrittenList['items'] = node.items;
    return { kind: 'list', anchor, items: items.toSpliced(index, removed, ...added) };
  }
  const items: WrittenMap['items'] = node.items;
  return { kind: 'map', anchor, items: items.toSpliced(index, removed, ...added.flatMap(toEntry)) };
}

/** A list or map of one item. */
export function onlyItem({ key, value }: WrittenItem): WrittenList | WrittenMap {
  return key === null ? { kind: 'list', items: [{ value }] } : { kind: 'map', items: [{ key, value }] };
}

function toEntry({ key, value }: WrittenItem): WrittenMap['items'] {
  return key === null ? [] : [{ key, value }];
}
