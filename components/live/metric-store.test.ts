import { describe, expect, it, vi } from 'vitest';
import { makeMetricStore } from './metric-store.ts';

const sample = (at: number, value: number) => ({ subjectId: 'h1', sensor: 'machine.cpu', at, value });

describe('metric store', () => {
  it('asks only for subjects somebody looks at', () => {
    const store = makeMetricStore();
    const leaveFirst = store.watch('h1', vi.fn());
    const leaveSecond = store.watch('h1', vi.fn());
    store.watch('a', vi.fn());
    expect(store.watched()).toEqual(['a', 'h1']);
    leaveFirst();
    expect(store.watched()).toEqual(['a', 'h1']);
    leaveSecond();
    expect(store.watched()).toEqual(['a']);
  });
  it('keeps two minutes of samples and drops repeated ones', () => {
    const store = makeMetricStore();
    for (let at = 1; at <= 130; at += 1) store.add([sample(at, at)]);
    store.add([sample(130, 999)]);
    const points = store.series('h1', 'machine.cpu');
    expect([points.length, points[0]?.at, points.at(-1)]).toEqual([120, 11, { at: 130, value: 130 }]);
  });
  it('wakes only who watches the subject', () => {
    const store = makeMetricStore();
    const mine = vi.fn();
    const other = vi.fn();
    store.watch('h1', mine);
    store.watch('h2', other);
    store.add([sample(1, 1)]);
    expect([mine.mock.calls.length, other.mock.calls.length]).toEqual([1, 0]);
  });
});
