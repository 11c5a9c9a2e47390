import { describe, expect, it } from 'vitest';
import { type Counters, countNothing, countOn, type Meter, sumOfSensors, toSensors, withPerNode } from './traffic.ts';

interface Heard {
  readonly at: number;
  readonly requests: number;
  readonly by?: string;
}

function meterOf(all: readonly Heard[], known: Readonly<Record<string, unknown>> = {}): Meter {
  const read = (meter: Meter | undefined, { at, requests, by = '8' }: Heard): Meter => {
    const counters: Counters = { requests, errors: 0, responseMs: 5 };
    return countOn(meter, { countedBy: by, counters, at }, known);
  };
  const [first, ...more] = all;
  if (!first) throw new Error('nothing heard');
  return more.reduce((meter, heard) => read(meter, heard), read(undefined, first));
}

describe('what a load balancer has counted', () => {
  it('is a total at once, and rates from the second answer on', () => {
    const first = meterOf([{ at: 1_000, requests: 40 }]);
    expect(toSensors(first)).toEqual({ 'webapp.reqs.total': 40, 'webapp.reqs.errors': 0, 'webapp.reqs.responseTime': 5 });
    const second = countOn(first, { countedBy: '8', counters: { requests: 60 }, at: 3_000 }, {});
    expect(toSensors(second)).toMatchObject({
      'webapp.reqs.total': 60,
      'webapp.reqs.perSec.last': 10,
      'webapp.reqs.perSec.windowed': 10,
    });
  });

  it('is averaged over the last ten seconds', () => {
    const heard = Array.from({ length: 21 }, (_, n) => ({ at: n * 1_000, requests: n <= 10 ? 0 : (n - 10) * 100 }));
    expect(toSensors(meterOf(heard.slice(0, 16)))).toMatchObject({ 'webapp.reqs.perSec.windowed': 50, 'webapp.reqs.perSec.last': 100 });
    expect(toSensors(meterOf(heard))).toMatchObject({ 'webapp.reqs.perSec.windowed': 100 });
    expect(meterOf(heard).samples).toHaveLength(11);
  });

  it('goes on over a reload: the new process begins at nothing', () => {
    const heard = [
      { at: 0, requests: 100 },
      { at: 1_000, requests: 150 },
      { at: 2_000, requests: 170, by: '12' },
      { at: 3_000, requests: 180, by: '12' },
    ];
    expect(toSensors(meterOf(heard))).toMatchObject({ 'webapp.reqs.total': 330, 'webapp.reqs.perSec.last': 10 });
  });

  it('goes on where a process of the same number has counted less', () => {
    const heard = [
      { at: 0, requests: 100 },
      { at: 1_000, requests: 20 },
    ];
    expect(toSensors(meterOf(heard))).toMatchObject({ 'webapp.reqs.total': 120, 'webapp.reqs.perSec.last': 20 });
  });

  it('goes on from the total that was told before the console started', () => {
    const heard = [
      { at: 0, requests: 5 },
      { at: 1_000, requests: 8 },
    ];
    expect(toSensors(meterOf(heard, { 'webapp.reqs.total': 1_000 }))).toMatchObject({
      'webapp.reqs.total': 1_003,
      'webapp.reqs.perSec.last': 3,
    });
  });

  it('counts once what several load balancers have told together', () => {
    const count = { countedBy: '9', counters: { requests: 80 }, at: 0 };
    const total = (meter: Meter) => toSensors(meter)['webapp.reqs.total'];
    const told = { 'webapp.reqs.total': 180 };
    const first = countOn(undefined, count, told);
    const second = countOn(undefined, { ...count, byOthers: toSensors(first) }, told);
    expect([total(first), total(second)]).toEqual([180, 0]);
    expect(total(countOn(second, { ...count, counters: { requests: 90 } }, told))).toBe(10);
  });

  it('sinks to nothing for who is served no more', () => {
    let meter = meterOf([
      { at: 0, requests: 0 },
      { at: 1_000, requests: 100 },
    ]);
    meter = countNothing(meter, 2_000);
    expect(toSensors(meter)).toMatchObject({ 'webapp.reqs.perSec.last': 0, 'webapp.reqs.perSec.windowed': 50 });
    for (let at = 3_000; at <= 11_000; at += 1_000) meter = countNothing(meter, at);
    expect(toSensors(meter)).toMatchObject({ 'webapp.reqs.total': 100, 'webapp.reqs.perSec.windowed': 0 });
  });
});

describe('what several have together', () => {
  const busy = { 'webapp.reqs.total': 30, 'webapp.reqs.perSec.windowed': 3, 'webapp.reqs.responseTime': 10 };
  const calm = { 'webapp.reqs.total': 10, 'webapp.reqs.perSec.windowed': 1, 'webapp.reqs.responseTime': 50 };

  it('is the sum, and the time of an answer by their requests', () => {
    const sum = sumOfSensors([busy, calm]);
    expect(sum).toMatchObject({ 'webapp.reqs.total': 40, 'webapp.reqs.perSec.windowed': 4 });
    expect(sum['webapp.reqs.responseTime']).toBeCloseTo(20);
    expect(sumOfSensors([])).toEqual({});
  });

  it('is told a member too', () => {
    expect(withPerNode(sumOfSensors([busy, calm]), 2)).toMatchObject({
      'webapp.reqs.total.perNode': 20,
      'webapp.reqs.perSec.windowed.perNode': 2,
    });
  });
});
