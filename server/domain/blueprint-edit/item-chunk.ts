import { Lexer } from 'yaml';
import { endsOpen } from './block-items.ts';
import { extentOf } from './item-extent.ts';
import { endOf, type ItemPlace, startOf } from './place.ts';
import type { Written } from './replace-value.ts';
import { applyEdits, type TextEdit } from './text-edit.ts';
import { contentStart, joinLines, lineEnd } from './text-lines.ts';
import type { TextStyle } from './text-style.ts';
import { type FlowPlace, writeEntry, writeFlow, writeFlowEntry, writeItem } from './write-node.ts';
import { writeKey } from './write-scalar.ts';
import type { WrittenNode } from './written-node.ts';
import type { YamlNode } from './yaml-tree.ts';

/** An item to be put into a list or map: a new value, or text from another place with its comments. */
export interface ItemChunk {
  readonly node: WrittenNode;
  /** Null for an item of a list. */
  readonly key: string | null;
  /** Its lines as they were, and the column at which it began. */
  readonly block: { readonly text: string; readonly column: number } | null;
  /** Its text between brackets, without comments, if it was in one line. */
  readonly flow: { readonly key: string; readonly value: string } | null;
  /** Writing it anew from its value would lose comments or anchors. */
  readonly bound: 'comments' | 'anchors' | null;
  /** Blank lines after it would become part of it. */
  readonly open: boolean;
}

export function toChunk(key: string | null, node: WrittenNode): ItemChunk {
  return { node, key, block: null, flow: null, bound: null, open: false };
}

export interface ChunkChanges {
  readonly key?: string;
  /** A copy must not define its anchors again. */
  readonly withoutAnchors?: boolean;
}

/** The item as it is written, with changes. */
export function chunkOf({ text, style }: Written, place: ItemPlace, changes: ChunkChanges = {}): ItemChunk {
  const { item, collection } = place;
  const { node } = collection;
  const start = startOf(place);
  const edits = [...renameEdits(place, changes.key, style), ...(changes.withoutAnchors ? anchorEdits(text, item.value, start) : [])];
  const cut = (from: number, to: number) => cutText(text, from, to, edits);
  const key = item.key === null ? null : (changes.key ?? item.key.text);
  const value = changes.withoutAnchors ? unanchored(item.value) : item.value;
  const anchored = !changes.withoutAnchors && hasAnchor(item.value) ? 'anchors' : null;
  if (node.style !== 'block') {
    const from = start + (item.value.kind === 'alias' ? item.value.from : (item.value.anchor?.from ?? item.value.from));
    const flow = { key: item.key === null ? '' : cut(start, start + item.key.to), value: cut(from, endOf(place)) };
    return { node: value, key, block: null, flow: `${flow.key}${flow.value}`.includes('\n') ? null : flow, bound: anchored, open: false };
  }
  const { lead, end, inline } = extentOf(text, place);
  const indentation = ' '.repeat(node.column);
  const lines = inline ? `${indentation}${cut(lead, end)}` : alignComments(cut(lead, start), indentation) + cut(start, end);
  const block = { text: lines.endsWith('\n') ? lines : `${lines}${style.newline}`, column: node.column };
  return { node: value, key, block, flow: null, bound: hasComments(lines) ? 'comments' : anchored, open: endsOpen(text, place) };
}

/** Comments above an item that are further to the right than it would belong to the item before it in another place. */
function alignComments(lines: string, indentation: string): string {
  return lines.replace(/^ +(?=#)/gm, (spaces) => (spaces.length > indentation.length ? indentation : spaces));
}

function renameEdits(place: ItemPlace, key: string | undefined, style: TextStyle): readonly TextEdit[] {
  const { key: was } = place.item;
  if (key === undefined || was === null) return [];
  const flow = place.collection.node.style !== 'block';
  const text = writeKey(key, { was: was.style, flow, json: false, quote: style.quote });
  return [{ start: startOf(place) + was.from, end: startOf(place) + was.to, text }];
}

/** Takes out each anchor with the spaces that part it from its value, or from what stands before it. */
function anchorEdits(text: string, node: YamlNode, base: number): readonly TextEdit[] {
  if (!node.linked || node.kind === 'alias') return [];
  const edits: TextEdit[] = [];
  if (node.anchor !== null) {
    let [start, end] = [base + node.anchor.from, base + node.anchor.to];
    if (contentStart(text, end) < lineEnd(text, end)) end = contentStart(text, end);
    else while (text[start - 1] === ' ') start -= 1;
    edits.push({ start, end, text: '' });
  }
  if (node.kind !== 'scalar') for (const { at, value } of node.items) edits.push(...anchorEdits(text, value, base + at));
  return edits;
}

function cutText(text: string, from: number, to: number, edits: readonly TextEdit[]): string {
  const inside = edits.filter(({ start, end }) => start >= from && end <= to);
  return applyEdits(
    text.slice(from, to),
    inside.map((edit) => ({ ...edit, start: edit.start - from, end: edit.end - from })),
  );
}

function hasAnchor(node: YamlNode): boolean {
  if (!node.linked || node.kind === 'alias') return false;
  return node.anchor !== null || (node.kind !== 'scalar' && node.items.some(({ value }) => hasAnchor(value)));
}

function unanchored(node: YamlNode): WrittenNode {
  if (!node.linked || node.kind === 'alias') return node;
  if (node.kind === 'scalar') return { kind: 'scalar', value: node.value };
  if (node.kind === 'list') return { kind: 'list', items: node.items.map(({ value }) => ({ value: unanchored(value) })) };
  return { kind: 'map', items: node.items.map(({ key, value }) => ({ key, value: unanchored(value) })) };
}

function hasComments(text: string): boolean {
  let scalar = false;
  for (const token of new Lexer().lex(text)) {
    if (!scalar && token.startsWith('#')) return true;
    scalar = token === '\u001f';
  }
  return false;
}

/** The item as lines of a block style collection that begins at a column. */
export function chunkLines(chunk: ItemChunk, column: number, style: TextStyle): string {
  const { block, flow, key, node } = chunk;
  if (block !== null) return shiftLines(block.text, column - block.column);
  if (flow !== null) {
    const pad = ' '.repeat(column);
    return `${pad}${key === null ? `- ${flow.value}` : `${flow.key}:${flow.value === '' ? '' : ` ${flow.value}`}`}${style.newline}`;
  }
  return joinLines(key === null ? writeItem(node, column, style) : writeEntry({ text: key }, node, column, style), style.newline);
}

/** The item as text between brackets; null when something would be lost. */
export function chunkInFlow(chunk: ItemChunk, place: FlowPlace): string | null {
  const { flow, key, node, bound } = chunk;
  if (flow !== null) return key === null ? flow.value : `${flow.key}:${flow.value === '' ? '' : ` ${flow.value}`}`;
  if (bound !== null) return null;
  return key === null ? writeFlow(node, place) : writeFlowEntry({ text: key }, node, place);
}

/** Lines further to the right or left; what stands too far left already goes as far as it can. */
function shiftLines(text: string, columns: number): string {
  if (columns === 0) return text;
  if (columns > 0) return text.replace(/^(?=[^\r\n])/gm, ' '.repeat(columns));
  return text.replace(new RegExp(`^ {1,${-columns}}`, 'gm'), '');
}
