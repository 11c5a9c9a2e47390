import { checkExpression } from './check-expression.ts';
import type { ConfigValue } from './config-value.ts';
import { constantText } from './constant-text.ts';
import { DSL_PREFIX } from './dsl-functions.ts';
import { type ArgumentNode, type CallNode, textArgument, toExpression } from './dsl-tree.ts';
import { ROOT_PATH } from './entity-path.ts';
import { joinPath, quoteText, type TextRange } from './findings.ts';
import { OBJECT_KEY, SPEC_KEY, toNestedObject, toNestedSpec } from './nested-spec-node.ts';
import { parseDslKey } from './parse-dsl.ts';
import type { PlanState, ValuePlace } from './plan-state.ts';
import { readMapForm, readTextForm } from './read-map-form.ts';
import { locateKey } from './scalar-offsets.ts';
import { scalarAt } from './source-builder.ts';
import type { SourceEntry, SourceMap, SourceNode } from './source-node.ts';

/** A value of the text as config; strings that begin with `$brooklyn:` and maps with one such key become deferred values. */
export function toConfigValue(node: SourceNode, place: ValuePlace, state: PlanState): ConfigValue {
  if (node.kind === 'list') {
    return node.items.map((item, index) => toConfigValue(item, { ...place, path: joinPath(place.path, index) }, state));
  }
  if (node.kind === 'map') return fromMap(node, place, state);
  if (typeof node.value !== 'string' || !node.value.startsWith(DSL_PREFIX)) return node.value;
  const tree = readTextForm(node, node.value, place, state);
  if (tree === null) return null;
  const [only, second] = tree.calls;
  const shorthand = only?.name === 'object' && second === undefined ? textArgument(only.args[0]) : null;
  if (shorthand !== null) return toNestedObject(scalarAt(tree.range, shorthand), place, state);
  return defer(tree.calls, tree.range, place, state);
}

function fromMap(node: SourceMap, place: ValuePlace, state: PlanState): ConfigValue {
  const entries = [...node.entries.values()];
  const call = entries.find((entry) => entry.key.startsWith(DSL_PREFIX));
  if (call === undefined) return Object.fromEntries(entries.map((entry) => [entry.key, below(entry, place, state)]));
  const key = parseDslKey(call.key, locateKey(call));
  if (key.ok && key.open === null) return withConstantKeys(entries, place, state);
  if (entries.length > 1) {
    const message = `${quoteText(call.key)} stands beside other keys; it must be the only one of its map.`;
    state.findings.add('dsl-siblings', { range: call.range, path: place.path, message });
    return null;
  }
  if (call.key === SPEC_KEY) return toNestedSpec({ node, path: place.path }, place, state);
  if (call.key === OBJECT_KEY) return toNestedObject(call.value, { ...place, path: joinPath(place.path, call.key) }, state);
  const calls = readMapForm(call, place, state);
  return calls === null ? null : defer(calls, node.range, place, state);
}

function below(entry: SourceEntry, place: ValuePlace, state: PlanState): ConfigValue {
  return toConfigValue(entry.value, { ...place, path: joinPath(place.path, entry.key) }, state);
}

/** `{ $brooklyn:sensor("url"): … }`: a key is an expression whose text is known now. */
function withConstantKeys(entries: readonly SourceEntry[], place: ValuePlace, state: PlanState): ConfigValue {
  const map: Record<string, ConfigValue> = {};
  for (const entry of entries) {
    const key = entry.key.startsWith(DSL_PREFIX) ? constantKey(entry, place, state) : entry.key;
    if (key !== null) map[key] = below(entry, place, state);
  }
  return map;
}

function constantKey(entry: SourceEntry, place: ValuePlace, state: PlanState): string | null {
  const parsed = parseDslKey(entry.key, locateKey(entry));
  if (!parsed.ok) {
    state.findings.add(parsed.code, { range: parsed.range, path: place.path, message: parsed.message });
    return null;
  }
  const problems = report(parsed.tree.calls, place, state);
  const text = problems ? undefined : constantText({ $dsl: toExpression(parsed.tree.calls) });
  if (text === undefined && !problems) {
    const message = `${quoteText(entry.key)} is a key, and its text is known only later.`;
    const hint = 'Keys may be literal("…"), sensor("…") and formatString of texts.';
    state.findings.add('dsl-unsupported', { range: entry.range, path: place.path, message, hint });
  }
  return text ?? null;
}

function defer(written: readonly CallNode[], range: TextRange, place: ValuePlace, state: PlanState): ConfigValue {
  const { owner, key, path, adjunct } = place;
  const isRight = !report(written, place, state);
  const calls = withScope(written, place.scope?.root ?? ROOT_PATH);
  if (isRight) state.uses.push({ tree: { range, calls }, owner, key, path, ...(adjunct ? { adjunct } : {}) });
  return { $dsl: toExpression(calls) };
}

/** `scopeRoot()` is where the text stands, not the entity that it is about: its path goes along as an argument. */
function withScope(calls: readonly CallNode[], root: string): readonly CallNode[] {
  return calls.map((call, index) => {
    const isScoped = call.name === 'scopeRoot' && call.args.length === 0 && index === 0;
    if (isScoped) return { ...call, args: [{ kind: 'value', range: call.nameRange, value: root }] };
    return call.args.length === 0 ? call : { ...call, args: call.args.map((argument) => inScope(argument, root)) };
  });
}

function inScope(node: ArgumentNode, root: string): ArgumentNode {
  switch (node.kind) {
    case 'value':
      return node;
    case 'expression':
      return { ...node, calls: withScope(node.calls, root) };
    case 'list':
      return { ...node, items: node.items.map((item) => inScope(item, root)) };
    case 'map':
      return { ...node, entries: new Map([...node.entries].map(([key, item]) => [key, inScope(item, root)])) };
  }
}

/** True when something was found. */
function report(calls: readonly CallNode[], { path }: ValuePlace, state: PlanState): boolean {
  const problems = checkExpression(calls);
  for (const { code, ...details } of problems) state.findings.add(code, { ...details, path });
  return problems.length > 0;
}
