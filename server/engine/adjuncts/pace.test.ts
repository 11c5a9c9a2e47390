import { expect, it } from 'vitest';
import { createPace } from './pace.ts';

it('lets an adjunct look at once now and then, and some fifty times a second when it is woken all the time', () => {
  const pace = createPace();
  const looks: number[] = [];
  for (let now = 0; now < 3_000; now += 1) if (pace.take('mean', now) === null) looks.push(now);
  expect(looks.filter((at) => at < 1_000)).toHaveLength(69);
  expect(pace.take('mean', 2_999)).toBeGreaterThan(2_999);
  expect(pace.take('other', 2_999)).toBeNull();
  expect([pace.take('mean', 10_000), pace.take('mean', 10_001)]).toEqual([null, null]);
});
