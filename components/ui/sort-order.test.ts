import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextSort, readSort, type SortKey, sortBy } from './sort-order.ts';

it('turns a column one way, the other way, and back to how rows came', () => {
  const pressed = (column: string, downFirst: boolean) => {
    const seen = [''];
    for (let n = 0; n < 3; n++) seen.push(nextSort(seen.at(-1) ?? '', column, downFirst));
    return seen.slice(1);
  };
  expect(pressed('name', false)).toEqual(['name', '-name', '']);
  expect(pressed('cpu', true)).toEqual(['-cpu', 'cpu', '']);
  expect(nextSort('-name', 'cpu', true)).toBe('-cpu');
});

it('reads what the URL says, and nothing from what names no column', () => {
  expect(readSort('-cpu', ['name', 'cpu'])).toEqual({ column: 'cpu', isDown: true });
  expect(readSort('name', ['name', 'cpu'])).toEqual({ column: 'name', isDown: false });
  expect([readSort('', ['name']), readSort('-', ['name']), readSort('--name', ['name']), readSort('age', ['name'])]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

it('sorts numbers in names as numbers', () => {
  expect(sortBy(['host-10', 'host-9', 'host-1'], (name) => name, false)).toEqual(['host-1', 'host-9', 'host-10']);
});

it('keeps every row, in order, with the unknown last either way', () => {
  const key = fc.oneof(fc.double({ noNaN: true }), fc.constant(null));
  fc.assert(
    fc.property(fc.array(key), fc.boolean(), (keys, isDown) => {
      const rows = keys.map((value: SortKey, at) => ({ value, at }));
      const sorted = sortBy(rows, ({ value }) => value, isDown);
      expect([...sorted].sort((a, b) => a.at - b.at)).toEqual(rows);
      for (const [at, row] of sorted.entries()) {
        const next = sorted[at + 1];
        if (!next) continue;
        if (row.value === null) expect(next.value).toBeNull();
        else if (next.value !== null) {
          expect(isDown ? row.value >= next.value : row.value <= next.value).toBe(true);
          if (row.value === next.value) expect(row.at).toBeLessThan(next.at);
        }
      }
    }),
  );
});
