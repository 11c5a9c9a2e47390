import { isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import type { EditOperation } from '../../domain/blueprint-edit/edit-operation.ts';
import { applyEdits, mapOffset, type TextEdits } from '../../domain/blueprint-edit/text-edit.ts';
import type { EditValue } from '../../domain/blueprint-edit/written-node.ts';
import type { YamlPath } from '../../domain/blueprint-edit/yaml-path.ts';

/** Numbers of the lines that the edits change although the operation does not concern them. */
export function strayLines(text: string, edits: TextEdits, operation: EditOperation): readonly number[] {
  const concerned = new Set(concernedLines(toPage(text), operation));
  return changedLines(text, edits).filter((line) => !concerned.has(line));
}

/** Lines that do not stand in the new text as they were, where they were. */
function changedLines(text: string, edits: TextEdits): readonly number[] {
  const after = applyEdits(text, edits);
  return toPage(text).lines.flatMap(({ start, end }, line) => {
    const from = mapOffset(edits, start, 'after');
    const to = Math.max(from, mapOffset(edits, end, 'before'));
    const begins = from === 0 || after[from - 1] === '\n' || after[from - 1] === '\ufeff';
    const ends = to === after.length || /^\r?\n/.test(after.slice(to, to + 2));
    return begins && ends && after.slice(from, to) === text.slice(start, end) ? [] : [line];
  });
}

interface Page {
  readonly text: string;
  readonly lines: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  readonly root: unknown;
}

function toPage(text: string): Page {
  const lines: { start: number; end: number; text: string }[] = [];
  for (let start = text.startsWith('\ufeff') ? 1 : 0; start <= text.length; ) {
    const found = text.indexOf('\n', start);
    const next = found < 0 ? text.length : found;
    const end = text[next - 1] === '\r' && found >= 0 ? next - 1 : next;
    if (start < text.length) lines.push({ start, end, text: text.slice(start, end) });
    start = next + 1;
  }
  const root = parseDocument(text, { schema: 'core', uniqueKeys: false, keepSourceTokens: true, logLevel: 'error' }).contents;
  return { text, lines, root };
}

/** An item as the library placed it. */
interface Item {
  readonly holder: YAMLMap | YAMLSeq;
  readonly index: number;
  readonly value: unknown;
  readonly first: number;
  readonly last: number;
}

function concernedLines(page: Page, operation: EditOperation): readonly number[] {
  switch (operation.kind) {
    case 'set':
      return linesOfSet(page, operation.path, operation.value);
    case 'insert':
      return linesOfInsert(page, operation.into, operation.at);
    case 'copy':
      return linesOfInsert(page, operation.into, operation.at);
    case 'remove':
      return linesOfRemove(page, operation.path, operation.whenEmpty ?? 'keep');
    case 'rename': {
      const item = itemAt(page, operation.path);
      return item === null ? [] : [item.first];
    }
    case 'move': {
      const { path, into, at, whenEmpty } = operation;
      // Once the item is gone, the positions after it are one less: both neighbours of either place may be meant.
      const places = [at, at === undefined ? undefined : at + 1];
      return [...linesOfRemove(page, path, whenEmpty ?? 'keep'), ...places.flatMap((place) => linesOfInsert(page, into, place))];
    }
  }
}

/** A value that is set: its own lines; of a map that stays a map only those of the keys that differ. */
function linesOfSet(page: Page, path: YamlPath, value: EditValue): readonly number[] {
  const item = path.length === 0 ? null : itemAt(page, path);
  const node = path.length === 0 ? page.root : item?.value;
  if (path.length > 0 && item === null) return linesOfInsert(page, path.slice(0, -1), undefined);
  if (isMap(node) && node.items.length > 0 && isPlainMap(value) && Object.keys(value).length > 0 && !hasMerge(node)) {
    const wanted = Object.keys(value);
    const own = node.items.map(keyOf);
    return [
      ...own.filter((key) => !wanted.includes(key)).flatMap((key) => linesOfRemove(page, [...path, key], 'keep')),
      ...own.filter((key) => wanted.includes(key)).flatMap((key) => linesOfSet(page, [...path, key], value[key] ?? null)),
      ...(wanted.some((key) => !own.includes(key)) ? linesOfInsert(page, path, undefined) : []),
    ];
  }
  if (item === null) return page.lines.map((_, line) => line);
  if (isScalar(node)) return range(item.first, item.last);
  return range(item.first, belowOf(page, item));
}

/** Where something is added no line changes, but for the neighbours between brackets, behind a dash, or of what was empty. */
function linesOfInsert(page: Page, into: YamlPath, at: number | undefined): readonly number[] {
  const item = into.length === 0 ? null : itemAt(page, into);
  if (into.length > 0 && item === null) return linesOfInsert(page, into.slice(0, -1), undefined);
  const node = into.length === 0 ? page.root : item?.value;
  const empty = !(isMap(node) || isSeq(node)) || node.items.length === 0;
  if (empty) return item === null ? page.lines.map((_, line) => line) : range(item.first, item.last);
  const items = node.items.map((_, index) => toItem(page, node, index));
  const index = Math.min(at ?? items.length, items.length);
  const [before, next] = [items[index - 1], items[index]];
  if (node.flow)
    return [
      lineOf(page, node.range?.[0] ?? 0),
      lineOf(page, (node.range?.[1] ?? 1) - 1),
      ...(before ? [before.last] : []),
      ...(next ? [next.first] : []),
    ];
  return next !== undefined && isInline(page, next) ? [next.first] : [];
}

/** An item that goes: its lines, its comments, the blank lines around, and what closes up behind it. */
function linesOfRemove(page: Page, path: YamlPath, whenEmpty: 'keep' | 'remove'): readonly number[] {
  const item = itemAt(page, path);
  if (item === null) return [];
  const { holder, index } = item;
  const own = range(aboveOf(page, item), belowOf(page, item, true));
  if (holder.items.length === 1) {
    if (path.length === 1) return page.lines.map((_, line) => line);
    const above = itemAt(page, path.slice(0, -1));
    const last = holder.flow ? lineOf(page, (holder.range?.[1] ?? 1) - 1) : belowOf(page, item, true);
    if (whenEmpty === 'keep') return above === null ? own : range(above.first, last);
    return [...own, ...linesOfRemove(page, path.slice(0, -1), 'remove')];
  }
  const [before, next] = [
    index === 0 ? null : toItem(page, holder, index - 1),
    index + 1 < holder.items.length ? toItem(page, holder, index + 1) : null,
  ];
  if (holder.flow)
    return [...own, ...(before ? [before.last] : []), ...(next ? [next.first] : []), lineOf(page, (holder.range?.[1] ?? 1) - 1)];
  return isInline(page, item) && next !== null ? [...own, next.first] : own;
}

function itemAt(page: Page, path: YamlPath): Item | null {
  let node: unknown = page.root;
  let item: Item | null = null;
  for (const key of path) {
    if (!isMap(node) && !isSeq(node)) return null;
    const index = isSeq(node) ? Number(key) : node.items.findIndex((pair) => keyOf(pair) === String(key));
    if (node.items[index] === undefined) return null;
    item = toItem(page, node, index);
    node = item.value;
  }
  return item;
}

function toItem(page: Page, holder: YAMLMap | YAMLSeq, index: number): Item {
  if (isMap(holder)) {
    const pair: Pair | undefined = holder.items[index];
    const key = rangeOf(pair?.key);
    const value = rangeOf(pair?.value);
    const end = Math.max(key.end, isScalar(pair?.value) && value.start === value.end ? 0 : value.end);
    return { holder, index, value: pair?.value, first: lineOf(page, key.start), last: lineOf(page, Math.max(key.start, end - 1)) };
  }
  const value = holder.items[index];
  const { start, end } = rangeOf(value);
  const token =
    holder.srcToken?.type === 'block-seq'
      ? holder.srcToken.items.filter(({ start: tokens }) => tokens.some(({ type }) => type === 'seq-item-ind'))[index]
      : undefined;
  const dash = token?.start.find(({ type }) => type === 'seq-item-ind')?.offset ?? start;
  const empty = isScalar(value) && start === end;
  return { holder, index, value, first: lineOf(page, dash), last: lineOf(page, empty ? dash : Math.max(start, end - 1)) };
}

function rangeOf(node: unknown): { readonly start: number; readonly end: number } {
  const found =
    isMap(node) || isSeq(node) || isScalar(node) || (typeof node === 'object' && node !== null && 'range' in node)
      ? (node as { range?: [number, number, number] }).range
      : null;
  return { start: found?.[0] ?? 0, end: found?.[1] ?? 0 };
}

/** First of the comment lines above an item, and of the blank lines above those. */
function aboveOf(page: Page, { first }: Item): number {
  let line = first;
  while (/^\s*#/.test(page.lines[line - 1]?.text ?? '')) line -= 1;
  while (/^\s*$/.test(page.lines[line - 1]?.text ?? '-')) line -= 1;
  return line;
}

/** Last of the comment lines below an item that are further to the right, and of the blank lines below those. */
function belowOf(page: Page, { first, last }: Item, blank = false): number {
  const column = (page.lines[first]?.text ?? '').search(/\S/);
  let end = last;
  for (let line = last + 1; line < page.lines.length; line += 1) {
    const { text } = page.lines[line] ?? { text: '' };
    if (/^\s*$/.test(text)) {
      if (blank) end = line;
    } else if (/^\s*#/.test(text) && text.indexOf('#') > column) end = line;
    else break;
  }
  return end;
}

function isInline(page: Page, { holder, index, first }: Item): boolean {
  if (index > 0 || holder.flow) return false;
  const key = isMap(holder) ? rangeOf(holder.items[0]?.key).start : (holder.srcToken?.offset ?? 0);
  const { start = 0 } = page.lines[first] ?? {};
  return page.text.slice(start, key).trim() !== '';
}

function lineOf(page: Page, offset: number): number {
  const line = page.lines.findLastIndex(({ start }) => start <= offset);
  return Math.max(0, line);
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? (typeof pair.key.value === 'string' ? pair.key.value : (pair.key.source ?? '')) : '';
}

function hasMerge(map: YAMLMap): boolean {
  return map.items.some((pair) => keyOf(pair) === '<<');
}

function isPlainMap(value: EditValue): value is { readonly [key: string]: EditValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
