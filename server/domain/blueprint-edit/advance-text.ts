import { checkText, countYamlTokens, YAML_LIMITS } from '../blueprint/check-yaml-tokens.ts';
import { createFindings } from '../blueprint/findings.ts';
import { parseCheckedYaml } from '../blueprint/read-yaml.ts';
import { NO_LINKS } from './anchor-links.ts';
import { buildTree } from './build-tree.ts';
import { type EditableText, linkText, type OpenedText, readText } from './editable-text.ts';
import { itemAt, type Place, rootPlace, startOf, valuePlace } from './place.ts';
import { applyEdits, type TextEdit, type TextEdits } from './text-edit.ts';
import { contentStart, isBlankLine, isCommentLine, lineStart } from './text-lines.ts';
import { withItems, type YamlCollection, type YamlItem, type YamlNode } from './yaml-tree.ts';

/** The text after edits, as `openText` would read it. */
export function advanceText(source: EditableText, edits: TextEdits): OpenedText {
  const advanced = advanceUnlinked(source, edits);
  return advanced.ok ? linkText(advanced.source) : advanced;
}

/**
 * The text after edits with its aliases not followed. Only the items around each edit are parsed again where that must give the
 * same, which is the rule; all other items keep their trees.
 */
export function advanceUnlinked(source: EditableText, edits: TextEdits): OpenedText {
  let text: string = source.text;
  let parsed: Parsed = { root: source.root, tokens: source.tokens };
  for (const edit of joinNear(source.text, edits).toReversed()) {
    const before = text;
    text = applyEdits(before, [edit]);
    const next = parseAround(parsed, { before, after: text, edit, tail: source.tail });
    if (next === null) return readText(applyEdits(source.text, edits));
    parsed = next;
  }
  if (exceedsLimits(text, parsed)) return readText(text);
  return { ok: true, source: { ...source, text, root: parsed.root, links: NO_LINKS, tokens: parsed.tokens } };
}

/** Edits close together as one: with only some of them made, the text may be no YAML. */
function joinNear(text: string, edits: TextEdits): TextEdits {
  const joined: TextEdit[] = [];
  for (const edit of edits) {
    const last = joined.at(-1);
    if (last === undefined || edit.start - last.end > 1000) joined.push(edit);
    else joined[joined.length - 1] = { start: last.start, end: edit.end, text: last.text + text.slice(last.end, edit.start) + edit.text };
  }
  return joined;
}

interface Parsed {
  readonly root: YamlNode | null;
  readonly tokens: number;
}

interface Change {
  readonly before: string;
  readonly after: string;
  readonly edit: TextEdit;
  readonly tail: number;
}

/** Whole lines of the text before that hold whole items of a block style collection. */
interface Window {
  readonly collection: Place<YamlCollection>;
  readonly first: number;
  /** Index after the last item. */
  readonly last: number;
  readonly start: number;
  readonly end: number;
}

function exceedsLimits(text: string, { root, tokens }: Parsed): boolean {
  if (tokens > YAML_LIMITS.tokens || text.length > YAML_LIMITS.bytes || (root?.depth ?? 0) > YAML_LIMITS.depth) return true;
  return text.length * 3 > YAML_LIMITS.bytes && new TextEncoder().encode(text).length > YAML_LIMITS.bytes;
}

function parseAround({ root, tokens }: Parsed, change: Change): Parsed | null {
  const window = root === null ? null : findWindow(rootPlace(root), change);
  if (window === null) return null;
  const grown = change.edit.text.length - (change.edit.end - change.edit.start);
  const fragment = change.after.slice(window.start, window.end + grown);
  if (!isWholeLines(fragment, window, change)) return null;
  const removed = countTokens(change.before.slice(window.start, window.end));
  const added = countTokens(fragment);
  const items = removed === null || added === null ? null : parseItems(fragment, window);
  if (items === null || removed === null || added === null) return null;
  const all = window.collection.node.items;
  const shifted = all.slice(window.last).map((item) => ({ ...item, at: item.at + grown }));
  const changed = [...all.slice(0, window.first), ...items, ...shifted];
  if (changed.length === 0 || changed.length > YAML_LIMITS.keysPerMap) return null;
  return { root: replaceUpwards(window.collection, withItems(window.collection.node, changed), grown), tokens: tokens - removed + added };
}

/** The innermost items that have the edit between them, with one more on each side that it touches. */
function findWindow(place: Place, change: Change): Window | null {
  let bound = change.before.length - change.tail;
  let found: Window | null = null;
  for (let at: Place | null = place; at !== null; ) {
    const window = windowIn(at, bound, change);
    if (window === null) break;
    found = window;
    const only = window.last - window.first === 1 ? itemAt(window.collection, window.first) : null;
    at = only === null ? null : valuePlace(only);
    bound = window.end;
  }
  return found;
}

function windowIn({ node, ...place }: Place, bound: number, { before, edit }: Change): Window | null {
  if ((node.kind !== 'map' && node.kind !== 'list') || node.style !== 'block') return null;
  const collection: Place<YamlCollection> = { ...place, node };
  const begins = (index: number) => (index < node.items.length ? firstLine(before, collection, index) : bound);
  const top = begins(0);
  if (top === null || edit.start < top || edit.end > bound) return null;
  let first = lastIndexAtOrBefore(collection, edit.start);
  while (first > 0 && (begins(first) ?? 0) >= edit.start) first -= 1;
  let last = first + 1;
  while (last < node.items.length && (begins(last) ?? 0) <= edit.end) last += 1;
  return { collection, first, last, start: begins(first) ?? top, end: begins(last) ?? bound };
}

/** Of the item with the comments directly above it that are not further to the right. Null for an inline item. */
function firstLine(text: string, collection: Place<YamlCollection>, index: number): number | null {
  const item = itemAt(collection, index);
  if (item === null) return null;
  const start = startOf(item);
  let line = lineStart(text, start);
  if (contentStart(text, line) < start) return null;
  const { column } = collection.node;
  while (line > 0) {
    const above = lineStart(text, line - 1);
    if (above >= line || !isCommentLine(text, above) || contentStart(text, above) - above > column) break;
    line = above;
  }
  return line;
}

function lastIndexAtOrBefore({ base, node }: Place<YamlCollection>, offset: number): number {
  let low = 0;
  let high = node.items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (base + (node.items[middle]?.at ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * True when the lines mean by themselves what they mean in the text: the item before them cannot go on into them, nor they into
 * what follows, and they hold no marker of documents.
 */
function isWholeLines(fragment: string, { collection, first, start, end }: Window, { before, tail }: Change): boolean {
  if (fragment === '') return true;
  // Behind a byte order mark the parser counts columns otherwise.
  if (start <= 1 && before.startsWith('\ufeff')) return false;
  if (/^(?:---|\.\.\.|%|\ufeff)/m.test(fragment)) return false;
  if (!fragment.endsWith('\n') && (end < before.length || tail > 0)) return false;
  if (first === 0) return true;
  const indent = contentStart(fragment, 0);
  return (
    !isBlankLine(fragment, 0) && (indent === collection.node.column || (isCommentLine(fragment, 0) && indent < collection.node.column))
  );
}

function countTokens(text: string): number | null {
  const findings = createFindings({ text });
  return checkText(text, findings) ? countYamlTokens(text, findings) : null;
}

/** The items of the lines, counted as those of the collection are. Null when they are no such items. */
function parseItems(fragment: string, { collection, start }: Window): readonly YamlItem[] | null {
  const document = parseCheckedYaml(fragment, createFindings({ text: fragment }), { keepSourceTokens: true });
  if (document === null) return null;
  const root = buildTree(document.contents, fragment, collection.base - start);
  if (root === null) return [];
  const { node } = collection;
  if (root.kind !== node.kind || root.style !== 'block' || root.column !== node.column || root.anchor !== null) return null;
  return root.items;
}

/** The tree with another node at a place; what stands after it has moved. */
function replaceUpwards(place: Place, node: YamlNode, grown: number): YamlNode {
  if (place.above === null) return node;
  const { collection, index } = place.above;
  const items = collection.node.items.map((item, at) => {
    if (at === index) return { ...item, value: node };
    return at < index ? item : { ...item, at: item.at + grown };
  });
  return replaceUpwards(collection, withItems(collection.node, items), grown);
}
