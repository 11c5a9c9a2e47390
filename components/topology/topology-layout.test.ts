import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assignCells, hostSize, placeHosts } from './topology-layout.ts';

it('gives a replacement the cell of the container it replaces', () => {
  const before = assignCells(new Map(), [
    { instanceId: 'i1', entityId: 'web' },
    { instanceId: 'i2', entityId: 'db' },
  ]);
  const after = assignCells(before, [
    { instanceId: 'i2', entityId: 'db' },
    { instanceId: 'i3', entityId: 'web' },
  ]);
  expect(after.get('i3')?.cell).toBe(0);
  expect(after.get('i2')?.cell).toBe(1);
});

it('never moves a container that stays, whatever comes and goes', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 12 });
  fc.assert(
    fc.property(ids, ids, (first, second) => {
      const chips = (numbers: readonly number[]) => numbers.map((n) => ({ instanceId: `i${n}`, entityId: `e${n % 5}` }));
      const before = assignCells(new Map(), chips(first));
      const after = assignCells(before, chips(second));
      for (const [id, { cell }] of after) if (before.has(id)) expect(cell).toBe(before.get(id)?.cell);
      expect(new Set([...after.values()].map(({ cell }) => cell)).size).toBe(after.size);
    }),
  );
});

it('keeps positions that exist and puts new hosts where nothing is', () => {
  const size = hostSize(4);
  const known = { a: { x: 0, y: 0 } };
  const positions = placeHosts(
    ['a', 'b', 'c'].map((id) => ({ id, size })),
    known,
  );
  expect(positions.a).toEqual({ x: 0, y: 0 });
  const places = Object.values(positions).map(({ x, y }) => `${x},${y}`);
  expect(new Set(places).size).toBe(3);
});
