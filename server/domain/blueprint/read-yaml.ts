import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { addTooDeep, checkText, checkYamlTokens, YAML_LIMITS } from './check-yaml-tokens.ts';
import { type Findings, joinPath, quoteText, type TextRange } from './findings.ts';
import { didYouMean } from './nearest-name.ts';
import { parseBoundedYaml } from './parse-bounded-yaml.ts';
import { readPlainYaml } from './read-plain-yaml.ts';
import { isReservedKey } from './reserved-keys.ts';
import { type SourceEntry, type SourceNode, textOf } from './source-node.ts';
import { toSourceScalar } from './to-source-scalar.ts';
import { yamlHint } from './yaml-hint.ts';

/**
 * Reads one YAML 1.2 document (core schema) with the place of each value. Aliases and merge keys are resolved here, within
 * limits, so that the library's own resolution, which is quadratic, is never used. Null when the text cannot be read.
 * `tags`: those that are accepted and kept, `!reset`.
 */
export function readYaml(text: string, findings: Findings, tags: readonly string[] = []): SourceNode | null {
  if (!checkText(text, findings)) return null;
  return readPlainYaml(text, findings) ?? readWithLibrary(text, findings, tags);
}

/** What `readPlainYaml` leaves, and what it is compared with. The text has been checked for size and characters. */
export function readWithLibrary(text: string, findings: Findings, tags: readonly string[]): SourceNode | null {
  if (!checkYamlTokens(text, findings, tags)) return null;
  const document = parseCheckedYaml(text, findings);
  if (document === null) return null;
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    findings.add('document-empty', { range: { start: 0, end: 0 }, path: '', message: 'The text holds no blueprint.' });
    return null;
  }
  const reader: Reader = { findings, anchors: new Map(), open: new Set(), values: 0, stopped: false };
  const node = readNode(document.contents, '', 1, reader);
  return reader.stopped ? null : node;
}

/** Parses text that `checkYamlTokens` let through. Null, with findings, when it is not YAML. */
export function parseCheckedYaml(text: string, findings: Findings, options: { readonly keepSourceTokens?: boolean } = {}): Document | null {
  const parsed = parseBoundedYaml(text, { ...OPTIONS, ...options });
  if (!parsed.ok) {
    addTooDeep(text, { start: parsed.tooDeepAt, end: parsed.tooDeepAt }, findings);
    return null;
  }
  const { document } = parsed;
  for (const error of document.errors) addSyntaxError(error, text, findings);
  return document.errors.length > 0 ? null : document;
}

const OPTIONS = {
  version: '1.2',
  schema: 'core',
  merge: false,
  uniqueKeys: false,
  intAsBigInt: true,
} as const;

interface Reader {
  readonly findings: Findings;
  readonly anchors: Map<string, SourceNode>;
  /** Anchors whose value is being read. */
  readonly open: Set<string>;
  values: number;
  stopped: boolean;
}

const NOTHING: TextRange = { start: 0, end: 0 };

function addSyntaxError(
  error: { readonly code: string; readonly message: string; readonly pos: readonly [number, number] },
  text: string,
  findings: Findings,
): void {
  const range = { start: error.pos[0], end: error.pos[1] };
  if (error.code === 'TAB_AS_INDENT') {
    const hint = 'Convert tabs to spaces.';
    findings.add('yaml-tab', { range, path: '', message: 'A tab is used for indentation.', hint, fix: { title: hint, text: '  ' } });
  } else if (error.code === 'MULTIPLE_DOCS') {
    findings.add('document-many', { range, path: '', message: 'A second document begins here.', hint: 'Deploy each by itself.' });
  } else {
    findings.add('yaml-syntax', { range, path: '', message: sentence(error.message), hint: yamlHint(text, range.start, error.code) });
  }
}

function sentence(message: string): string {
  return /[.?!]$/.test(message) ? message : `${message}.`;
}

function readNode(node: unknown, path: string, depth: number, reader: Reader): SourceNode {
  if (isAlias(node)) return readAlias(node, path, depth, reader);
  const anchor = anchorOf(node);
  if (anchor !== undefined) reader.open.add(anchor);
  const tag = tagOf(node);
  const untagged = readPlain(tag === undefined ? node : withoutTag(node), path, depth, reader);
  const read = tag === undefined ? untagged : { ...untagged, tag };
  if (anchor !== undefined) {
    reader.open.delete(anchor);
    reader.anchors.set(anchor, read);
  }
  count(1, read.range, path, reader);
  return read;
}

function readPlain(node: unknown, path: string, depth: number, reader: Reader): SourceNode {
  if (isScalar(node)) {
    const read = { value: node.value, plain: node.type === 'PLAIN', source: node.source ?? '' };
    return toSourceScalar(read, rangeOf(node), path, reader.findings);
  }
  if (isSeq(node)) {
    const items = node.items.map((item, index) => readNode(item, joinPath(path, index), depth + 1, reader));
    return { kind: 'list', range: collectionRange(node, items), items, values: sum(items) + 1, depth: deepest(items) + 1 };
  }
  if (isMap(node)) return readMap(node, path, depth, reader);
  return { kind: 'scalar', range: NOTHING, value: null, plain: true, source: '', values: 1, depth: 1 };
}

function readMap(map: YAMLMap, path: string, depth: number, reader: Reader): SourceNode {
  const entries = new Map<string, SourceEntry>();
  const merged: SourceEntry[] = [];
  if (map.items.length > YAML_LIMITS.keysPerMap) {
    const message = `The map has ${map.items.length.toLocaleString('en')} keys; the limit is ${YAML_LIMITS.keysPerMap.toLocaleString('en')}.`;
    reader.findings.add('keys-too-many', { range: rangeOf(map), path, message, hint: 'Split it.' });
    reader.stopped = true;
    return { kind: 'map', range: rangeOf(map), entries, values: 1, depth: 1 };
  }
  for (const pair of map.items) {
    const key = readKey(pair, path, reader);
    if (key === null) continue;
    const keyPath = joinPath(path, key.text);
    const value = readNode(pair.value, keyPath, depth + 1, reader);
    if (key.text === '<<' && key.plain) {
      merged.push(...readMerge(value, path, reader));
      continue;
    }
    const earlier = entries.get(key.text);
    if (earlier !== undefined && !addRepeated({ earlier, again: key, path, map }, reader)) continue;
    entries.set(key.text, { key: key.text, range: key.range, value });
  }
  for (const entry of merged) if (!entries.has(entry.key)) entries.set(entry.key, entry);
  const children = [...entries.values()].map((entry) => entry.value);
  return { kind: 'map', range: collectionRange(map, children), entries, values: sum(children) + 1, depth: deepest(children) + 1 };
}

interface ReadKey {
  readonly text: string;
  readonly plain: boolean;
  readonly range: TextRange;
}

/** True when the later of two values counts, as in Brooklyn: of a config key. Anywhere else that would change what is meant unseen. */
function addRepeated(
  { earlier, again, path, map }: { readonly earlier: SourceEntry; readonly again: ReadKey; readonly path: string; readonly map: YAMLMap },
  reader: Reader,
): boolean {
  const key = quoteText(again.text);
  const keyPath = joinPath(path, again.text);
  if (!isConfigMap(path) || isStructural(again.text)) {
    reader.findings.add('key-duplicate', { range: again.range, path: keyPath, message: `The key ${key} occurs twice in this map.` });
    return false;
  }
  const later = reader.findings.full ? undefined : map.items.find((pair) => rangeOf(pair.key).start > earlier.range.start);
  const next = later && rangeOf(later.key).start;
  const removable = next !== undefined && isPlainlyWithin(earlier, next, reader);
  const dropped = earlier.value.kind === 'scalar' ? quoteText(textOf(earlier.value) ?? 'null') : `a ${earlier.value.kind}`;
  reader.findings.add('key-repeated', {
    range: removable ? { start: earlier.range.start, end: next } : earlier.range,
    path: keyPath,
    message: `${key} is given again below, and the last one counts: ${dropped} is dropped.`,
    hint: 'Keep one, or correct the name of the other.',
    ...(removable ? { fix: { title: 'Remove the one that is dropped', text: '' } } : {}),
  });
  return true;
}

/** False for an alias, whose value stands elsewhere, and for what holds an anchor that may be named later. */
function isPlainlyWithin({ range, value }: SourceEntry, end: number, reader: Reader): boolean {
  const anchored = [...reader.anchors.values()].some((node) => node.range.start >= range.end && node.range.end <= end);
  return !anchored && value.range.start >= range.end && value.range.end <= end;
}

/** Told from the path: within `brooklyn.config` or `brooklyn.flags`, and not within a service or object that stands in there. */
function isConfigMap(path: string): boolean {
  const last = (...markers: readonly string[]) => Math.max(...markers.map((marker) => path.lastIndexOf(marker)));
  return last('brooklyn.config', 'brooklyn.flags') > last('$brooklyn:entitySpec', '$brooklyn:object');
}

function isStructural(key: string): boolean {
  return /^(?:type|serviceType|service_type|services|memberSpec|firstMemberSpec|\$?brooklyn[.:].*|dynamiccluster\..*memberspec)$/.test(key);
}

function readKey(pair: Pair, path: string, reader: Reader): ReadKey | null {
  const node: unknown = pair.key;
  const range = rangeOf(node);
  if (!isScalar(node)) {
    reader.findings.add('key-not-text', { range, path, message: 'A key must be plain text, not a map, list or alias.' });
    return null;
  }
  const text = keyText(node);
  if (isReservedKey(text)) {
    reader.findings.add('key-reserved', {
      range,
      path: joinPath(path, text),
      message: `The key ${quoteText(text)} is reserved.`,
      hint: 'Choose another.',
    });
    return null;
  }
  return { text, plain: node.type === 'PLAIN', range };
}

function keyText(node: Scalar): string {
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}

/** `<<: *base` or `<<: [*a, *b]`: keys of maps, those of the first map first. */
function readMerge(node: SourceNode, path: string, reader: Reader): readonly SourceEntry[] {
  const maps = node.kind === 'list' ? node.items : [node];
  if (maps.length > YAML_LIMITS.mergesPerMap) {
    const message = `${maps.length} maps are merged; the limit is ${YAML_LIMITS.mergesPerMap}.`;
    reader.findings.add('merge-limit', { range: node.range, path, message });
    return [];
  }
  return maps.flatMap((map) => {
    if (map.kind === 'map') return [...map.entries.values()];
    reader.findings.add('value-kind', { range: map.range, path, message: 'Only maps can be merged with `<<`.' });
    return [];
  });
}

function readAlias(alias: Alias, path: string, depth: number, reader: Reader): SourceNode {
  const range = rangeOf(alias);
  const target = reader.anchors.get(alias.source);
  const name = quoteText(`*${alias.source}`);
  if (reader.open.has(alias.source)) {
    reader.findings.add('anchor-cycle', { range, path, message: `${name} stands inside the value that it names.` });
    reader.stopped = true;
  } else if (target === undefined) {
    const hint = didYouMean(alias.source, reader.anchors.keys());
    reader.findings.add('anchor-unknown', { range, path, message: `${name} names no anchor defined before it.`, hint });
    reader.stopped = true;
  } else if (depth + target.depth > YAML_LIMITS.depth) {
    const message = `With ${name} expanded the text is nested deeper than ${YAML_LIMITS.depth}.`;
    reader.findings.add('too-deep', { range, path, message });
    reader.stopped = true;
  } else if (count(target.values, range, path, reader, alias.source)) return target;
  return { kind: 'scalar', range, value: null, plain: true, source: '', values: 1, depth: 1 };
}

/** False, with one finding, once the text has more values than a blueprint may have. */
function count(values: number, range: TextRange, path: string, reader: Reader, anchor?: string): boolean {
  reader.values += values;
  if (reader.values <= YAML_LIMITS.values) return true;
  if (!reader.stopped) {
    const limit = YAML_LIMITS.values.toLocaleString('en');
    const message = anchor
      ? `Expanding ${quoteText(`*${anchor}`)} gives more than ${limit} values.`
      : `The text has more than ${limit} values.`;
    reader.findings.add(anchor ? 'alias-limit' : 'too-large', { range, path, message });
  }
  reader.stopped = true;
  return false;
}

function tagOf(node: unknown): string | undefined {
  const tag = isScalar(node) || isSeq(node) || isMap(node) ? node.tag : undefined;
  return tag?.startsWith('!') ? tag : undefined;
}

/** The library takes a scalar with a tag for text: what it is without the tag. */
function withoutTag(node: unknown): unknown {
  if (!isScalar(node) || node.type !== 'PLAIN') return node;
  const content = parseDocument(node.source ?? '', { ...OPTIONS, prettyErrors: false, logLevel: 'error' }).contents;
  const plain = new Scalar(isScalar(content) ? content.value : node.value);
  return Object.assign(plain, { type: node.type, source: node.source, range: node.range });
}

function anchorOf(node: unknown): string | undefined {
  return isScalar(node) || isSeq(node) || isMap(node) ? node.anchor : undefined;
}

function rangeOf(node: unknown): TextRange {
  const range = isScalar(node) || isSeq(node) || isMap(node) || isAlias(node) ? (node satisfies Node).range : null;
  return range ? { start: range[0], end: range[1] } : NOTHING;
}

/** Of a block collection up to its last value, without the comments and blank lines behind it. */
function collectionRange(node: YAMLMap | YAMLSeq, children: readonly SourceNode[]): TextRange {
  const range = rangeOf(node);
  return { start: range.start, end: node.flow === true ? range.end : (children.at(-1)?.range.end ?? range.end) };
}

function sum(nodes: readonly SourceNode[]): number {
  let values = 0;
  for (const node of nodes) values += node.values;
  return values;
}

function deepest(nodes: readonly SourceNode[]): number {
  let depth = 0;
  for (const node of nodes) depth = Math.max(depth, node.depth);
  return depth;
}
