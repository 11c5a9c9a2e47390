import type { DslCall, DslExpression } from '../blueprint/config-value.ts';
import { DSL_PREFIX } from '../blueprint/dsl-functions.ts';
import { type DslArgument, formatDsl, isDslExpression, parseDsl, parseDslKey } from '../blueprint/parse-dsl.ts';
import { type EditValue, isList } from './written-node.ts';
import type { YamlPath } from './yaml-path.ts';

/** A `$brooklyn:` expression in a value. */
export interface ExpressionUse {
  readonly calls: readonly DslCall[];
  readonly at: YamlPath;
  /** It is the key at that path, with the value as its arguments; or it is the value. */
  readonly written: 'key' | 'value';
}

/** All expressions in a value, also those in keys such as `$brooklyn:formatString:`. What cannot be read is none. */
export function expressionsIn(value: EditValue, at: YamlPath): readonly ExpressionUse[] {
  if (typeof value === 'string') {
    const parsed = value.startsWith(DSL_PREFIX) ? parseDsl(value) : null;
    return parsed?.ok ? [{ calls: parsed.expression.calls, at, written: 'value' }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (isList(value)) return value.flatMap((item, index) => expressionsIn(item, [...at, index]));
  return Object.entries(value).flatMap(([key, below]) => {
    const path = [...at, key];
    const parsed = key.startsWith(DSL_PREFIX) ? parseDslKey(key) : null;
    const open: readonly ExpressionUse[] = parsed?.ok
      ? [{ calls: [...parsed.calls, { name: parsed.open, args: plainArguments(below) }], at: path, written: 'key' }]
      : [];
    return [...open, ...expressionsIn(below, path)];
  });
}

/** Arguments that stand below a key; expressions among them are found by themselves. */
function plainArguments(value: EditValue): readonly DslArgument[] {
  const all = isList(value) ? value : [value];
  return all.flatMap((one) => (one === null || typeof one !== 'object' ? [one] : []));
}

/** Functions whose last argument is an id. */
const BY_ID: ReadonlySet<string> = new Set(['component', 'entity', 'child', 'sibling', 'descendant', 'ancestor']);

/**
 * The expression, or the beginning of one that is a key, with another id wherever it names an entity by `id`. As it was written
 * but for the ids; where that is not possible, in the way that expressions are printed. Null when it cannot be read.
 */
export function renameInExpression(text: string, id: string, fresh: string): string | null {
  const tail = '("")';
  const closed = parseDsl(text).ok ? text : `${text}${tail}`;
  const parsed = parseDsl(closed);
  if (!parsed.ok) return null;
  const wanted = formatDsl(renameCalls(parsed.expression.calls, id, fresh));
  const escaped = id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const scope = '(?:(?:"[^"]*"|[^\\s,()"]+)\\s*,\\s*)?';
  const named = new RegExp(`(\\b(?:${[...BY_ID].join('|')})\\(\\s*${scope})(?:"${escaped}"|${escaped})(?=\\s*\\))`, 'g');
  const written = closed.replace(named, (_, before: string) => `${before}${JSON.stringify(fresh)}`);
  const read = parseDsl(written);
  const renamed = read.ok && formatDsl(read.expression.calls) === wanted ? written : wanted;
  return closed === text ? renamed : renamed.slice(0, renamed.length - tail.length);
}

function renameCalls(calls: readonly DslCall[], id: string, fresh: string): readonly DslCall[] {
  return calls.map((call) => ({
    name: call.name,
    args: call.args.map((argument, index) => {
      if (isDslExpression(argument)) return renameIn(argument, id, fresh);
      return BY_ID.has(call.name) && index === call.args.length - 1 && argument === id ? fresh : argument;
    }),
  }));
}

function renameIn(expression: DslExpression, id: string, fresh: string): DslExpression {
  const calls = renameCalls(expression.calls, id, fresh);
  return { text: formatDsl(calls, false), calls };
}
