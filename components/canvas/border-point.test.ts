import { expect, it } from 'vitest';
import { borderPoint } from './border-point.ts';

const box = { x: 0, y: 0, width: 200, height: 50 };

it('leaves a box through the side that faces the other', () => {
  expect(borderPoint(box, { x: 400, y: 25 })).toEqual({ x: 200, y: 25 });
  expect(borderPoint(box, { x: 100, y: -300 })).toEqual({ x: 100, y: 0 });
});

it('stays at the centre when there is no direction', () => {
  expect(borderPoint(box, { x: 100, y: 25 })).toEqual({ x: 100, y: 25 });
});
