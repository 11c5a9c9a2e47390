import { expect, it } from 'vitest';
import { afterTidy } from './after-tidy.ts';

it('moves the boxes that are shown and their lanes, and leaves those of other boxes and groupings where they were', () => {
  const before = { h1: { x: 900, y: 900 }, front: { x: 4, y: 800 }, h2: { x: 40, y: 0 }, shop: { x: 8, y: 8 } };
  expect(afterTidy(before, { tidied: { h1: { x: 0, y: 0 } }, lanes: ['front', 'back'] })).toEqual({
    h1: { x: 0, y: 0 },
    h2: { x: 40, y: 0 },
    shop: { x: 8, y: 8 },
  });
});
