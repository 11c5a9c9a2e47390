import { describe, expect, it } from 'vitest';
import { toSteps, upToNow } from './step-points.ts';

describe('points of a sensor that is recorded when it changes', () => {
  const range = { fromMs: 100, toMs: 900 };

  it('go on to now with what it is now', () => {
    expect(upToNow({ ...range, points: [{ at: 300, value: 2 }] }, 2)).toEqual([
      { at: 300, value: 2 },
      { at: 900, value: 2 },
    ]);
  });

  it('are a flat line where it has not changed', () => {
    expect(upToNow({ ...range, points: [] }, 5)).toEqual([
      { at: 100, value: 5 },
      { at: 900, value: 5 },
    ]);
  });

  it('are drawn in steps', () => {
    const points = [
      { at: 1, value: 2 },
      { at: 5, value: 3 },
      { at: 9, value: 3 },
    ];
    expect(toSteps(points).map(({ at, value }) => `${at}:${value}`)).toEqual(['1:2', '5:2', '5:3', '9:3']);
  });
});
