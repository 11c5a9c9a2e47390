import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../adapters/simulated/seeded-random.ts';
import { aScaledPool, turnsOf } from '../../testing/scaled-pool.ts';
import { sustainedSizes, withWanted } from './size-windows.ts';

const HOUR = 3_600;
/** The load of all members together, as each bears its part of it. */
const shared = (load: (second: number) => number) => (second: number, size: number) => load(second) / Math.max(1, size);

describe('the auto-scaler in closed loop', () => {
  it('follows a step up and down, and rests then', () => {
    const pool = aScaledPool({ startMs: 5_000 });
    pool.run(
      600,
      shared(() => 15),
    );
    pool.run(
      600,
      shared(() => 75),
    );
    expect([pool.size(), pool.changes.length]).toEqual([4, 1]);
    pool.run(
      HOUR,
      shared(() => 15),
    );
    expect([pool.size(), pool.changes.length]).toEqual([1, 2]);
  });

  it.each([
    ['a square', (second: number) => (Math.floor(second / 300) % 2 === 0 ? 15 : 75)],
    ['a sine', (second: number) => 45 + 40 * Math.sin(second / 200)],
    ['a fast sine', (second: number) => 45 + 40 * Math.sin(second / 5)],
  ])('keeps its bounds under %s, and turns ever more slowly', (_, load) => {
    const pool = aScaledPool({ startMs: 5_000, settings: { min: 2, max: 4 }, size: 2 });
    pool.run(3 * HOUR, shared(load));
    expect(pool.changes.every(({ to }) => to >= 2 && to <= 4)).toBe(true);
    const lastHour = pool.changes.filter(({ at }) => at > 10_000_000 + 2 * HOUR * 1_000);
    expect(lastHour.length).toBeLessThanOrEqual(8);
  });

  it('changes at most four times an hour on noise at a threshold', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.constantFrom(10, 20),
        fc.integer({ min: 1, max: 8 }),
        fc.double({ min: 0.1, max: 4, noNaN: true }),
        (seed, bound, size, width) => {
          const random = createSeededRandom(seed);
          const pool = aScaledPool({ size, startMs: 3_000 });
          const load = bound * size;
          pool.run(
            HOUR,
            shared(() => load + size * width * (random() - 0.5)),
          );
          expect(pool.changes.length).toBeLessThanOrEqual(4);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('does not oscillate over a thousand random steps', () => {
    const random = createSeededRandom(7);
    for (let step = 0; step < 1_000; step += 1) {
      const from = 1 + Math.floor(random() * 10);
      const load = random() * 220;
      const pool = aScaledPool({ size: from, startMs: Math.floor(random() * 20_000) });
      pool.run(
        900,
        shared(() => load),
      );
      expect(turnsOf(pool.changes)).toBe(0);
      const settled = pool.size();
      pool.run(
        300,
        shared(() => load),
      );
      expect(pool.size()).toBe(settled);
    }
  });

  it.each([
    ['stuck', () => 500],
    ['lying between extremes', (second: number) => (second % 2 === 0 ? 0 : 100_000)],
    ['negative', () => -50],
    ['endless', () => Number.MAX_VALUE],
  ])('keeps its bounds where the metric is %s', (_, metric) => {
    const pool = aScaledPool({ settings: { min: 2, max: 6 }, size: 3, startMs: 2_000 });
    pool.run(HOUR, metric);
    expect(pool.changes.every(({ to }) => to >= 2 && to <= 6)).toBe(true);
    expect(pool.changes.length).toBeLessThanOrEqual(12);
  });

  it.each([
    ['NaN', Number.NaN, /is no number/],
    ['infinite', Number.POSITIVE_INFINITY, /is no number/],
    ['a word', 'much', /is no number \(much\)/],
    ['a list', [1, 2], /is no number/],
  ])('freezes, visibly, while the metric is %s', (_, value, text) => {
    const pool = aScaledPool({ size: 3 });
    pool.run(HOUR, () => value);
    expect(pool.changes).toEqual([]);
    expect(pool.text()).toMatch(text);
  });

  it('freezes where nothing is heard, or no longer', () => {
    const pool = aScaledPool({ size: 3 });
    pool.run(60, () => 15);
    pool.run(HOUR, () => undefined);
    expect(pool.changes).toEqual([]);
    expect(pool.text()).toMatch(/is \d+ s old: the size stays 3/);
  });

  it('does not chase a metric that comes a minute late', () => {
    const pool = aScaledPool({ startMs: 5_000 });
    const sizes: number[] = [];
    pool.run(HOUR, (_, size) => {
      sizes.push(size);
      return 75 / Math.max(1, sizes.at(-60) ?? 1);
    });
    expect(pool.changes.every(({ to }) => to <= 10)).toBe(true);
    expect(turnsOf(pool.changes)).toBeLessThanOrEqual(3);
  });

  it('keeps its bounds whatever is said', () => {
    const said = fc.array(fc.oneof(fc.double(), fc.constantFrom<unknown>(undefined, null, 'x', '12', Number.NaN, -1)), {
      minLength: 50,
      maxLength: 200,
    });
    fc.assert(
      fc.property(
        said,
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 12 }),
        (values, min, span, size) => {
          const pool = aScaledPool({ settings: { min, max: min + span }, size });
          pool.run(values.length, (second) => values[second]);
          expect(pool.changes.every(({ to }) => Number.isInteger(to) && to >= min && to <= min + span)).toBe(true);
        },
      ),
    );
  });
});

describe('the windows of stabilisation', () => {
  const wanted = [0, 1, 2, 3, 4].map((n) => ({ at: n * 1_000, size: [3, 5, 4, 6, 5][n] ?? 0 }));

  it('grow to the least that was wanted all the time, and shrink to the most', () => {
    expect(sustainedSizes(wanted, { upMs: 2_000, downMs: 4_000 }, 4_000)).toEqual({ growth: 4, shrink: 6 });
  });

  it('say nothing before they are full', () => {
    expect(sustainedSizes(wanted, { upMs: 4_001, downMs: 9_000 }, 4_000)).toEqual({ growth: null, shrink: null });
  });

  it('take the last value where they have no length', () => {
    expect(sustainedSizes(wanted, { upMs: 0, downMs: 0 }, 4_000)).toEqual({ growth: 5, shrink: 5 });
  });

  it('forget what no window reaches', () => {
    expect(withWanted(wanted, { at: 5_000, size: 2 }, 1_500)).toEqual([
      { at: 3_000, size: 6 },
      { at: 4_000, size: 5 },
      { at: 5_000, size: 2 },
    ]);
  });

  it('delay growing by resizeUpStabilizationDelay and shrinking by resizeDownStabilizationDelay', () => {
    const pool = aScaledPool({ settings: { upMs: 30_000, downMs: 300_000, flapGuardMs: 0 } });
    pool.run(
      10,
      shared(() => 15),
    );
    pool.run(
      29,
      shared(() => 75),
    );
    expect(pool.size()).toBe(1);
    pool.run(
      5,
      shared(() => 75),
    );
    expect(pool.size()).toBe(4);
    pool.run(
      299,
      shared(() => 15),
    );
    expect(pool.size()).toBe(4);
    pool.run(
      10,
      shared(() => 15),
    );
    expect(pool.size()).toBe(1);
  });
});
