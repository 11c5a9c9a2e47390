import { blankLinesAbove, blankLinesBelow, extentOf } from './item-extent.ts';
import { type ItemPlace, itemAt, type Place, slotOf, startOf, valuePlace } from './place.ts';
import { insertLines, replaceLines, type Written } from './replace-value.ts';
import type { TextEdit } from './text-edit.ts';
import { beforeBreak, lineStart } from './text-lines.ts';
import type { YamlCollection } from './yaml-tree.ts';

/** Lines of a new item, and whether blank lines after them would become part of it. */
export interface NewLines {
  readonly text: string;
  readonly open: boolean;
  /** Blank lines that part it from its neighbours, where its neighbours do not show it. */
  readonly gap?: string | undefined;
}

/** Edits that put lines in the place of the item at `index`, or after the last. Blank lines between items are kept up. */
export function insertBlockItem(
  { text, style }: Written,
  place: Place<YamlCollection>,
  index: number,
  fresh: NewLines,
): readonly TextEdit[] {
  const { column, items } = place.node;
  const next = itemAt(place, index);
  if (next === null) {
    const last = itemAt(place, items.length - 1);
    if (last === null) return [];
    const gap = endsOpen(text, last) ? '' : (fresh.gap ?? usualGap(text, place));
    return [insertLines(text, extentOf(text, last).end, gap + fresh.text, style)];
  }
  const { lead, inline } = extentOf(text, next);
  if (inline) return [{ start: lead, end: lead, text: `${fresh.text.trimStart()}${' '.repeat(column)}` }];
  const gap = fresh.open ? '' : (fresh.gap ?? (index === 0 ? usualGap(text, place) : gapAbove(text, next)));
  const at = isFurtherIn(text, { lead, own: lineStart(text, startOf(next)), column }) ? lineStart(text, startOf(next)) : lead;
  return [{ start: at, end: at, text: fresh.text + gap }];
}

/** Comments above an item that are further to the right than it would become part of a text that is put before them. */
function isFurtherIn(
  text: string,
  { lead, own, column }: { readonly lead: number; readonly own: number; readonly column: number },
): boolean {
  const comments = text.slice(lead, own).split('\n');
  return comments.some((line) => line.trimStart().startsWith('#') && line.length - line.trimStart().length > column);
}

/** Edits that take out one of several items with its comments, and the blank lines that then part nothing. */
export function removeBlockItem({ text }: Written, place: ItemPlace): readonly TextEdit[] {
  const { collection, index } = place;
  const { lead, end, inline } = extentOf(text, place);
  const [before, next] = [itemAt(collection, index - 1), itemAt(collection, index + 1)];
  if (inline) return next === null ? [] : [removeInline(text, place, next, end)];
  const below = blankLinesBelow(text, end);
  if (before === null) return [replaceLines(text, { start: lead, end: below }, '')];
  if (endsOpen(text, before)) return [replaceLines(text, { start: lead, end: below }, '')];
  const above = blankLinesAbove(text, lead, extentOf(text, before).end);
  const parted = next === null || below > end;
  return [replaceLines(text, { start: parted ? above : lead, end }, '')];
}

/** The blank lines between an item and the one before it. */
export function gapAbove(text: string, place: ItemPlace): string {
  const before = itemAt(place.collection, place.index - 1);
  if (before === null) return '';
  const { lead } = extentOf(text, place);
  return text.slice(blankLinesAbove(text, lead, extentOf(text, before).end), lead);
}

/** The blank lines between items, if most of them have some: the last few tell. */
function usualGap(text: string, place: Place<YamlCollection>): string {
  const last = place.node.items.length - 1;
  const gaps: string[] = [];
  for (let index = Math.max(1, last - 20); index <= last; index += 1) {
    const item = itemAt(place, index);
    if (item !== null) gaps.push(gapAbove(text, item));
  }
  const blank = gaps.filter((gap) => gap !== '');
  return blank.length * 2 > gaps.length ? (blank.at(-1) ?? '') : '';
}

/** The item that begins behind a dash: the next one takes its place there, unless comments stand between. */
function removeInline(text: string, place: ItemPlace, next: ItemPlace, end: number): TextEdit {
  const start = startOf(place);
  const line = lineStart(text, startOf(next));
  const slot = place.collection.above === null ? null : slotOf(place.collection.above);
  if (text.slice(end, line).trim() === '' || slot === null) return { start, end: startOf(next), text: '' };
  return { start: slot, end: beforeBreak(text, end), text: '' };
}

/** True when the item ends in a block scalar that keeps the blank lines after it. */
export function endsOpen(text: string, place: ItemPlace): boolean {
  const { node, base } = valuePlace(place);
  if (node.kind === 'scalar') {
    const header =
      node.style === 'literal' || node.style === 'folded' ? /^[|>][-+0-9]*/.exec(text.slice(base + node.from, base + node.to)) : null;
    return header?.[0].includes('+') ?? false;
  }
  if (node.kind === 'alias' || node.style !== 'block') return false;
  const last = itemAt({ ...valuePlace(place), node }, node.items.length - 1);
  return last !== null && endsOpen(text, last);
}
