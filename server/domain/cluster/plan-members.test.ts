import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anEntity } from '../../testing/records.ts';
import type { Entity } from '../entity/entity.ts';
import { placesOf, planMembers } from './plan-members.ts';

const member = (slot: number, fields: Parameters<typeof anEntity>[0] | object = {}): Entity =>
  anEntity({ id: `m${slot}`, slot, actual: 'RUNNING', sensors: { 'service.isUp': true }, ...fields });

const coming = (slot: number, actual: Entity['actual'] = 'STARTING'): Entity =>
  member(slot, { actual, sensors: { 'service.isUp': false } });

const ids = (members: readonly Entity[]): readonly string[] => members.map(({ id }) => id);

/** What is there once a plan was carried out. */
function carriedOut(members: readonly Entity[], size: number): readonly Entity[] {
  const plan = planMembers(members, size);
  const destroyed = new Set(ids(plan.destroy));
  const kept = new Set(ids(plan.keep));
  return [
    ...members.map((one): Entity => {
      const { replacedBy: _, ...unmarked } = one;
      return { ...(kept.has(one.id) ? unmarked : one), ...(destroyed.has(one.id) ? { goal: 'destroyed' as const } : {}) };
    }),
    ...plan.add.map((slot) => coming(slot)),
  ];
}

describe('planMembers', () => {
  it('adds slots that were never used and destroys the newest', () => {
    expect(planMembers([], 2)).toEqual({ add: [1, 2], destroy: [], keep: [] });
    expect(planMembers([member(1), member(2, { goal: 'destroyed' })], 2)).toMatchObject({ add: [3], destroy: [] });
    expect(planMembers([member(1), member(4), member(3)], 1).destroy.map((one) => one.slot)).toEqual([4, 3]);
  });

  it('keeps a member that is being replaced until the one in its place has been up for some seconds', () => {
    const old = member(1, { replacedBy: 'm3' });
    for (const one of [coming(3), member(3)]) expect(planMembers([old, member(2), one], 2)).toEqual({ add: [], destroy: [], keep: [] });
    expect(ids(planMembers([old, member(2), member(3, { settled: true })], 2).destroy)).toEqual(['m1']);
  });

  it('gives a replacement up that failed, and keeps the old member', () => {
    const plan = planMembers([member(1, { replacedBy: 'm3' }), member(2), coming(3, 'ON_FIRE')], 2);
    expect([ids(plan.destroy), ids(plan.keep), plan.add]).toEqual([['m3'], ['m1'], []]);
  });

  it('keeps a member whose replacement is not there', () => {
    const plan = planMembers([member(1, { replacedBy: 'm3' }), member(2)], 2);
    expect([ids(plan.destroy), ids(plan.keep), plan.add]).toEqual([[], ['m1'], []]);
  });

  it('takes a member that is being replaced away with the one in its place, where that is surplus', () => {
    expect(ids(planMembers([member(1), member(2, { replacedBy: 'm3' }), coming(3)], 1).destroy)).toEqual(['m3', 'm2']);
  });

  const marked = fc
    .uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 20 })
    .chain((slots) =>
      fc.tuple(
        ...slots.map((slot) =>
          fc
            .record({ kind: fc.integer({ min: 0, max: 5 }), by: fc.option(fc.constantFrom(...slots), { nil: undefined, freq: 3 }) })
            .map(({ kind, by }): Entity => {
              const base =
                kind === 0
                  ? member(slot, { goal: 'destroyed' })
                  : kind === 1
                    ? coming(slot)
                    : kind === 2
                      ? coming(slot, 'ON_FIRE')
                      : member(slot);
              return by === undefined || by === slot ? base : ({ ...base, replacedBy: `m${by}` } as Entity);
            }),
        ),
      ),
    )
    // As the command marks them: nobody takes the place of two, or of one while it is replaced itself.
    .map((members): readonly Entity[] => {
      const taken = new Set<string>();
      const leaving = new Set(members.flatMap((one) => (one.replacedBy === undefined ? [] : [one.id as string])));
      return members.map((one) => {
        const { replacedBy, ...unmarked } = one;
        if (replacedBy === undefined || (!taken.has(replacedBy) && !leaving.has(replacedBy))) {
          if (replacedBy !== undefined) taken.add(replacedBy);
          return one;
        }
        return unmarked;
      });
    });

  it('always ends at the wanted size, and then has nothing more to do', () => {
    fc.assert(
      fc.property(marked, fc.integer({ min: 0, max: 30 }), (members, size) => {
        const after = carriedOut(members, size);
        expect(planMembers(after, size)).toEqual({ add: [], destroy: [], keep: [] });
        expect(new Set(after.map((one) => one.slot)).size).toBe(after.length);
        expect(placesOf(after.filter((one) => one.goal !== 'destroyed'))).toHaveLength(size);
      }),
      { numRuns: 500 },
    );
  });

  it('never takes away a member that serves for one that does not', () => {
    fc.assert(
      fc.property(marked, (members) => {
        const size = placesOf(members.filter((one) => one.goal !== 'destroyed')).length;
        const serving = (all: readonly Entity[]) => all.filter((one) => one.goal === 'running' && one.actual === 'RUNNING').length;
        const replaced = members.filter((one) => one.goal === 'running' && one.actual === 'RUNNING' && one.replacedBy !== undefined);
        expect(serving(carriedOut(members, size))).toBeGreaterThanOrEqual(serving(members) - replaced.length);
        for (const gone of planMembers(members, size).destroy.filter(({ actual }) => actual === 'RUNNING')) {
          expect(members.find(({ id }) => id === gone.replacedBy)?.actual).toBe('RUNNING');
        }
      }),
      { numRuns: 500 },
    );
  });
});
