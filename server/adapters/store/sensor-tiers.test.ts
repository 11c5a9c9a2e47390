import { describe, expect, it } from 'vitest';
import { tierFor } from './sensor-tiers.ts';

describe('the tier of a question', () => {
  const now = 1_000_000_000;
  const minute = 60_000;
  const widthOf = (ageMs: number) => tierFor(now - ageMs, now).widthMs;

  it('is the finest that holds its beginning, also when it was asked a moment ago', () => {
    expect([widthOf(minute), widthOf(15 * minute), widthOf(15 * minute + 2_000)]).toEqual([1_000, 1_000, 1_000]);
    expect([widthOf(16 * minute), widthOf(24 * 60 * minute + 2_000)]).toEqual([minute, minute]);
    expect([widthOf(25 * 60 * minute), widthOf(400 * 24 * 60 * minute)]).toEqual([60 * minute, 60 * minute]);
  });
});
