import { type BlockStyle, toBlockText } from './block-text.ts';
import { blankLinesAbove, blankLinesBelow, extentOfAll } from './item-extent.ts';
import { collectionsAround, isCollection, isInFlow, type Place, slotOf } from './place.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { TextEdit } from './text-edit.ts';
import { beforeBreak, contentStart, isBlankLine, isCommentLine, joinLines, lineEnd, lineStart, nextLine } from './text-lines.ts';
import { styleAround, type TextStyle } from './text-style.ts';
import { type FlowPlace, indent, type NewText, writeBlock, writeEntry, writeFlow, writeItem } from './write-node.ts';
import { writeScalar } from './write-scalar.ts';
import type { WrittenNode } from './written-node.ts';
import { formatPath } from './yaml-path.ts';

/** The text and how it is written. */
export interface Written {
  readonly text: string;
  readonly style: TextStyle;
}

/** Edits that put another value in the place of the one there. Comments of its line stay. */
export function replaceValue(written: Written, place: Place, node: WrittenNode): readonly TextEdit[] | Refusal {
  const around = styleAround(collectionsAround(place), written.style);
  const style = { ...around, blockText: !isAmongComments(written.text, place) };
  if (place.above === null) return replaceRoot({ ...written, style }, place, node);
  if (isInFlow(place)) return replaceInFlow(place, writeInFlow(place, node, style));
  const { collection } = place.above;
  const below = collection.node.kind === 'map' ? 'key' : 'dash';
  const fresh = writeLike(written.text, place, node, style) ?? writeBlock(node, { below, column: collection.node.column }, style);
  return replaceText(written, place, fresh);
}

/** Comments that stay, between the key and its value or below and further to the right, would become part of a block scalar. */
function isAmongComments(text: string, place: Place): boolean {
  const slot = place.above === null ? null : slotOf(place.above);
  if (place.above === null || slot === null) return false;
  const extent = isCollection(place) && place.node.style === 'block' ? extentOfAll(text, place) : null;
  if (extent !== null && !extent.inline && text.slice(nextLine(text, slot), extent.lead).trim() !== '') return true;
  const line = blankLinesBelow(text, extent?.end ?? nextLine(text, place.base + place.node.to));
  return isCommentLine(text, line) && contentStart(text, line) - line > place.above.collection.node.column;
}

/** The text of a value behind its key or dash, and in the lines below. */
export function replaceText({ text, style }: Written, place: Place, fresh: NewText): readonly TextEdit[] | Refusal {
  const slot = place.above === null ? null : slotOf(place.above);
  const old = slot === null ? null : findOldText(text, place, slot, fresh.lines.length > 0);
  if (slot === null || old === null) {
    const why = slot === null ? 'its key has no colon' : 'the comment behind the value would be lost';
    return refuse('layout', `${formatPath(place.path)} cannot be changed here, because ${why}. Edit the text by hand.`);
  }
  const inline = replaceInline(text, slot, old.inline, fresh.inline);
  const below = joinLines(fresh.lines, style.newline);
  if (old.lines !== null) return [...inline, replaceLines(text, old.lines, below)];
  return below === '' ? inline : [...inline, insertLines(text, nextLine(text, old.inline.end), below, style)];
}

/** Whole lines put at the beginning of a line, or at the end of a text whose last line has no line break. */
export function insertLines(text: string, at: number, lines: string, style: TextStyle): TextEdit {
  const open = at === text.length && at > 0 && !text.endsWith('\n') && text !== '\ufeff';
  return { start: at, end: at, text: open ? style.newline + withoutLastBreak(lines) : lines };
}

/** Whole lines in the place of others. When these end the text without a line break, it ends without one. */
export function replaceLines(text: string, { start, end }: Range, lines: string): TextEdit {
  if (end < text.length || text.endsWith('\n')) return { start, end, text: lines };
  if (lines !== '') return { start, end, text: withoutLastBreak(lines) };
  return { start: beforeBreak(text, start), end, text: '' };
}

interface Range {
  readonly start: number;
  readonly end: number;
}

interface OldText {
  readonly inline: Range;
  readonly lines: Range | null;
}

function withoutLastBreak(lines: string): string {
  return lines.replace(/\r?\n$/, '');
}

/** Null when a comment stands where the value would be torn from it. */
function findOldText(text: string, place: Place, slot: number, withLines: boolean): OldText | null {
  const { node, base } = place;
  const range = { start: base + node.from, end: base + node.to };
  const nothing = { start: slot, end: slot };
  if (node.kind === 'scalar' && node.style === 'empty') return { inline: nothing, lines: null };
  if (node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded')) {
    const start = nextLine(text, range.start);
    const header = /^[|>][-+0-9]*/.exec(text.slice(range.start, range.end))?.[0].length ?? 1;
    const body = { start, end: range.end > start ? nextLine(text, range.end) : start };
    return { inline: { start: range.start, end: range.start + header }, lines: body };
  }
  if (isCollection(place) && place.node.style === 'block') {
    const extent = extentOfAll(text, place);
    if (extent === null) return { inline: nothing, lines: null };
    const start = blankLinesAbove(text, extent.lead, nextLine(text, slot));
    if (!extent.inline) return { inline: nothing, lines: { start, end: extent.end } };
    return { inline: { start: range.start, end: beforeBreak(text, extent.end) }, lines: null };
  }
  if (!withLines || lineStart(text, range.start) === lineStart(text, slot)) return { inline: range, lines: null };
  if (contentStart(text, range.end) < lineEnd(text, range.end)) return null;
  return { inline: nothing, lines: { start: lineStart(text, range.start), end: nextLine(text, range.end) } };
}

function replaceInline(text: string, slot: number, old: Range, inline: string): readonly TextEdit[] {
  const empty = old.start === old.end;
  if (empty && inline === '') return [];
  if (empty) return [{ ...old, text: ` ${inline}` }];
  const start = inline === '' && text.slice(slot, old.start).trim() === '' ? slot : old.start;
  return [{ start, end: old.end, text: inline }];
}

/** A scalar in the style of the one it replaces; null where that style cannot hold it, or the value is no scalar. */
function writeLike(text: string, place: Place, node: WrittenNode, style: TextStyle): NewText | null {
  const old = place.node;
  if (node.kind !== 'scalar' || old.kind !== 'scalar') return null;
  const { value } = node;
  const multiline = typeof value === 'string' && value.includes('\n');
  if (typeof value === 'string' && value !== '' && style.blockText && (old.style === 'literal' || old.style === 'folded')) {
    const was = readBlockStyle(text, place);
    const block = toBlockText(value, was);
    const below = nextLine(text, place.base + old.to);
    const keepsOthers = block?.header.includes('+') && below < text.length && isBlankLine(text, below);
    if (block !== null && !keepsOthers) return { inline: block.header, lines: indent(block.lines, was.column) };
  }
  if (multiline && old.style !== 'double' && style.blockText) return null;
  return { inline: writeScalar(value, { was: old.style, flow: false, json: false, quote: style.quote }), lines: [] };
}

function readBlockStyle(text: string, { node, base }: Place): BlockStyle & { readonly column: number } {
  const value = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : '';
  const source = text.slice(base + node.from, base + node.to);
  const header = /^[|>][-+0-9]*/.exec(source)?.[0] ?? '|';
  const body = source.split(/\r?\n/).slice(1);
  const first = body.find((line) => line.trim() !== '') ?? '';
  const own = value.split('\n').find((line) => line.trim() !== '') ?? '';
  const column = first.search(/[^ ]|$/) - own.search(/[^ ]|$/);
  const lines = body.map((line) => line.slice(column));
  return { folded: header.startsWith('>'), digit: /\d/.exec(header)?.[0] ?? '', lines, value, column };
}

function writeInFlow(place: Place, node: WrittenNode, style: TextStyle): string {
  const flow = flowPlaceOf(place, style);
  if (node.kind !== 'scalar' || place.node.kind !== 'scalar') return writeFlow(node, flow);
  return writeScalar(node.value, { was: place.node.style, flow: true, json: flow.json, quote: style.quote });
}

/** Text with all keys in double quotes is taken for JSON, and stays it. */
export function flowPlaceOf(place: Place, style: TextStyle): FlowPlace {
  const around = [place.node, ...collectionsAround(place)].find((node) => node.kind === 'map' && node.items.length > 0);
  const json = around?.kind === 'map' && around.style === 'flow' && around.items.every(({ key }) => key.style === 'double');
  return { json, style };
}

export function replaceInFlow(place: Place, fresh: string): readonly TextEdit[] {
  const { node, base, above } = place;
  const [start, end] = [base + node.from, base + node.to];
  if (node.kind !== 'scalar' || node.style !== 'empty') return [{ start, end, text: fresh }];
  const slot = above === null ? null : slotOf(above);
  return slot === null ? [{ start, end: start, text: `: ${fresh}` }] : [{ start: slot, end: slot, text: ` ${fresh}` }];
}

/** The outermost value. */
function replaceRoot({ text, style }: Written, place: Place, node: WrittenNode): readonly TextEdit[] {
  const extent = isCollection(place) && place.node.style === 'block' ? extentOfAll(text, place) : null;
  const lines = writeRoot(node, style);
  if (extent !== null) return [replaceLines(text, { start: extent.lead, end: extent.end }, joinLines(lines, style.newline))];
  const [start, end] = [place.base + place.node.from, place.base + place.node.to];
  const atStart = contentStart(text, lineStart(text, start)) === start;
  const fresh = flowPlaceOf(place, style).json ? writeFlow(node, { json: true, style }) : lines.join(style.newline);
  return [{ start, end, text: atStart || lines.length === 1 ? fresh : style.newline + fresh }];
}

export function writeRoot(node: WrittenNode, style: TextStyle): readonly string[] {
  if (node.kind === 'map' && node.items.length > 0) return node.items.flatMap((entry) => writeEntry(entry.key, entry.value, 0, style));
  if (node.kind === 'list' && node.items.length > 0) return node.items.flatMap((item) => writeItem(item.value, 0, style));
  return [writeFlow(node, { json: false, style })];
}
