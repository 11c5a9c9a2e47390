import { endOf, type ItemPlace, itemAt, type Place, startOf } from './place.ts';
import type { TextEdit } from './text-edit.ts';
import { contentStart, isCommentLine, lineEnd, lineStart, nextLine } from './text-lines.ts';
import type { TextStyle } from './text-style.ts';
import type { YamlCollection } from './yaml-tree.ts';

/** Edits that put an item, written in one line, between the brackets. */
export function insertFlowItem(
  text: string,
  place: Place<YamlCollection>,
  index: number,
  fresh: string,
  style: TextStyle,
): readonly TextEdit[] {
  const { items } = place.node;
  if (items.length === 0) return insertOnly(text, place, fresh, style);
  const next = itemAt(place, index);
  if (next !== null) {
    const start = startOf(next);
    if (!ownsLines(text, next)) return [{ start, end: start, text: `${fresh}, ` }];
    const line = leadOf(text, next);
    return [{ start: line, end: line, text: `${padOf(text, next)}${fresh},${style.newline}` }];
  }
  const last = itemAt(place, items.length - 1);
  if (last === null) return [];
  const end = endOf(last);
  if (!ownsLines(text, last)) return [{ start: end, end, text: `, ${fresh}` }];
  const comma = commaAfter(text, last);
  const line = nextLine(text, comma ?? end);
  const added = { start: line, end: line, text: `${padOf(text, last)}${fresh}${comma === null ? '' : ','}${style.newline}` };
  return comma === null ? [{ start: end, end, text: ',' }, added] : [added];
}

function insertOnly(text: string, { node, base }: Place<YamlCollection>, fresh: string, style: TextStyle): readonly TextEdit[] {
  const [start, end] = [base + node.from + 1, base + node.to - 1];
  const padding = node.kind === 'map' ? style.padding : '';
  if (text.slice(start, end).trim() === '') return [{ start, end, text: `${padding}${fresh}${padding}` }];
  return [{ start: end, end, text: fresh }];
}

/** Edits that take one of several items out of the brackets, with its comma and its comments. */
export function removeFlowItem(text: string, place: ItemPlace): readonly TextEdit[] {
  const { collection, index } = place;
  const [start, end] = [startOf(place), endOf(place)];
  const [before, next] = [itemAt(collection, index - 1), itemAt(collection, index + 1)];
  const comma = commaAfter(text, place);
  const commaBefore = before === null || next !== null || comma !== null ? null : commaAfter(text, before);
  const separator = commaBefore === null ? [] : [{ start: commaBefore, end: commaBefore + 1, text: '' }];
  if (ownsLines(text, place)) return [...separator, { start: leadOf(text, place), end: nextLine(text, comma ?? end), text: '' }];
  if (next !== null && !text.slice(end, startOf(next)).includes('#')) return [{ start, end: startOf(next), text: '' }];
  if (next === null && before !== null && !text.slice(endOf(before), start).includes('#')) return [{ start: endOf(before), end, text: '' }];
  const after = comma === null ? end : comma + 1;
  const comment = contentStart(text, after);
  return [...separator, { start, end: text[comment] === '#' ? lineEnd(text, comment) : after, text: '' }];
}

/** Offset of the comma behind an item; null behind the last item when there is none. */
function commaAfter(text: string, place: ItemPlace): number | null {
  const next = itemAt(place.collection, place.index + 1);
  const bound = next === null ? place.collection.base + place.collection.node.to : startOf(next);
  for (let at = endOf(place); at < bound; at += 1) {
    if (text[at] === ',') return at;
    if (text[at] === '#') at = lineEnd(text, at);
  }
  return null;
}

/** Nothing else stands in the lines of the item, besides its comma and a comment. */
function ownsLines(text: string, place: ItemPlace): boolean {
  const start = startOf(place);
  if (contentStart(text, lineStart(text, start)) < start) return false;
  const comma = commaAfter(text, place);
  if (comma !== null && comma > lineEnd(text, endOf(place))) return false;
  const after = contentStart(text, comma === null ? endOf(place) : comma + 1);
  return text[after] === '#' || after === lineEnd(text, after);
}

/** The first of the comment lines directly above an item that begins its line. */
function leadOf(text: string, place: ItemPlace): number {
  const before = itemAt(place.collection, place.index - 1);
  const lowest = nextLine(text, before === null ? place.collection.base + place.collection.node.from : endOf(before));
  let line = lineStart(text, startOf(place));
  while (line > lowest && isCommentLine(text, lineStart(text, line - 1))) line = lineStart(text, line - 1);
  return line;
}

function padOf(text: string, place: ItemPlace): string {
  const start = startOf(place);
  return text.slice(lineStart(text, start), start);
}
