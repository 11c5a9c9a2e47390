import { describe, expect, it } from 'vitest';
import { alignParts } from './align-parts.ts';

const at = (key: string, x: number, y: number, width = 100) => ({ key, x, y, width, height: 50 });
const parts = [at('a', 0, 8), at('b', 300, 20), at('c', 120, 0)];

describe('parts that are aligned', () => {
  it('stand on one edge', () => {
    expect(alignParts(parts, 'left')).toEqual({ a: { x: 0, y: 8 }, b: { x: 0, y: 20 }, c: { x: 0, y: 0 } });
    expect(alignParts(parts, 'top')).toEqual({ a: { x: 0, y: 0 }, b: { x: 300, y: 0 }, c: { x: 120, y: 0 } });
  });

  it('stand in a row with equal gaps, the outermost where they were', () => {
    expect(alignParts(parts, 'in a row')).toEqual({ a: { x: 0, y: 0 }, c: { x: 152, y: 0 }, b: { x: 300, y: 0 } });
  });

  it('never overlap in a column', () => {
    expect(alignParts([at('a', 0, 0), at('b', 8, 10)], 'in a column')).toEqual({ a: { x: 0, y: 0 }, b: { x: 0, y: 68 } });
  });

  it('stay where they are when there is but one', () => {
    expect(alignParts([at('a', 3, 4)], 'left')).toEqual({});
  });
});
