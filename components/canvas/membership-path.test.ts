import { expect, it } from 'vitest';
import { membershipPath } from './membership-path.ts';

const chip = { x: 100, y: 100, width: 200, height: 40 };
const lane = { x: 0, y: 400, width: 900, height: 40 };

it('runs beside the chips into the lane, each track at its own distance', () => {
  const ends = [0, 1, 2].map((track) => membershipPath({ from: chip, to: lane, side: 'left', isLane: true, track }).end);
  expect(ends).toEqual([
    { x: 97, y: 400 },
    { x: 94, y: 400 },
    { x: 91, y: 400 },
  ]);
  expect(membershipPath({ from: chip, to: lane, side: 'right', isLane: true, track: 0 }).path).toBe('M300,120H303V400');
});

it('comes from below where the lane was put above', () => {
  const above = { ...lane, y: 0 };
  expect(membershipPath({ from: chip, to: above, side: 'left', isLane: true, track: 0 }).end).toEqual({ x: 97, y: 40 });
  expect(membershipPath({ from: chip, to: above, side: null, isLane: true, track: 1 }).path).toBe('M200,100V40');
});

it('goes straight to the box of a network', () => {
  const box = { x: 500, y: 100, width: 100, height: 40 };
  expect(membershipPath({ from: chip, to: box, side: 'right', isLane: false, track: 0 }).path).toBe('M300,120L500,120');
});
