import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from '../../domain/shared/json.ts';
import { isSameJson } from './same-json.ts';

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, undefined, true, 0, -0, 1, Number.NaN, '', 'a', '__proto__x'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
  ),
}));

it('agrees with the canonical JSON of any two values', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(isSameJson(a, b)).toBe(canonicalJson(a) === canonicalJson(b));
    }),
    { numRuns: 2000 },
  );
});

it('finds a value the same as its copy', () => {
  fc.assert(
    fc.property(value, (a) => {
      expect(isSameJson(a, structuredClone(a))).toBe(true);
    }),
  );
});
