import { endOf, type ItemPlace, itemAt, type Place, slotOf, startOf } from './place.ts';
import { contentStart, isBlankLine, isCommentLine, lineStart, nextLine } from './text-lines.ts';
import type { YamlCollection } from './yaml-tree.ts';

/** The lines of a block style item: what goes with it when it is moved or removed. */
export interface ItemExtent {
  /** First line of the comments that belong to it, or its own first line. For an inline item, its first character. */
  readonly lead: number;
  /** After the line break of its last line, or of the last comment line that belongs to it. */
  readonly end: number;
  /** It begins in the line of what holds it, as `type` does in `- type: redis`. */
  readonly inline: boolean;
}

/**
 * Comments belong to an item when they stand in its own lines, directly above it, or directly below it and further to the right
 * than it begins. The comment at the very top of a text belongs to the text. What a blank line parts from the item stays.
 */
export function extentOf(text: string, place: ItemPlace): ItemExtent {
  const start = startOf(place);
  const line = lineStart(text, start);
  const end = endOfLines(text, place);
  if (contentStart(text, line) < start) return { lead: start, end, inline: true };
  return { lead: leadOf(text, line, place), end, inline: false };
}

function leadOf(text: string, line: number, place: ItemPlace): number {
  const lowest = firstLineBelow(text, place);
  let lead = line;
  while (lead > lowest && isCommentLine(text, lineStart(text, lead - 1))) lead = lineStart(text, lead - 1);
  const isTop = place.index === 0 && place.collection.above === null;
  return isTop && lead < line && (lead <= lowest || !isBlankLine(text, lineStart(text, lead - 1))) ? line : lead;
}

/** The first line that can belong to the item: after what stands before it. */
function firstLineBelow(text: string, { collection, index }: ItemPlace): number {
  const before = itemAt(collection, index - 1);
  if (before !== null) return endOfLines(text, before);
  const slot = collection.above === null ? null : slotOf(collection.above);
  return slot === null ? lineStart(text, 0) : nextLine(text, slot);
}

function endOfLines(text: string, place: ItemPlace): number {
  let end = nextLine(text, endOf(place));
  for (let line = end; line < text.length; line = nextLine(text, line)) {
    if (isBlankLine(text, line)) continue;
    if (!isCommentLine(text, line) || contentStart(text, line) - line <= place.collection.node.column) break;
    end = nextLine(text, line);
  }
  return end;
}

/** Begin of the blank lines directly above a line, not going above `lowest`. */
export function blankLinesAbove(text: string, line: number, lowest: number): number {
  let start = line;
  while (start > lowest && isBlankLine(text, lineStart(text, start - 1))) start = lineStart(text, start - 1);
  return start;
}

/** End of the blank lines that begin at a line. */
export function blankLinesBelow(text: string, line: number): number {
  let end = line;
  while (end < text.length && isBlankLine(text, end)) end = nextLine(text, end);
  return end;
}

/** All lines of a block style collection with at least one item. */
export function extentOfAll(text: string, place: Place<YamlCollection>): ItemExtent | null {
  const first = itemAt(place, 0);
  const last = itemAt(place, place.node.items.length - 1);
  if (first === null || last === null) return null;
  const { lead, inline } = extentOf(text, first);
  return { lead, end: endOfLines(text, last), inline };
}
