import { describe, expect, it } from 'vitest';
import { anEntity } from '../../testing/records.ts';
import { inRemovalOrder, removalStrategy, toRemovalStrategy } from './removal-order.ts';

const members = [1, 2, 3, 4].map((slot) =>
  anEntity({ id: `m${slot}`, slot, sensors: { role: slot === 2 ? 'spare' : 'main', load: slot } }),
);
const object = (type: string, config: object) => ({ $object: { type: `org.apache.brooklyn.entity.group.${type}`, config } });
const spare = object('SensorMatchingRemovalStrategy', { 'sensor.matching.sensor': 'role', 'sensor.matching.value': 'spare' });

function order(given: unknown): readonly (number | null)[] {
  expect(given === undefined || removalStrategy.safeParse(given).success).toBe(true);
  return inRemovalOrder(members, toRemovalStrategy(given)).map(({ slot }) => slot);
}

describe('removal strategy', () => {
  it('takes the newest first unless told', () => {
    expect([order(undefined), order('newest'), order('youngest')]).toEqual(Array(3).fill([4, 3, 2, 1]));
    expect(order('oldest')).toEqual([1, 2, 3, 4]);
  });

  it('takes members first whose sensor has a value, then the newest', () => {
    expect(order({ sensor: 'role', value: 'spare' })).toEqual([2, 4, 3, 1]);
    expect(order(spare)).toEqual([2, 4, 3, 1]);
  });

  it('goes by the first of a list that finds a member', () => {
    expect(
      order([
        { sensor: 'load', value: 3 },
        { sensor: 'role', value: 'spare' },
      ]),
    ).toEqual([3, 2, 4, 1]);
    expect(order([{ sensor: 'load', value: 3 }, 'oldest'])).toEqual([3, 1, 2, 4]);
    expect(order(object('FirstFromRemovalStrategy', { 'firstfrom.strategies': [spare] }))).toEqual([2, 4, 3, 1]);
  });

  it('is refused where it is none that is known', () => {
    expect(
      ['random', { sensor: 'role', worth: 1 }, object('Other', {}), []].map((given) => removalStrategy.safeParse(given).success),
    ).toEqual(Array(4).fill(false));
  });
});
