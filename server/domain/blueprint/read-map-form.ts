import type { ConfigValue } from './config-value.ts';
import { DSL_PREFIX } from './dsl-functions.ts';
import type { ArgumentNode, CallNode, DslTree } from './dsl-tree.ts';
import { joinPath, quoteText } from './findings.ts';
import { OBJECT_KEY, SPEC_KEY, toNestedObject, toNestedSpec } from './nested-spec-node.ts';
import { parseDsl, parseDslKey } from './parse-dsl.ts';
import type { PlanState, ValuePlace } from './plan-state.ts';
import { locateIn, locateKey } from './scalar-offsets.ts';
import type { SourceEntry, SourceNode, SourceScalar } from './source-node.ts';

/** An expression in one text. Null, with a finding, when it cannot be read. */
export function readTextForm(node: SourceScalar, text: string, place: ValuePlace, state: PlanState): DslTree | null {
  const parsed = parseDsl(text, locateIn(node, state.findings));
  if (parsed.ok) return parsed.tree;
  state.findings.add(parsed.code, { range: parsed.range, path: place.path, message: parsed.message });
  return null;
}

/**
 * `$brooklyn:formatString: ["%s", $brooklyn:config("a")]`: a function as a key, its arguments below it as the items of a list or the
 * one value. Here every nested expression needs its own prefix. Null, with a finding, when it cannot be read.
 */
export function readMapForm(entry: SourceEntry, place: ValuePlace, state: PlanState): readonly CallNode[] | null {
  const key = parseDslKey(entry.key, locateKey(entry));
  if (!key.ok || key.open === null) {
    const refusal = key.ok
      ? { code: 'dsl-syntax' as const, range: entry.range, message: `${quoteText(entry.key)} takes nothing below it.` }
      : key;
    state.findings.add(refusal.code, { range: refusal.range, path: place.path, message: refusal.message });
    return null;
  }
  const at = { ...place, path: joinPath(place.path, entry.key) };
  const { name, nameRange } = key.open;
  if (name === 'chain' && key.tree.calls.length === 0) return readChain(entry.value, at, state);
  const args = toArguments(entry.value, name, at, state);
  return args && [...key.tree.calls, { name, nameRange, range: nameRange, args }];
}

function toArguments(node: SourceNode, name: string, place: ValuePlace, state: PlanState): readonly ArgumentNode[] | null {
  const nodes = node.kind === 'list' ? node.items : node.kind === 'scalar' && node.value === null ? [] : [node];
  const args = nodes.map((item, index) => {
    if (name === 'literal') return { kind: 'value' as const, range: item.range, value: asWritten(item) };
    return toArgument(item, { ...place, path: node.kind === 'list' ? joinPath(place.path, index) : place.path }, state);
  });
  return allOf(args);
}

function toArgument(node: SourceNode, place: ValuePlace, state: PlanState): ArgumentNode | null {
  const { range } = node;
  if (node.kind === 'list') {
    const items = allOf(node.items.map((item, index) => toArgument(item, { ...place, path: joinPath(place.path, index) }, state)));
    return items && { kind: 'list', range, items };
  }
  if (node.kind === 'scalar') {
    if (typeof node.value !== 'string' || !node.value.startsWith(DSL_PREFIX)) return { kind: 'value', range, value: node.value };
    const tree = readTextForm(node, node.value, place, state);
    return tree && { kind: 'expression', ...tree };
  }
  const entries = [...node.entries.values()];
  const [call, more] = entries;
  if (call?.key.startsWith(DSL_PREFIX) && more === undefined) {
    if (call.key === SPEC_KEY) return { kind: 'value', range, value: toNestedSpec({ node, path: place.path }, place, state) };
    if (call.key === OBJECT_KEY) return { kind: 'value', range, value: toNestedObject(call.value, place, state) };
    const calls = readMapForm(call, place, state);
    return calls && { kind: 'expression', range, calls };
  }
  const items = new Map<string, ArgumentNode>();
  for (const { key, value } of entries) {
    const item = toArgument(value, { ...place, path: joinPath(place.path, key) }, state);
    if (item === null) return null;
    items.set(key, item);
  }
  return { kind: 'map', range, entries: items };
}

/** `$brooklyn:chain: [first, {function: [arguments]}, "[0]"]`: the first is an expression, each other one is applied to what is before it. */
function readChain(node: SourceNode, place: ValuePlace, state: PlanState): readonly CallNode[] | null {
  const [first, ...rest] = node.kind === 'list' ? node.items : [node];
  const start = first === undefined ? null : toArgument(first, place, state);
  if (start?.kind !== 'expression') {
    const message = 'chain begins with an expression, such as $brooklyn:component("db").';
    if (start !== null || first === undefined)
      state.findings.add('dsl-arguments', { range: (first ?? node).range, path: place.path, message });
    return null;
  }
  const links = allOf(rest.map((link, index) => readLink(link, { ...place, path: joinPath(place.path, index + 1) }, state)));
  return links && [...start.calls, ...links.flat()];
}

const BEFORE_LINK = `${DSL_PREFIX}self()`;

function readLink(node: SourceNode, place: ValuePlace, state: PlanState): readonly CallNode[] | null {
  const [entry, more] = node.kind === 'map' ? node.entries.values() : [];
  if (entry !== undefined && more === undefined) {
    const args = toArguments(entry.value, entry.key, { ...place, path: joinPath(place.path, entry.key) }, state);
    return args && [{ name: entry.key, nameRange: entry.range, range: entry.range, args }];
  }
  if (node.kind === 'scalar' && typeof node.value === 'string' && /^\s*\[/.test(node.value)) {
    const parsed = parseDsl(BEFORE_LINK + node.value, () => node.range);
    if (parsed.ok) return parsed.tree.calls.slice(1);
  }
  const message = 'a link of a chain is {function: [arguments]}, or "[0]" or "[key]" in quotes.';
  state.findings.add('dsl-arguments', { range: node.range, path: place.path, message });
  return null;
}

function asWritten(node: SourceNode): ConfigValue {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(asWritten);
  return Object.fromEntries([...node.entries.values()].map(({ key, value }) => [key, asWritten(value)]));
}

function allOf<T>(items: readonly (T | null)[]): readonly T[] | null {
  const found = items.filter((item) => item !== null);
  return found.length === items.length ? found : null;
}
