import { joinPath, type TextRange } from '../../../domain/blueprint/findings.ts';
import { entryAt, listAt, mapAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import type { SourceMap, SourceNode } from '../../../domain/blueprint/source-node.ts';

/** The same values with the file and the path in it as part of each place: findings then point there whatever is made of them. */
export function placeSource(node: SourceMap, file: string | null): SourceMap {
  const place = (range: TextRange, path: string): TextRange => ({ ...range, ...(file === null ? {} : { file }), path });
  const placeNode = (at: SourceNode, path: string): SourceNode => {
    const range = place(at.range, path);
    if (at.kind === 'scalar') return { ...at, range };
    if (at.kind === 'list') return { ...at, range, items: at.items.map((item, index) => placeNode(item, joinPath(path, index))) };
    return placeMap(at, path);
  };
  const placeMap = (map: SourceMap, path: string): SourceMap => {
    const entries = [...map.entries.values()].map(({ key, range, value }) => {
      const below = joinPath(path, key);
      return [key, { key, range: place(range, below), value: placeNode(value, below) }] as const;
    });
    return { ...map, range: place(map.range, path), entries: new Map(entries) };
  };
  return placeMap(node, '');
}

/** The same values, all at one place: where the text that they were read from stands. */
export function placeAt(node: SourceNode, range: TextRange): SourceNode {
  if (node.kind === 'scalar') return { ...node, range };
  if (node.kind === 'list') return { ...node, range, items: node.items.map((item) => placeAt(item, range)) };
  const entries = [...node.entries.values()].map((entry) => [entry.key, { ...entry, range, value: placeAt(entry.value, range) }] as const);
  return { ...node, range, entries: new Map(entries) };
}

export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** What Clocker itself says, as values of a template: it stands nowhere in the text. */
export function fromPlain(plain: Plain, range: TextRange): SourceNode {
  if (isPlainList(plain))
    return listAt(
      range,
      plain.map((item) => fromPlain(item, range)),
    );
  if (typeof plain !== 'object' || plain === null) return scalarAt(range, plain);
  return mapAt(
    range,
    Object.entries(plain).map(([key, value]) => entryAt(range, key, fromPlain(value, range))),
  );
}

function isPlainList(plain: Plain): plain is readonly Plain[] {
  return Array.isArray(plain);
}
