import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CloudLoad, type HeadroomRules, planHeadroom } from './plan-headroom.ts';

const byCount: HeadroomRules = { maxContainers: 8, count: 4, minHosts: 0 };
const byPercent: HeadroomRules = { maxContainers: 8, percent: 0.2, minHosts: 0 };

describe('planHeadroom', () => {
  it('gives the values that Clocker tests: 13 of 16 places with a headroom of 4 are hot', () => {
    const plan = planHeadroom(byCount, { hosts: 2, containers: 13 });
    expect(plan).toMatchObject({ needed: 1, utilisation: 0.8125, low: 0.25, high: 0.75, state: 'hot', target: 3, reason: 'count' });
  });

  it('gives the values that Clocker tests: 1 of 80 places is cold, 8 of 16 is well', () => {
    expect(planHeadroom(byCount, { hosts: 10, containers: 1 })).toMatchObject({ state: 'cold', target: 1 });
    expect(planHeadroom(byCount, { hosts: 2, containers: 8 })).toMatchObject({ state: 'ok', needed: -4 });
  });

  it('takes 4 hosts for 28 containers, where a ratio of utilisations takes 5', () => {
    expect(planHeadroom(byCount, { hosts: 3, containers: 28 }).target).toBe(4);
  });

  it('grows where the headroom is as large as the cloud', () => {
    expect(planHeadroom({ ...byCount, count: 20 }, { hosts: 1, containers: 2 })).toMatchObject({
      target: 3,
      high: 0,
      low: 0,
      state: 'hot',
    });
  });

  it('is whole without hosts, with and without something that waits', () => {
    expect(planHeadroom(byCount, { hosts: 0, containers: 0 })).toMatchObject({ target: 1, utilisation: 0, needed: 4, low: 0, high: 0 });
    expect(planHeadroom(byPercent, { hosts: 0, containers: 3 })).toMatchObject({ target: 1, utilisation: 1, needed: 3 });
    expect(planHeadroom(byPercent, { hosts: 0, containers: 0 })).toMatchObject({ target: 0, utilisation: 0, state: 'ok' });
  });

  it('keeps that part of all places free: a fifth of 40 with 32 containers, and one container more takes a host more', () => {
    expect(planHeadroom(byPercent, { hosts: 5, containers: 32 })).toMatchObject({ target: 5, needed: 0, state: 'ok' });
    expect(planHeadroom(byPercent, { hosts: 5, containers: 33 })).toMatchObject({ target: 6, needed: 1, state: 'hot' });
  });

  it('counts CPUs and memory by what containers were promised, a new host as the smallest', () => {
    const rules: HeadroomRules = { maxContainers: 100, cpus: 2, memoryBytes: 1_000, minHosts: 0 };
    const load: CloudLoad = {
      hosts: 2,
      containers: 3,
      cpus: { promised: 7, total: 8, smallest: 4, largest: 4 },
      memoryBytes: { promised: 3_500, total: 4_000, smallest: 200, largest: 3_800 },
    };
    expect(planHeadroom(rules, load)).toMatchObject({ target: 5, reason: 'memory' });
    expect(planHeadroom({ ...rules, memoryBytes: 100 }, load)).toMatchObject({ target: 3, reason: 'cpu' });
  });

  it('takes the largest of several wishes and says which', () => {
    expect(planHeadroom({ ...byCount, percent: 0.5 }, { hosts: 2, containers: 10 })).toMatchObject({ target: 3, reason: 'percent' });
    expect(planHeadroom({ ...byCount, percent: 0.1 }, { hosts: 2, containers: 13 })).toMatchObject({ target: 3, reason: 'count' });
  });

  it('stays within the bounds and says which; a maximum of 0 is one', () => {
    expect(planHeadroom({ ...byCount, maxHosts: 2 }, { hosts: 2, containers: 16 })).toMatchObject({ target: 2, reason: 'max' });
    expect(planHeadroom({ ...byCount, minHosts: 3 }, { hosts: 3, containers: 0 })).toMatchObject({ target: 3, reason: 'min' });
    expect(planHeadroom({ ...byCount, maxHosts: 0 }, { hosts: 0, containers: 5 })).toMatchObject({ target: 0, reason: 'max' });
  });

  it('has room for load and headroom on its target, and would not on one host less', () => {
    fc.assert(
      fc.property(rules(), loads(), (rule, load) => {
        const { target } = planHeadroom(rule, load);
        const at = (hosts: number) => planHeadroom(rule, { hosts, containers: load.containers });
        expect(at(target).needed).toBeLessThanOrEqual(0);
        expect(at(target).target).toBe(target);
        if (target > 0) expect(at(target - 1).needed).toBeGreaterThan(0);
      }),
    );
  });

  it('never asks for fewer hosts when there is more to carry', () => {
    fc.assert(
      fc.property(rules(), loads(), fc.nat(100), (rule, load, more) => {
        const later = planHeadroom(rule, { ...load, containers: load.containers + more });
        expect(later.target).toBeGreaterThanOrEqual(planHeadroom(rule, load).target);
      }),
    );
  });

  it('never gives a number that is none', () => {
    fc.assert(
      fc.property(rules(), loads(), ({ ...rule }, load) => {
        for (const value of Object.values(planHeadroom(rule, load)))
          if (typeof value === 'number') expect(value).toSatisfy(Number.isFinite);
      }),
    );
  });
});

function rules(): fc.Arbitrary<HeadroomRules> {
  const percent = fc.integer({ min: 1, max: 95 }).map((n) => n / 100);
  return fc.record({ maxContainers: fc.integer({ min: 1, max: 64 }), count: fc.nat(50), percent, minHosts: fc.constant(0) });
}

function loads(): fc.Arbitrary<CloudLoad> {
  return fc.record({ hosts: fc.nat(50), containers: fc.nat(1_000) });
}
