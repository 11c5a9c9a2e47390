import { type CST, isAlias, isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { columnOf } from './text-lines.ts';
import {
  type Anchor,
  endOfItem,
  measure,
  type YamlEntry,
  type YamlItem,
  type YamlKey,
  type YamlList,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
} from './yaml-tree.ts';

/** Where a node of the library stands: all in offsets of the text that was parsed. */
interface Holder {
  readonly text: string;
  /** What the offsets of the node will count from. */
  readonly base: number;
  readonly anchor: Anchor | null;
  /** Where the value is when nothing is written. */
  readonly slot: number;
}

/** The tree of what the library parsed with its source tokens, in offsets that count from `base`. Null for nothing. */
export function buildTree(contents: unknown, text: string, base = 0): YamlNode | null {
  const anchor = isScalar(contents) || isMap(contents) || isSeq(contents) ? contents.anchor : undefined;
  const at = { from: 0, to: 0 };
  const node = buildNode(contents, { text, base, slot: 0, anchor: anchor === undefined ? null : { name: anchor, ...at } });
  return node.kind === 'scalar' && node.style === 'empty' && node.anchor === null ? null : node;
}

function buildNode(node: unknown, holder: Holder): YamlNode {
  if (isAlias(node)) {
    const [from, to] = rangeOf(node, holder);
    return { kind: 'alias', name: node.source, from, to, depth: 1, size: 1, linked: true };
  }
  if (isSeq(node)) return buildList(node, holder);
  if (isMap(node)) return buildMap(node, holder);
  if (isScalar(node) && node.range && (node.range[0] < node.range[1] || node.type !== 'PLAIN')) return buildScalar(node, holder);
  const slot = holder.slot - holder.base;
  const linked = holder.anchor !== null;
  return { kind: 'scalar', value: null, style: 'empty', anchor: holder.anchor, from: slot, to: slot, depth: 1, size: 1, linked };
}

function buildScalar(node: Scalar, holder: Holder): YamlScalar {
  const [from, end] = rangeOf(node, holder);
  const style = STYLES.get(node.type ?? 'PLAIN') ?? 'plain';
  const block = style === 'literal' || style === 'folded';
  const to = block ? endOfBlock(holder.text, from + holder.base, end + holder.base) - holder.base : end;
  const { anchor } = holder;
  return { kind: 'scalar', value: toValue(node), style, anchor, from, to, depth: 1, size: 1, linked: anchor !== null };
}

const STYLES: ReadonlyMap<string, YamlScalar['style']> = new Map([
  ['PLAIN', 'plain'],
  ['QUOTE_SINGLE', 'single'],
  ['QUOTE_DOUBLE', 'double'],
  ['BLOCK_LITERAL', 'literal'],
  ['BLOCK_FOLDED', 'folded'],
]);

/** As the planner reads it: a number that cannot be kept exactly is the text that was written. */
function toValue({ value, source = '' }: Scalar): YamlScalar['value'] {
  if (typeof value === 'bigint') {
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : source;
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : source;
  return value === null || typeof value === 'boolean' || typeof value === 'string' ? value : source;
}

/** A block scalar owns the empty lines after it only when it keeps them (`+`). */
function endOfBlock(text: string, from: number, end: number): number {
  const header = /^[|>][-+0-9]*/.exec(text.slice(from, end))?.[0] ?? '';
  const source = text.slice(from + header.length, end);
  if (!source.includes('\n') || /^[^\n]*\n(?:\r?\n)*$/.test(source)) return from + header.length;
  const kept = header.includes('+') ? source.replace(/\r?\n$/, '') : source.replace(/(?:\r?\n)+$/, '');
  return from + header.length + kept.length;
}

function buildList(list: YAMLSeq, holder: Holder): YamlList {
  const [from, end] = rangeOf(list, holder);
  const token = list.srcToken;
  const block = token?.type === 'block-seq';
  const tokens =
    token?.type === 'block-seq' ? token.items.filter(hasDash) : token?.type === 'flow-collection' ? token.items.filter(isItem) : [];
  const items = list.items.map((node, index): YamlItem => buildItem(node, tokens[index], holder));
  return { ...collection(items, block, { from, end }, holder), kind: 'list', items, style: block ? 'block' : 'flow' };
}

function buildMap(map: YAMLMap, holder: Holder): YamlMap {
  const [from, end] = rangeOf(map, holder);
  const block = map.srcToken?.type === 'block-map';
  const items = map.items.map((pair): YamlEntry => buildEntry(pair, holder));
  const style = block ? 'block' : map.srcToken === undefined ? 'pair' : 'flow';
  return { ...collection(items, block, { from, end }, holder), kind: 'map', items, style };
}

function collection(items: readonly YamlItem[], block: boolean, range: { readonly from: number; readonly end: number }, holder: Holder) {
  const [first, last] = [items[0], items.at(-1)];
  const { anchor } = holder;
  const inside = measure(items, anchor !== null);
  if (!block || first === undefined || last === undefined) return { ...inside, anchor, from: range.from, to: range.end, column: 0 };
  const column = columnOf(holder.text, first.at + holder.base);
  return { ...inside, anchor, from: first.at, to: last.at + endOfItem(last), column };
}

/** Trailing comments of a list are a token without a dash. */
function hasDash(token: CST.CollectionItem): boolean {
  return token.start.some(({ type }) => type === 'seq-item-ind');
}

/** What stands before the closing bracket may be a token without a value. */
function isItem(token: CST.CollectionItem): boolean {
  if (token.value !== undefined || token.sep !== undefined || (token.key ?? null) !== null) return true;
  return token.start.some(({ type }) => type === 'anchor' || type === 'explicit-key-ind');
}

function buildItem(node: unknown, token: CST.CollectionItem | undefined, { text, base }: Holder): YamlItem {
  const start = token?.start ?? [];
  const dash = start.find(({ type }) => type === 'seq-item-ind');
  const anchor = start.find(({ type }) => type === 'anchor');
  const range = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : null;
  const pair = isMap(node) && node.srcToken === undefined;
  const at = dash?.offset ?? start.find(({ type }) => type === 'explicit-key-ind')?.offset ?? anchor?.offset ?? range?.[0] ?? 0;
  const after = anchor ?? dash;
  const slot = after === undefined || pair ? at : after.offset + after.source.length;
  const value = buildNode(node, { text, base: at, slot, anchor: pair ? null : toAnchor(anchor, at) });
  return { at: at - base, key: null, slot: slot - at, value };
}

function buildEntry(pair: Pair, { text, base }: Holder): YamlEntry {
  const { start = [], sep = [], key: keyToken } = pair.srcToken ?? {};
  const first = start.find(({ type }) => type === 'explicit-key-ind' || type === 'anchor');
  const at = first?.offset ?? keyToken?.offset ?? sep.find(({ type }) => type === 'map-value-ind')?.offset ?? 0;
  const colon = sep.find(({ type }) => type === 'map-value-ind');
  const anchor = sep.find(({ type }) => type === 'anchor');
  const after = anchor ?? colon;
  const slot = after === undefined ? null : after.offset + after.source.length;
  const key = buildKey(pair.key, text, at);
  const value = buildNode(pair.value, { text, base: at, slot: slot ?? at + key.to, anchor: toAnchor(anchor, at) });
  return { at: at - base, key, slot: slot === null ? null : slot - at, value };
}

function buildKey(node: unknown, text: string, base: number): YamlKey {
  const key = buildNode(node, { text, base, slot: base, anchor: null });
  const written = key.kind === 'scalar' && isScalar(node) ? (typeof node.value === 'string' ? node.value : (node.source ?? '')) : null;
  return { text: written, from: key.from, to: key.to, style: key.kind === 'scalar' ? key.style : 'plain' };
}

function toAnchor(token: CST.SourceToken | undefined, base: number): Anchor | null {
  if (token === undefined) return null;
  const from = token.offset - base;
  return { name: token.source.slice(1), from, to: from + token.source.length };
}

function rangeOf(node: { readonly range?: readonly [number, number, number] | null }, { base }: Holder): readonly [number, number] {
  return node.range ? [node.range[0] - base, node.range[1] - base] : [0, 0];
}
