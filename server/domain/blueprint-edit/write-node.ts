import { toBlockText } from './block-text.ts';
import type { TextStyle } from './text-style.ts';
import { writeKey, writeScalar } from './write-scalar.ts';
import type { WrittenKey, WrittenNode } from './written-node.ts';

/** A value as text: what stands behind the key or dash, and the lines below, indented, without line breaks. */
export interface NewText {
  readonly inline: string;
  readonly lines: readonly string[];
}

/** Below what a value stands. */
export interface BlockPlace {
  readonly below: 'key' | 'dash';
  /** Of the key or dash. */
  readonly column: number;
}

/** A value in block style. */
export function writeBlock(node: WrittenNode, { below, column }: BlockPlace, style: TextStyle): NewText {
  if (node.kind === 'scalar') return writeBlockScalar(node.value, column + (below === 'key' ? style.step : style.dash), style);
  if (node.kind === 'alias') return { inline: `*${node.name}`, lines: [] };
  if (node.items.length === 0) return { inline: node.kind === 'list' ? '[]' : '{}', lines: [] };
  const inner = column + (below === 'dash' ? style.dash : node.kind === 'list' ? style.listStep : style.step);
  const lines =
    node.kind === 'list'
      ? node.items.flatMap((item) => writeItem(item.value, inner, style))
      : node.items.flatMap((entry) => writeEntry(entry.key, entry.value, inner, style));
  if (below === 'key') return { inline: '', lines };
  return { inline: lines[0]?.slice(inner) ?? '', lines: lines.slice(1) };
}

export function writeItem(value: WrittenNode, column: number, style: TextStyle): readonly string[] {
  const { inline, lines } = writeBlock(value, { below: 'dash', column }, style);
  return [`${' '.repeat(column)}-${' '.repeat(style.dash - 1)}${inline}`, ...lines];
}

export function writeEntry(key: WrittenKey, value: WrittenNode, column: number, style: TextStyle): readonly string[] {
  const { inline, lines } = writeBlock(value, { below: 'key', column }, style);
  const name = key.merge ? '<<' : writeKey(key.text ?? '', { flow: false, json: false, quote: style.quote });
  return [`${' '.repeat(column)}${name}:${inline === '' ? '' : ` ${inline}`}`, ...lines];
}

function writeBlockScalar(value: null | boolean | number | string, column: number, style: TextStyle): NewText {
  const block = style.blockText && typeof value === 'string' && value.includes('\n') ? toBlockText(value, null) : null;
  if (block === null) return { inline: writeScalar(value, { flow: false, json: false, quote: style.quote }), lines: [] };
  return { inline: block.header, lines: indent(block.lines, column) };
}

export function indent(lines: readonly string[], column: number): readonly string[] {
  return lines.map((line) => (line === '' ? '' : `${' '.repeat(column)}${line}`));
}

export interface FlowPlace {
  readonly json: boolean;
  readonly style: TextStyle;
}

/** A value in one line, between brackets where it is a list or map. */
export function writeFlow(node: WrittenNode, place: FlowPlace): string {
  if (node.kind === 'alias') return `*${node.name}`;
  if (node.kind === 'scalar') return writeScalar(node.value, { flow: true, json: place.json, quote: place.style.quote });
  if (node.kind === 'list') return `[${node.items.map((item) => writeFlow(item.value, place)).join(', ')}]`;
  if (node.items.length === 0) return '{}';
  const { padding } = place.style;
  return `{${padding}${node.items.map((entry) => writeFlowEntry(entry.key, entry.value, place)).join(', ')}${padding}}`;
}

export function writeFlowEntry(key: WrittenKey, value: WrittenNode, place: FlowPlace): string {
  const name = key.merge ? '<<' : writeKey(key.text ?? '', { flow: true, json: place.json, quote: place.style.quote });
  return `${name}: ${writeFlow(value, place)}`;
}
