import { insertBlockItem, removeBlockItem } from './block-items.ts';
import type { EditableText } from './editable-text.ts';
import { insertFlowItem, removeFlowItem } from './flow-items.ts';
import { chunkInFlow, chunkLines, type ItemChunk } from './item-chunk.ts';
import { collectionsAround, type ItemPlace, isCollection, isInFlow, type Place } from './place.ts';
import { type Refusal, refuse } from './refusal.ts';
import { flowPlaceOf, insertLines, replaceInFlow, replaceText, type Written } from './replace-value.ts';
import type { TextEdit } from './text-edit.ts';
import { styleAround, type TextStyle } from './text-style.ts';
import { formatPath } from './yaml-path.ts';

export interface ItemInsertion {
  readonly chunk: ItemChunk;
  /** Position among the items. */
  readonly index: number;
  /** Blank lines that part it from its neighbours, if these do not show it. */
  readonly gap?: string;
}

/** Edits that put an item into a list or map; into an empty value, or null for an empty text, as its first. */
export function insertItem(source: EditableText, place: Place | null, { chunk, index, gap }: ItemInsertion): readonly TextEdit[] | Refusal {
  const { text } = source;
  if (place === null) return [insertLines(text, text.length - source.tail, chunkLines(chunk, 0, source.style), source.style)];
  const around = isCollection(place) ? [place.node, ...collectionsAround(place)] : collectionsAround(place);
  const style = styleAround(around, source.style);
  if (!isCollection(place) || (place.node.items.length === 0 && !isInFlow(place))) return insertFirst({ text, style }, place, chunk);
  const { node } = place;
  if (node.style === 'block') {
    return insertBlockItem({ text, style }, place, index, { text: chunkLines(chunk, node.column, style), open: chunk.open, gap });
  }
  if (node.style === 'pair') {
    return refuse('layout', `${formatPath(place.path)} is written without braces and can hold one key only. Put it in braces first.`);
  }
  const fresh = writeInFlow(place, chunk, style);
  return typeof fresh === 'string' ? insertFlowItem(text, place, index, fresh, style) : fresh;
}

/** The first item of what is empty. */
function insertFirst({ text, style }: Written, place: Place, chunk: ItemChunk): readonly TextEdit[] | Refusal {
  const [start, end] = [place.base + place.node.from, place.base + place.node.to];
  if (isInFlow(place)) {
    const fresh = writeInFlow(place, chunk, style);
    if (typeof fresh !== 'string') return fresh;
    const text = chunk.key === null ? `[${fresh}]` : `{${style.padding}${fresh}${style.padding}}`;
    return replaceInFlow(place, text);
  }
  if (place.above === null) return [{ start, end, text: chunkLines(chunk, 0, style).replace(/\r?\n$/, '') }];
  const { column, kind } = place.above.collection.node;
  const step = kind === 'list' ? style.dash : chunk.key === null ? style.listStep : style.step;
  const lines = chunkLines(chunk, column + step, style)
    .split(/\r?\n/)
    .slice(0, -1);
  const fresh = kind === 'list' ? { inline: lines[0]?.trimStart() ?? '', lines: lines.slice(1) } : { inline: '', lines };
  return replaceText({ text, style }, place, fresh);
}

function writeInFlow(place: Place, chunk: ItemChunk, style: TextStyle): string | Refusal {
  const fresh = chunkInFlow(chunk, flowPlaceOf(place, style));
  if (fresh !== null) return fresh;
  const where = formatPath(place.path);
  const message = `${where} is written between brackets, where the ${chunk.bound} of what is put there cannot stand.`;
  return refuse('would-lose', message);
}

/** Edits that take one of several items out of a list or map. */
export function removeItem({ text, style }: EditableText, place: ItemPlace): readonly TextEdit[] {
  return place.collection.node.style === 'block' ? removeBlockItem({ text, style }, place) : removeFlowItem(text, place);
}
