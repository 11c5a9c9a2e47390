import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBestSlot } from './best-slot.ts';

const slot = fc.record({ score: fc.integer({ min: 0, max: 3 }), isIn: fc.boolean() });

it('is always the first of the best that are in, whatever changed', () => {
  fc.assert(
    fc.property(
      fc.array(slot, { minLength: 1, maxLength: 20 }),
      fc.array(fc.tuple(fc.nat(19), slot), { maxLength: 30 }),
      (first, changes) => {
        const slots = first.map((one) => ({ ...one }));
        const isIn = (at: number) => slots[at]?.isIn ?? false;
        const scoreOf = (at: number) => slots[at]?.score ?? 0;
        const tree = createBestSlot({ size: slots.length, isIn, isBetter: (a, b) => scoreOf(a) < scoreOf(b) });
        const expected = (from: number, to: number) =>
          slots.reduce(
            (best, _, at) => (at < from || at >= to || !isIn(at) || (best >= 0 && scoreOf(at) >= scoreOf(best)) ? best : at),
            -1,
          );
        for (const [at, now] of [[0, first[0]] as const, ...changes]) {
          const place = at % slots.length;
          if (now) slots[place] = { ...now };
          tree.changed(place);
          expect(tree.best(0, slots.length)).toBe(expected(0, slots.length));
          expect(tree.best(place, slots.length)).toBe(expected(place, slots.length));
          expect(tree.best(0, place)).toBe(expected(0, place));
        }
      },
    ),
  );
});
