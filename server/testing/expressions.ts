import type { Deferred } from '../domain/blueprint/config-value.ts';
import { toExpression } from '../domain/blueprint/dsl-tree.ts';
import { parseDsl } from '../domain/blueprint/parse-dsl.ts';

/** The config value that a blueprint's text stands for. */
export function expressionOf(text: string): Deferred {
  const parsed = parseDsl(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return { $dsl: toExpression(parsed.tree.calls) };
}
