import { describe, expect, it } from 'vitest';
import { anEntity } from '../../testing/records.ts';
import type { AdjunctBehaviour } from './behaviour.ts';
import { rehearse } from './rehearse.ts';

const CLUSTER = anEntity({ id: 'web', size: 2 });

/** Grows by one above 10, shrinks by one below 2. */
const STEPPER: AdjunctBehaviour<null, null> = {
  watches: () => [{ of: 'entity', sensors: ['load'] }],
  decide({ self, read, now }) {
    const reading = read.sensor(self.id, 'load');
    const size = self.size ?? 0;
    if (typeof reading?.value !== 'number' || reading.at === null || reading.at < now - 5_000) {
      return { highlight: { level: 'frozen', text: 'nothing is known' } };
    }
    const by = reading.value > 10 ? 1 : reading.value < 2 ? -1 : 0;
    const lookAgainAt = reading.at + 5_001;
    if (by === 0) return { highlight: { level: 'ok', text: 'fine' }, lookAgainAt };
    return {
      actions: [
        { kind: 'effector', entityId: self.id, effector: 'resize', parameters: { desiredSize: size + by }, why: String(reading.value) },
      ],
      highlight: { level: 'acts', text: 'now' },
      lookAgainAt,
    };
  },
};

function run(values: readonly (readonly [at: number, value: number])[], sharesLoad = false) {
  const points = values.map(([at, value]) => ({ at, value }));
  const series = [{ entityId: CLUSTER.id, sensor: 'load', points }];
  return rehearse(STEPPER, null, CLUSTER, { size: 2, series, sizes: [], sharesLoad, startMs: 0 });
}

describe('a rehearsal', () => {
  it('tells each act, the sizes and the changes of direction', () => {
    const done = run([
      [1_000, 20],
      [2_000, 5],
      [3_000, 1],
      [4_000, 20],
    ]);
    expect(done.acts.map(({ at, from, to }) => [at, from, to])).toEqual([
      [1_000, 2, 3],
      [3_000, 3, 2],
      [4_000, 2, 3],
    ]);
    expect(done.turns).toBe(2);
    expect(done.sizes.map(({ value }) => value)).toEqual([2, 3, 2, 3]);
  });

  it('spreads what was recorded over the members that there would have been', () => {
    const values = [1, 2, 3, 4].map((second) => [second * 1_000, 14] as const);
    expect(run(values).acts).toHaveLength(4);
    // 28 in all: 14 on two, 9.3 on three.
    expect(run(values, true).acts).toHaveLength(1);
  });

  it('counts the time without a decision', () => {
    const done = run([
      [1_000, 5],
      [31_000, 5],
    ]);
    expect(done.acts).toEqual([]);
    expect(done.frozenMs).toBe(31_000 - 6_001);
  });

  it('has nothing to tell of no values', () => {
    expect(run([])).toMatchObject({ acts: [], turns: 0, frozenMs: 0, lastHighlight: null });
  });
});
