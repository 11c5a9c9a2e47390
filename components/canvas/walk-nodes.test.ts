import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextNode, toDirection, type WalkedNode } from './walk-nodes.ts';

const chip = (id: string, x: number, y: number): WalkedNode => ({ id, x, y, width: 100, height: 40 });
const GRID = [
  chip('a', 0, 0),
  chip('b', 120, 0),
  chip('c', 0, 60),
  chip('d', 120, 60),
  { id: 'lane', x: 0, y: 200, width: 800, height: 40 },
];
const walk = (from: string, key: string) => nextNode(GRID, from, toDirection(key) ?? [0, 0]);

it('leads to the neighbour on that side', () => {
  expect([walk('a', 'ArrowRight'), walk('a', 'ArrowDown'), walk('d', 'ArrowLeft'), walk('d', 'ArrowUp')]).toEqual(['b', 'c', 'c', 'b']);
});

it('leads down into a lane that lies below, and back', () => {
  expect(walk('c', 'ArrowDown')).toBe('lane');
  expect(walk('lane', 'ArrowUp')).toBe('d');
});

it('stays at the edge, and takes no other key', () => {
  expect(walk('a', 'ArrowLeft')).toBeNull();
  expect(toDirection('a')).toBeNull();
});

it('reaches every node of a grid from every other by arrows', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), (columns, rows) => {
      const grid = Array.from({ length: columns * rows }, (_, n) => chip(`${n}`, (n % columns) * 120, Math.floor(n / columns) * 60));
      const seen = new Set(['0']);
      for (const id of seen) {
        for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
          const next = nextNode(grid, id, toDirection(key) ?? [0, 0]);
          if (next !== null) seen.add(next);
        }
      }
      expect(seen.size).toBe(grid.length);
    }),
  );
});
