import type { Deferred, DslCall } from '../../../domain/blueprint/config-value.ts';
import { DSL_PREFIX } from '../../../domain/blueprint/dsl-functions.ts';
import { toExpression } from '../../../domain/blueprint/dsl-tree.ts';
import type { TextRange } from '../../../domain/blueprint/findings.ts';
import { parseDsl } from '../../../domain/blueprint/parse-dsl.ts';
import { scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { nestedDsl, showDsl } from '../../../domain/blueprint/write-dsl.ts';
import type { Model } from './model.ts';
import type { NodeTemplate } from './topology.ts';

/** A text that is known, or an expression that gives one. */
export type TextPart = string | Deferred;

/** `$brooklyn:…` as a value at a place. */
export function expressionAt(range: TextRange, calls: readonly DslCall[]): SourceNode {
  return scalarAt(range, showDsl(calls));
}

/** The calls that lead from the holder of a value to the entity of a node; null where the node has none. */
export function referTo(node: NodeTemplate, holder: NodeTemplate | null, { roles }: Model): readonly DslCall[] | null {
  const entity = roles.standIn(node);
  const id = entity === null ? null : roles.idOf(entity);
  if (id === null) return null;
  return entity === holder ? [] : [{ name: 'component', args: [id] }];
}

/** A worked-out value as an argument of an expression; null for lists and maps, and for an expression that cannot be read. */
export function toArgument(node: SourceNode): TextPart | null {
  const text = node.kind === 'scalar' && node.value === null ? '' : textOf(node);
  if (text === null || !text.startsWith(DSL_PREFIX)) return text;
  const parsed = parseDsl(text);
  return parsed.ok ? nestedDsl(toExpression(parsed.tree.calls).calls) : null;
}

/** Texts and expressions one after the other: a text where all are known, else `formatString`. */
export function joinTexts(range: TextRange, parts: readonly TextPart[]): SourceNode {
  if (parts.every((part) => typeof part === 'string')) return scalarAt(range, parts.join(''));
  const format = parts.map((part) => (typeof part === 'string' ? part.replaceAll('%', '%%') : '%s')).join('');
  return expressionAt(range, [{ name: 'formatString', args: [format, ...parts.filter((part) => typeof part !== 'string')] }]);
}
