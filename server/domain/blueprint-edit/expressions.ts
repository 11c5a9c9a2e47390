import type { ConfigValue, DslCall } from '../blueprint/config-value.ts';
import { DSL_PREFIX } from '../blueprint/dsl-functions.ts';
import { type CallNode, nestedExpressions, textArgument, toExpression } from '../blueprint/dsl-tree.ts';
import type { TextRange } from '../blueprint/findings.ts';
import { parseDsl, parseDslKey } from '../blueprint/parse-dsl.ts';
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
    return parsed?.ok ? [{ calls: toExpression(parsed.tree.calls).calls, at, written: 'value' }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (isList(value)) return value.flatMap((item, index) => expressionsIn(item, [...at, index]));
  return Object.entries(value).flatMap(([key, below]) => {
    const path = [...at, key];
    const parsed = key.startsWith(DSL_PREFIX) ? parseDslKey(key) : null;
    if (!parsed?.ok) return expressionsIn(below, path);
    const open = parsed.open === null ? [] : [{ name: parsed.open.name, args: plainArguments(below) }];
    const calls = [...toExpression(parsed.tree.calls).calls, ...open];
    const use: ExpressionUse = { calls, at: path, written: 'key' };
    return [use, ...expressionsIn(below, path)];
  });
}

/** Arguments that stand below a key; expressions among them are found by themselves. */
function plainArguments(value: EditValue): readonly ConfigValue[] {
  const all = isList(value) ? value : [value];
  return all.flatMap((one) => (one === null || typeof one !== 'object' ? [one] : []));
}

/** Functions whose last argument is an id. */
const BY_ID: ReadonlySet<string> = new Set(['component', 'entity', 'child', 'sibling', 'descendant', 'ancestor']);

/**
 * The expression, or the beginning of one that is a key, with another id wherever it names an entity by `id`; all else as it was
 * written. Null when it cannot be read.
 */
export function renameInExpression(text: string, id: string, fresh: string): string | null {
  const parsed = parseDslKey(text);
  if (!parsed.ok) return null;
  const places = idsIn(parsed.tree.calls, id).sort((a, b) => b.start - a.start);
  return places.reduce((result, { start, end }) => result.slice(0, start) + JSON.stringify(fresh) + result.slice(end), text);
}

function idsIn(calls: readonly CallNode[], id: string): TextRange[] {
  return calls.flatMap(({ name, args }) => {
    const last = args.at(-1);
    const own = BY_ID.has(name) && last !== undefined && textArgument(last) === id ? [last.range] : [];
    const nested = args.flatMap((argument) => [...nestedExpressions(argument)].flatMap((inner) => idsIn(inner.calls, id)));
    return [...own, ...nested];
  });
}
