import type { Diagnostic } from '@/server/domain/blueprint/diagnostic.ts';
import type { Drawing } from '@/server/domain/blueprint-edit/edit-session.ts';
import { keyOf } from '@/server/domain/blueprint-edit/node-keys.ts';
import type { InspectorField } from './inspector-fields.ts';

/** Findings of the main file by the key of the part that they are in, the innermost. */
export type ProblemsByPart = ReadonlyMap<string, readonly Diagnostic[]>;

export function problemsByPart(diagnostics: readonly Diagnostic[], { graph, keys }: Drawing, text: string): ProblemsByPart {
  const starts = lineStarts(text);
  const own = diagnostics.filter(({ file, severity }) => file === undefined && severity !== 'info');
  return Map.groupBy(own, ({ line, column }) => {
    const at = (starts[line - 1] ?? 0) + column - 1;
    const inside = graph.nodes.filter(({ range }) => range.start <= at && at <= range.end);
    const [innermost] = inside.toSorted(
      (a, b) => a.range.end - a.range.start - (b.range.end - b.range.start) || b.path.length - a.path.length,
    );
    return innermost ? keyOf(keys, innermost) : '';
  });
}

export function worstByPart(problems: ProblemsByPart): ReadonlyMap<string, 'error' | 'warning'> {
  return new Map(
    [...problems].map(([key, some]) => [key, some.some(({ severity }) => severity === 'error') ? 'error' : 'warning'] as const),
  );
}

/** Those of a part that concern one config key. */
export function problemsOf(problems: readonly Diagnostic[], { places }: InspectorField): readonly Diagnostic[] {
  return problems.filter(({ path }) =>
    places.some((place) => path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`)),
  );
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
