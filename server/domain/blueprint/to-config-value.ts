import { checkExpression } from './check-expression.ts';
import type { ConfigValue, Deferred, DslCall } from './config-value.ts';
import { DSL_PREFIX, UNSUPPORTED_DSL_FUNCTIONS } from './dsl-functions.ts';
import { joinPath, quoteText, type TextRange } from './findings.ts';
import { SPEC_KEY, toNestedSpec } from './nested-spec-node.ts';
import { type DslArgument, formatDsl, parseDsl, parseDslKey } from './parse-dsl.ts';
import type { PlanState, ValuePlace } from './plan-state.ts';
import type { SourceMap, SourceNode } from './source-node.ts';

/** A value of the text as config; strings that begin with `$brooklyn:` and maps with one such key become deferred values. */
export function toConfigValue(node: SourceNode, place: ValuePlace, state: PlanState): ConfigValue {
  if (node.kind === 'list') {
    return node.items.map((item, index) => toConfigValue(item, { ...place, path: joinPath(place.path, index) }, state));
  }
  if (node.kind === 'map') return fromMap(node, place, state);
  if (typeof node.value !== 'string' || !node.value.startsWith(DSL_PREFIX)) return node.value;
  const parsed = parseDsl(node.value);
  if (parsed.ok) return defer(parsed.expression.calls, node.range, place, state);
  const from = node.range.start + (node.plain ? 0 : 1) + parsed.offset;
  const start = Math.min(from, Math.max(node.range.start, node.range.end - 1));
  state.findings.add(parsed.code, { range: { start, end: node.range.end }, path: place.path, message: parsed.message });
  return null;
}

function fromMap(node: SourceMap, place: ValuePlace, state: PlanState): ConfigValue {
  const keys = [...node.entries.values()];
  const call = keys.find((entry) => entry.key.startsWith(DSL_PREFIX));
  if (call === undefined) {
    return Object.fromEntries(
      keys.map(({ key, value }) => [key, toConfigValue(value, { ...place, path: joinPath(place.path, key) }, state)]),
    );
  }
  if (keys.length > 1) {
    const message = `${quoteText(call.key)} stands beside other keys; it must be the only one of its map.`;
    state.findings.add('dsl-siblings', { range: call.range, path: place.path, message });
    return null;
  }
  if (call.key === SPEC_KEY) return toNestedSpec({ node, path: place.path }, place, state);
  if (call.key === OBJECT_KEY) return toNestedObject(call.value, { ...place, path: joinPath(place.path, call.key) }, state);
  const parsed = parseDslKey(call.key);
  if (!parsed.ok) {
    state.findings.add(parsed.code, { range: call.range, path: place.path, message: parsed.message });
    return null;
  }
  if (UNSUPPORTED_DSL_FUNCTIONS.has(parsed.open)) return unsupported(node, parsed.open, place, state);
  const args = toArguments(call.value, parsed.open, { ...place, path: joinPath(place.path, call.key) }, state);
  return args === null ? null : defer([...parsed.calls, { name: parsed.open, args }], node.range, place, state);
}

const OBJECT_KEY = `${DSL_PREFIX}object`;

function toNestedObject(node: SourceNode, place: ValuePlace, state: PlanState): ConfigValue {
  const object = state.builders.object(node, place);
  return object === null ? null : { $object: object };
}

/** Brooklyn’s functions that are not evaluated, such as `object`: kept as they are written. */
function unsupported(node: SourceMap, name: string, place: ValuePlace, state: PlanState): ConfigValue {
  for (const { code, message, hint } of checkExpression({ text: name, calls: [{ name, args: [] }] })) {
    if (!place.opaque) state.findings.add(code, { range: node.range, path: place.path, message, hint });
  }
  const below = [...node.entries.values()].map(({ key, value }) => [
    key,
    toConfigValue(value, { ...place, path: joinPath(place.path, key) }, state),
  ]);
  return Object.fromEntries(below);
}

/** The items of a list, or the one value; nested expressions need the prefix here. */
function toArguments(node: SourceNode, name: string, place: ValuePlace, state: PlanState): readonly DslArgument[] | null {
  const nodes = node.kind === 'list' ? node.items : node.kind === 'scalar' && node.value === null ? [] : [node];
  const args: DslArgument[] = [];
  for (const item of nodes) {
    if (item.kind !== 'scalar') {
      const message = `${name} takes texts, numbers and expressions here, not a ${item.kind}.`;
      state.findings.add('dsl-arguments', { range: item.range, path: place.path, message });
      return null;
    }
    if (typeof item.value !== 'string' || !item.value.startsWith(DSL_PREFIX) || name === 'literal') args.push(item.value);
    else {
      const parsed = parseDsl(item.value);
      if (!parsed.ok) {
        state.findings.add(parsed.code, { range: item.range, path: place.path, message: parsed.message });
        return null;
      }
      const { calls } = parsed.expression;
      args.push({ text: formatDsl(calls, false), calls });
    }
  }
  return args;
}

function defer(calls: readonly DslCall[], range: TextRange, place: ValuePlace, state: PlanState): Deferred {
  const expression = { text: formatDsl(calls), calls };
  const problems = checkExpression(expression);
  for (const { code, message, hint } of problems)
    if (!place.opaque || code !== 'dsl-unsupported') state.findings.add(code, { range, path: place.path, message, hint });
  const { owner, key, path, adjunct } = place;
  if (problems.length === 0) state.uses.push({ expression, owner, key, range, path, ...(adjunct ? { adjunct } : {}) });
  return { $dsl: expression };
}
