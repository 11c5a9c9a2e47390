import { quoteText } from '../../../domain/blueprint/findings.ts';
import { type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { isLive } from './check-value.ts';
import type { Call } from './evaluate.ts';
import { misused, unsupported } from './function-problems.ts';

/** The part of a value at keys and positions; null, with a finding, where there is none. */
export function descend(node: SourceNode, path: readonly SourceNode[], call: Call): SourceNode | null {
  let found = node;
  for (const step of path) {
    const key = textOf(step) ?? '';
    if (isLive(found)) return unsupported(call, `cannot read ${quoteText(key)} of a value that is only known when the application runs`);
    const next =
      found.kind === 'map'
        ? found.entries.get(key)?.value
        : found.kind === 'list' && /^\d+$/.test(key)
          ? found.items[Number(key)]
          : undefined;
    if (next === undefined) return misused(call, `finds no ${quoteText(key)} there`);
    found = next;
  }
  return found;
}
