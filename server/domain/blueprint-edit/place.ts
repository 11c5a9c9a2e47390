import type { YamlPath } from './yaml-path.ts';
import { endOfItem, type YamlCollection, type YamlItem, type YamlNode } from './yaml-tree.ts';

/** A node of a text with where it stands: offsets of the node plus `base` are offsets of the text. */
export interface Place<N extends YamlNode = YamlNode> {
  readonly node: N;
  readonly base: number;
  readonly path: YamlPath;
  /** The item whose value it is; null for the outermost node. */
  readonly above: ItemPlace | null;
}

export interface ItemPlace<C extends YamlCollection = YamlCollection> {
  readonly collection: Place<C>;
  readonly index: number;
  readonly item: YamlItem;
}

export function rootPlace(node: YamlNode): Place {
  return { node, base: 0, path: [], above: null };
}

export function itemAt<C extends YamlCollection>(collection: Place<C>, index: number): ItemPlace<C> | null {
  const item = collection.node.items[index];
  return item === undefined ? null : { collection, index, item };
}

export function valuePlace(above: ItemPlace): Place {
  const { collection, index, item } = above;
  return {
    node: item.value,
    base: startOf(above),
    path: [...collection.path, item.key === null ? index : (item.key.text ?? '')],
    above,
  };
}

/** Offset in the text of the item's first character. */
export function startOf({ collection, item }: ItemPlace): number {
  return collection.base + item.at;
}

/** Offset in the text after the last character of the item, its comments not counted. */
export function endOf(place: ItemPlace): number {
  return startOf(place) + endOfItem(place.item);
}

/** Offset in the text where the item's value would be written. */
export function slotOf(place: ItemPlace): number | null {
  return place.item.slot === null ? null : startOf(place) + place.item.slot;
}

export function isCollection(place: Place): place is Place<YamlCollection> {
  return place.node.kind === 'list' || place.node.kind === 'map';
}

/** The collections that hold the place, the innermost first. */
export function collectionsAround(place: Place): readonly YamlCollection[] {
  const found: YamlCollection[] = [];
  for (let above = place.above; above !== null; above = above.collection.above) found.push(above.collection.node);
  return found;
}

/** True where block style cannot be written: inside brackets. */
export function isInFlow(place: Place): boolean {
  return collectionsAround(place).some(({ style }) => style !== 'block');
}
