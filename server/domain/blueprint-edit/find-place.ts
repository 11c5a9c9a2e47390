import type { EditableText } from './editable-text.ts';
import { isCollection, itemAt, type Place, rootPlace, valuePlace } from './place.ts';
import { type Refusal, refuse } from './refusal.ts';
import { entriesOf } from './resolve-value.ts';
import { formatPath, type YamlPath } from './yaml-path.ts';
import { isMergeKey } from './yaml-tree.ts';

export type FoundPlace =
  | { readonly found: true; readonly place: Place }
  | {
      readonly found: false;
      /** `absent`: an item could be put there. `alias`, `merge`: it is read there, but written somewhere else. */
      readonly why: 'absent' | 'alias' | 'merge' | 'wrong-kind' | 'duplicate';
      /** As deep as the path goes in the text; null when the text is empty. */
      readonly deepest: Place | null;
      readonly refusal: Refusal;
    };

/** The place of a path, as far as it is written there itself. */
export function findPlace(source: EditableText, path: YamlPath): FoundPlace {
  let place: Place | null = source.root === null ? null : rootPlace(source.root);
  for (const [depth, key] of path.entries()) {
    const next = place === null ? absent(path, depth, null) : step(source, place, key, path);
    if (!('node' in next)) return next;
    place = next;
  }
  return place === null ? absent(path, 0, null) : { found: true, place };
}

function step(source: EditableText, place: Place, key: string | number, path: YamlPath): Place | (FoundPlace & { readonly found: false }) {
  const { node } = place;
  const depth = place.path.length;
  const at = formatPath(place.path);
  if (node.kind === 'alias') {
    const message = `${formatPath(path)} is inside “*${node.name}”: it is written where “&${node.name}” stands (${pathOfTarget(source, place)}). Edit it there, or set ${at} as a whole to give this place its own value.`;
    return { found: false, why: 'alias', deepest: place, refusal: refuse('inside-alias', message) };
  }
  if (node.kind === 'scalar') {
    if (node.value === null && typeof key === 'string') return absent(path, depth, place);
    const message = `${at} is ${node.value === null ? 'empty' : 'a single value'}: there is no ${formatPath(path)} in it.`;
    return { found: false, why: 'wrong-kind', deepest: place, refusal: refuse('wrong-kind', message) };
  }
  if (node.kind === 'list') {
    const item = typeof key === 'number' && isCollection(place) ? itemAt(place, key) : null;
    if (item !== null) return valuePlace(item);
    if (typeof key === 'number') return absent(path, depth, place);
    return { found: false, why: 'wrong-kind', deepest: place, refusal: refuse('wrong-kind', `${at} is a list: it has no key “${key}”.`) };
  }
  const name = String(key);
  const indices = node.items.flatMap(({ key: one }, index) => (one.text === name && !isMergeKey(one) ? [index] : []));
  if (indices.length > 1) {
    const message = `The key “${name}” occurs ${indices.length} times in ${at}. Remove all but one first.`;
    return { found: false, why: 'duplicate', deepest: place, refusal: refuse('key-duplicate', message) };
  }
  const item = isCollection(place) ? itemAt(place, indices[0] ?? -1) : null;
  if (item !== null) return valuePlace(item);
  if (!entriesOf(node, source.links).some((entry) => entry.key === name)) return absent(path, depth, place);
  const message = `${formatPath([...place.path, name])} comes from “<<” in ${at}: it is not written there. Set it to override it; to remove it, edit what is merged.`;
  return { found: false, why: 'merge', deepest: place, refusal: refuse('from-merge', message) };
}

function absent(path: YamlPath, depth: number, deepest: Place | null): FoundPlace & { readonly found: false } {
  const found = formatPath(path.slice(0, depth));
  const missing = formatPath(path.slice(0, depth + 1));
  const items = deepest?.node.kind === 'list' ? ` ${found} has ${deepest.node.items.length} items.` : '';
  const message = `There is no ${missing}${depth > 0 ? ` in ${found}` : ''}.${items}`;
  return { found: false, why: 'absent', deepest, refusal: refuse('path-missing', message) };
}

function pathOfTarget({ links }: EditableText, { node }: Place): string {
  const target = node.kind === 'alias' ? links.targets.get(node) : undefined;
  return formatPath(target?.path ?? []);
}
