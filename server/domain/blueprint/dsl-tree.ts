import type { ConfigValue, DslCall, DslExpression } from './config-value.ts';
import type { TextRange } from './findings.ts';
import { nestedDsl, showDsl } from './write-dsl.ts';

/** An expression with the place of each of its parts in the text: what the planner checks and editors complete. */
export interface DslTree {
  readonly range: TextRange;
  readonly calls: readonly CallNode[];
}

export interface CallNode {
  /** `[]` for an index or property. */
  readonly name: string;
  readonly nameRange: TextRange;
  /** With its arguments. */
  readonly range: TextRange;
  readonly args: readonly ArgumentNode[];
}

export type ArgumentNode =
  | { readonly kind: 'value'; readonly range: TextRange; readonly value: ConfigValue }
  | { readonly kind: 'expression'; readonly range: TextRange; readonly calls: readonly CallNode[] }
  | { readonly kind: 'list'; readonly range: TextRange; readonly items: readonly ArgumentNode[] }
  | { readonly kind: 'map'; readonly range: TextRange; readonly entries: ReadonlyMap<string, ArgumentNode> };

/** The expression without places: equal expressions are equal data. */
export function toExpression(calls: readonly CallNode[]): DslExpression {
  const plain = calls.map((call): DslCall => ({ name: call.name, args: call.args.map(toArgument) }));
  return { text: showDsl(plain), calls: plain };
}

export function toArgument(node: ArgumentNode): ConfigValue {
  switch (node.kind) {
    case 'value':
      return node.value;
    case 'expression':
      return nestedDsl(toExpression(node.calls).calls);
    case 'list':
      return node.items.map(toArgument);
    case 'map':
      return Object.fromEntries([...node.entries].map(([key, item]) => [key, toArgument(item)]));
  }
}

/** The text of an argument that is one. */
export function textArgument(node: ArgumentNode | undefined): string | null {
  if (node?.kind !== 'value' || node.value === null || typeof node.value === 'object') return null;
  return String(node.value);
}

/** Every expression that stands inside an argument. */
export function* nestedExpressions(node: ArgumentNode): Generator<DslTree> {
  if (node.kind === 'expression') yield node;
  else if (node.kind === 'list') for (const item of node.items) yield* nestedExpressions(item);
  else if (node.kind === 'map') for (const item of node.entries.values()) yield* nestedExpressions(item);
}
