import type { ConfigMap } from './config-value.ts';
import { DSL_PREFIX } from './dsl-functions.ts';
import { joinPath } from './findings.ts';
import type { PlanState } from './plan-state.ts';
import { listOf } from './read-service-text.ts';
import { isNothing, plainMapOf, type SourceMap, type SourceNode, textOf } from './source-node.ts';

/** `brooklyn.tags`: texts and maps, which no expression can be part of. */
export function readTags(map: SourceMap, path: string, state: PlanState): readonly (string | ConfigMap)[] {
  const below = joinPath(path, 'brooklyn.tags');
  return listOf(map.entries.get('brooklyn.tags'), below, state.findings).flatMap((node, index): readonly (string | ConfigMap)[] => {
    const place = { range: node.range, path: joinPath(below, index) };
    if (holdsExpression(node)) {
      state.findings.add('value-kind', {
        ...place,
        message: 'A tag cannot be a $brooklyn: expression: tags are there before any value is.',
      });
      return [];
    }
    const text = textOf(node);
    if (text !== null) return [text];
    if (node.kind === 'map') return [plainMapOf(node)];
    if (!isNothing(node)) state.findings.add('value-kind', { ...place, message: 'A tag is a text or a map, not a list.' });
    return [];
  });
}

function holdsExpression(node: SourceNode): boolean {
  if (node.kind === 'scalar') return typeof node.value === 'string' && node.value.startsWith(DSL_PREFIX);
  if (node.kind === 'list') return node.items.some(holdsExpression);
  return [...node.entries.values()].some(({ key, value }) => key.startsWith(DSL_PREFIX) || holdsExpression(value));
}
