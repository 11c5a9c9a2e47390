import { describe, expect, it } from 'vitest';
import { sparklinePath } from './sparkline-path.ts';

const at = (values: readonly number[]) => values.map((value, index) => ({ at: index * 1000, value }));

describe('sparklinePath', () => {
  it('draws nothing until there are two points', () => {
    expect([sparklinePath([], { width: 40, height: 12 }), sparklinePath(at([1]), { width: 40, height: 12 })]).toEqual(['', '']);
  });
  it('spreads points by time over the width and puts the largest at the top', () => {
    expect(sparklinePath(at([0, 5, 10]), { width: 40, height: 12 })).toBe('M0 11L20 6L40 1');
  });
  it('lays equal values on a line instead of dividing by nothing', () => {
    expect(sparklinePath(at([0, 0]), { width: 40, height: 12 })).toBe('M0 11L40 11');
  });
  it('keeps values above a fixed maximum inside the box', () => {
    expect(sparklinePath(at([0, 2]), { width: 40, height: 12, max: 1 })).toBe('M0 11L40 1');
  });
});
