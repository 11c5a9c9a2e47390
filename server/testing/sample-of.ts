import { createHash } from 'node:crypto';

/**
 * Of the parts of a suite that take minutes, `count` chosen by the hash of the commit: `npm test` runs these, `npm run test:full` and a
 * suite that is run by itself all.
 */
export function sampleOf<Part extends string>(suite: string, parts: readonly Part[], count: number): readonly Part[] {
  const { CLOCKER_TEST_SEED: seed, CLOCKER_TEST_FULL: full } = process.env;
  if (!seed || full === '1') return parts;
  return inOrderOf(`${seed} ${suite}`, parts).slice(0, count);
}

/** Shuffled, and the same each time for a seed. */
export function inOrderOf<Part extends string>(seed: string, parts: readonly Part[]): readonly Part[] {
  const rank = (part: Part) => createHash('sha256').update(`${seed} ${part}`).digest('hex');
  return parts.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
