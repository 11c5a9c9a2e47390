import type { Findings, TextRange } from '../blueprint/findings.ts';
import { quoteText } from '../blueprint/findings.ts';
import { mapAt, scalarAt } from '../blueprint/source-builder.ts';
import { isNothing, type SourceEntry, type SourceMap, type SourceNode, textOf } from '../blueprint/source-node.ts';
import { parseBytes, parseDurationMs } from '../entity/quantities.ts';
import { addValue } from './compose-findings.ts';

/*
 * Values of a Compose file: numbers and booleans may be written as text, because a variable gives text. Each reader gives undefined,
 * with a finding, for what is none.
 */

export function readText(findings: Findings, entry: SourceEntry): string | undefined {
  const text = textOf(entry.value);
  if (text === null) addValue(findings, entry.value, `${quoteText(entry.key)} needs a text.`);
  return text ?? undefined;
}

export function readMap(findings: Findings, entry: SourceEntry | undefined): SourceMap | undefined {
  if (entry === undefined || isNothing(entry.value)) return undefined;
  if (entry.value.kind === 'map') return entry.value;
  addValue(findings, entry.value, `${quoteText(entry.key)} needs a map of keys and values.`);
  return undefined;
}

export function readList(findings: Findings, entry: SourceEntry | undefined): readonly SourceNode[] {
  if (entry === undefined || isNothing(entry.value)) return [];
  if (entry.value.kind === 'list') return entry.value.items;
  addValue(findings, entry.value, `${quoteText(entry.key)} needs a list.`, 'Begin each item with “- ”.');
  return [];
}

export interface TextAt {
  readonly text: string;
  readonly range: TextRange;
}

/** A text, or a list of texts. */
export function readTexts(findings: Findings, entry: SourceEntry | undefined): readonly TextAt[] {
  if (entry === undefined || isNothing(entry.value)) return [];
  const nodes = entry.value.kind === 'list' ? entry.value.items : [entry.value];
  return nodes.flatMap((node) => {
    const text = textOf(node);
    if (text !== null) return [{ text, range: node.range }];
    addValue(findings, node, `${quoteText(entry.key)} needs a text, or a list of texts.`);
    return [];
  });
}

export function readFlag(findings: Findings, entry: SourceEntry | undefined): boolean | undefined {
  const text = entry === undefined ? undefined : textOf(entry.value)?.toLowerCase();
  if (entry === undefined) return undefined;
  if (text === 'true' || text === 'yes' || text === 'on' || text === '1') return true;
  if (text === 'false' || text === 'no' || text === 'off' || text === '0') return false;
  addValue(findings, entry.value, `${quoteText(entry.key)} is true or false.`);
  return undefined;
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export function readInteger(findings: Findings, entry: SourceEntry | undefined, { min, max }: Bounds): number | undefined {
  return readAsNumber(findings, entry, /^-?\d{1,15}$/, { min, max, what: 'a whole number' });
}

export function readNumber(findings: Findings, entry: SourceEntry | undefined, { min, max }: Bounds): number | undefined {
  return readAsNumber(findings, entry, /^-?\d{1,15}(?:\.\d{1,15})?$/, { min, max, what: 'a number' });
}

function readAsNumber(
  findings: Findings,
  entry: SourceEntry | undefined,
  grammar: RegExp,
  { min, max, what }: Bounds & { readonly what: string },
): number | undefined {
  if (entry === undefined) return undefined;
  const text = textOf(entry.value)?.trim() ?? '';
  const value = Number(text);
  if (grammar.test(text) && value >= min && value <= max) return value;
  const limits = `from ${min.toLocaleString('en')} to ${max.toLocaleString('en')}`;
  addValue(findings, entry.value, `${quoteText(entry.key)} needs ${what} ${limits}, not ${quoteText(text)}.`);
  return undefined;
}

/** Bytes; text is given back as it was written. */
export function readBytes(findings: Findings, entry: SourceEntry | undefined, least = 1): TextAt | undefined {
  if (entry === undefined) return undefined;
  const text = textOf(entry.value)?.trim() ?? '';
  const bytes = parseBytes(text);
  if (bytes !== null && bytes >= least) return { text, range: entry.value.range };
  const hint = bytes === null ? undefined : `The least is ${least / 1024 / 1024} MiB.`;
  addValue(findings, entry.value, `${quoteText(entry.key)} needs a size such as 512m or 1gb, not ${quoteText(text)}.`, hint);
  return undefined;
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** `1m30s` in milliseconds; null when it is none. */
export function parseComposeDuration(text: string): number | null {
  if (!/^(?:\d{1,12}(?:\.\d{1,9})?(?:ns|us|µs|ms|s|m|h|d|w))+$/.test(text)) return null;
  let total = 0;
  for (const [, amount, unit = ''] of text.matchAll(/([\d.]+)([a-zµ]+)/g)) total += Number(amount) * (UNITS[unit] ?? 0);
  return Math.round(total);
}

/** A duration, as text that other blueprints understand too. */
export function readDuration(findings: Findings, entry: SourceEntry | undefined): (TextAt & { readonly ms: number }) | undefined {
  if (entry === undefined) return undefined;
  const text = textOf(entry.value)?.trim() ?? '';
  const ms = text === '0' ? 0 : parseComposeDuration(text);
  if (ms !== null) return { text: parseDurationMs(text) === ms && text !== '0' ? text : `${ms}ms`, ms, range: entry.value.range };
  const hint = /^\d+$/.test(text) ? `Write ${text}s for seconds.` : undefined;
  addValue(findings, entry.value, `${quoteText(entry.key)} needs a time such as 30s or 1m30s, not ${quoteText(text)}.`, hint);
  return undefined;
}

/** One of a map `KEY: value` or a list of `KEY=value`; null where there is no value. */
export interface Pair {
  readonly key: string;
  readonly value: string | null;
  readonly keyRange: TextRange;
  readonly range: TextRange;
}

/** Both forms in which Compose takes pairs. The last of a key counts. */
export function readPairs(findings: Findings, entry: SourceEntry | undefined): readonly Pair[] {
  if (entry === undefined || isNothing(entry.value)) return [];
  const pairs = new Map<string, Pair>();
  if (entry.value.kind === 'map') {
    for (const { key, range, value } of entry.value.entries.values()) {
      if (value.kind === 'scalar') pairs.set(key, { key, value: textOf(value), keyRange: range, range: value.range });
      else addValue(findings, value, `${quoteText(key)} needs a text, not a ${value.kind}.`);
    }
  } else {
    for (const { text, range } of readTexts(findings, entry)) {
      const at = text.indexOf('=');
      const key = at < 0 ? text : text.slice(0, at);
      pairs.set(key, { key, value: at < 0 ? null : text.slice(at + 1), keyRange: range, range });
    }
  }
  return [...pairs.values()];
}

/** Text as it is: what begins like a `$brooklyn:` expression is none in Compose. */
export function literalAt(range: TextRange, text: string): SourceNode {
  if (!text.startsWith('$brooklyn:')) return scalarAt(range, text);
  return mapAt(range, [{ key: '$brooklyn:literal', range, value: scalarAt(range, text) }]);
}
