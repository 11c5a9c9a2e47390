import { toText } from '../blueprint/format-java.ts';
import { evaluateExpression } from '../expression/expression.ts';
import { canonicalJson, type Json } from '../shared/json.ts';

export type Aggregated = { readonly value: Json | undefined } | { readonly why: string };

/** Functions of several values by Brooklyn's names. Undefined: there is no value of them. */
const NAMED: Readonly<Record<string, (values: readonly Json[]) => Json | undefined>> = {
  sum: (values) => numbersOf(values).reduce((sum, value) => sum + value, 0),
  average: mean,
  mean,
  min: (values) => extreme(values, Math.min),
  max: (values) => extreme(values, Math.max),
  list: (values) => values,
  first: (values) => values[0],
  last: (values) => values.at(-1),
  count: (values) => values.length,
  size: (values) => values.length,
  any: (values) => values.some((value) => value === true),
  all: (values) => values.every((value) => value === true),
  unique: (values) => [...new Map(values.map((value) => [canonicalJson(value), value])).values()],
};

export const AGGREGATE_NAMES: ReadonlySet<string> = new Set(Object.keys(NAMED));

/** Several values as one, by the name of a function or by an expression over `values`. */
export function aggregate(transformation: string, values: readonly Json[]): Aggregated {
  const named = Object.hasOwn(NAMED, transformation) ? NAMED[transformation] : undefined;
  if (named) return { value: named(values) };
  const found = evaluateExpression(transformation, { values });
  return found.ok ? { value: found.value } : { why: found.why };
}

/** Brooklyn's quorums over true and false. `total`: how many there should be. */
export function isQuorate(quorum: string, values: readonly Json[], total: number): boolean {
  const up = values.filter((value) => value === true || value === 'true').length;
  const all = up >= values.length && up >= total;
  switch (quorum) {
    case 'alwaysTrue':
      return true;
    case 'atLeastOne':
      return up >= 1;
    case 'atLeastOneUnlessEmpty':
      return values.length === 0 || up >= 1;
    case 'allAndAtLeastOne':
      return all && up >= 1;
    default:
      return /^\d+$/.test(quorum) ? up >= Number(quorum) : all;
  }
}

/** Texts in a row; `quote` puts each between quotation marks. */
export function joined(items: readonly Json[], { separator, quote }: { readonly separator: string; readonly quote: boolean }): string {
  return items.map((item) => (quote ? JSON.stringify(toText(item)) : toText(item))).join(separator);
}

export function isBlank(value: Json): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '');
}

function numbersOf(values: readonly Json[]): readonly number[] {
  return values.flatMap((value) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? [number] : [];
  });
}

function mean(values: readonly Json[]): number | undefined {
  const numbers = numbersOf(values);
  return numbers.length === 0 ? undefined : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

function extreme(values: readonly Json[], choose: (a: number, b: number) => number): number | undefined {
  const [first, ...others] = numbersOf(values);
  return first === undefined ? undefined : others.reduce((best, value) => choose(best, value), first);
}
