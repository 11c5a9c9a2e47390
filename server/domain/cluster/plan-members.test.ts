import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entity } from '../entity/entity.ts';
import { planMembers } from './plan-members.ts';

const member = (slot: number, goal: Entity['goal'] = 'running'): Entity => ({ id: `m${slot}`, slot, goal }) as unknown as Entity;

describe('planMembers', () => {
  it('adds slots that were never used and destroys the newest', () => {
    expect(planMembers([], 2)).toEqual({ add: [1, 2], destroy: [] });
    expect(planMembers([member(1), member(2, 'destroyed')], 2)).toEqual({ add: [3], destroy: [] });
    expect(planMembers([member(1), member(4), member(3)], 1).destroy.map((one) => one.slot)).toEqual([4, 3]);
  });

  it('always ends at the wanted size, and then has nothing more to do', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 30 })), fc.integer({ min: 0, max: 30 }), (slots, size) => {
        const members = slots.map((slot) => member(slot, slot % 3 === 0 ? 'destroyed' : 'running'));
        const plan = planMembers(members, size);
        const gone = new Set(plan.destroy.map((one) => one.id));
        const after = [
          ...members.map((one) => (gone.has(one.id) ? member(one.slot ?? 0, 'destroyed') : one)),
          ...plan.add.map((slot) => member(slot)),
        ];
        expect(planMembers(after, size)).toEqual({ add: [], destroy: [] });
        expect(new Set(after.map((one) => one.slot)).size).toBe(after.length);
      }),
    );
  });
});
