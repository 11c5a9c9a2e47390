import { formatCount } from '@/components/ui/format-quantity.ts';
import type { RehearsalReport } from '@/server/engine/queries/rehearse-adjunct.ts';

type Point = { readonly at: number; readonly value: number };

/** The result in one sentence. */
export function inWords({ acts, turns, frozenMs, lastHighlight, series, looksAt }: RehearsalReport): string {
  if (series.length === 0) {
    return looksAt.length === 0
      ? 'It decides by no number that is recorded.'
      : `Nothing was recorded of ${looksAt.join(', ')} in that time.`;
  }
  const minutes = Math.round(frozenMs / 60_000);
  const frozen = minutes > 0 ? `, and could decide nothing for ${formatCount(minutes, 'minute')}` : '';
  if (acts.length === 0) {
    const saw = lastHighlight === null ? '' : ` At the end it saw: ${lastHighlight.text}.`;
    return `It would have done nothing${frozen}.${saw}`;
  }
  const flaps = turns === 0 ? 'with no change of direction' : `with ${formatCount(turns, 'change')} of direction`;
  return `It would have acted ${formatCount(acts.length, 'time')}, ${flaps}${frozen}.`;
}

/** A value that holds until the next, as a line: each step has its two ends. */
export function filledSteps(points: readonly Point[], fromMs: number, toMs: number): readonly Point[] {
  const steps: Point[] = [];
  let last: number | undefined;
  for (const { at, value } of points) {
    const time = Math.max(at, fromMs);
    if (last !== undefined && time > fromMs) steps.push({ at: time - 1, value: last });
    steps.push({ at: time, value });
    last = value;
  }
  return last === undefined ? [] : [...steps, { at: toMs, value: last }];
}
