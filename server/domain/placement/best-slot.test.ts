import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBestSlot } from './best-slot.ts';

const slot = fc.record({ one: fc.integer({ min: 0, max: 2 }), two: fc.integer({ min: 0, max: 2 }), isIn: fc.boolean() });

it.each([0, 1, 2])('is always the first of the best that are in, whatever changed, by %i columns', (columns) => {
  fc.assert(
    fc.property(
      fc.array(slot, { minLength: 1, maxLength: 20 }),
      fc.array(fc.tuple(fc.nat(19), slot), { maxLength: 30 }),
      (begin, changes) => {
        const size = begin.length;
        const isIn = new Uint8Array(size);
        const values = [new Float64Array(size), new Float64Array(size)].slice(0, columns);
        const set = (at: number, { one, two, isIn: isInNow }: (typeof begin)[number]): void => {
          isIn[at] = isInNow ? 1 : 0;
          for (const [column, value] of [one, two].entries()) if (values[column]) values[column][at] = value;
        };
        for (const [at, one] of begin.entries()) set(at, one);
        const tree = createBestSlot({ size, isIn, columns: values });
        const isBetter = (a: number, b: number): boolean => {
          const column = values.find((each) => each[a] !== each[b]);
          return column !== undefined && (column[a] ?? 0) < (column[b] ?? 0);
        };
        const expected = (from: number, to: number): number => {
          let best = -1;
          for (let at = from; at < to; at += 1) if (isIn[at] === 1 && (best < 0 || isBetter(at, best))) best = at;
          return best;
        };
        for (const [at, now] of changes) {
          const place = at % size;
          set(place, now);
          tree.changed(place);
          expect(tree.best(0, size)).toBe(expected(0, size));
          expect(tree.best(place, size)).toBe(expected(place, size));
          expect(tree.best(0, place)).toBe(expected(0, place));
        }
      },
    ),
  );
});
