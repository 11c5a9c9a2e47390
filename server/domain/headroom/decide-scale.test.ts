import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideScale, type ScaleInput, type ScaleMemory } from './decide-scale.ts';
import { planHeadroom } from './plan-headroom.ts';

const DELAYS = { upDelayMs: 30_000, downDelayMs: 300_000 };
const three: ScaleInput = { hosts: 3, emptyHosts: 0, target: 3, isWaited: false, now: 0, ...DELAYS };

describe('decideScale', () => {
  it('adds hosts once they have been wanted for the whole stabilisation time', () => {
    const first = decideScale({ ...three, target: 5 }, null);
    expect(first).toMatchObject({ size: null, lookAgainAt: 30_000 });
    expect(decideScale({ ...three, target: 5, now: 29_999 }, first.memory).size).toBeNull();
    expect(decideScale({ ...three, target: 5, now: 30_000 }, first.memory).size).toBe(5);
  });

  it('adds no more than was wanted all the time, and forgets a wish that passed', () => {
    const first = decideScale({ ...three, target: 4 }, null);
    const second = decideScale({ ...three, target: 9, now: 10_000 }, first.memory);
    expect(decideScale({ ...three, target: 9, now: 30_000 }, second.memory).size).toBe(4);
    const calm = decideScale({ ...three, now: 10_000 }, first.memory);
    expect(decideScale({ ...three, target: 4, now: 31_000 }, calm.memory).size).toBeNull();
  });

  it('follows a wish that goes on falling step by step, without a new wait for each', () => {
    const first = decideScale({ ...three, target: 2, emptyHosts: 1 }, null);
    const second = decideScale({ ...three, target: 0, emptyHosts: 3, now: 1_000 }, first.memory);
    const third = decideScale({ ...three, target: 0, emptyHosts: 3, now: 300_000 }, second.memory);
    expect(third).toMatchObject({ size: 2, lookAgainAt: 301_000 });
    expect(decideScale({ ...three, hosts: 2, target: 0, emptyHosts: 2, now: 301_000 }, third.memory).size).toBe(0);
  });

  it('gives back only hosts that are empty, and none while something waits for a host', () => {
    const proposal = (input: ScaleInput) => decideScale({ ...input, now: 300_000 }, decideScale(input, null).memory).size;
    expect(proposal({ ...three, target: 1, emptyHosts: 1 })).toBe(2);
    expect(proposal({ ...three, target: 1, emptyHosts: 0 })).toBeNull();
    expect(proposal({ ...three, target: 1, emptyHosts: 3, isWaited: true })).toBeNull();
  });

  it('never proposes what it would at once undo, and never a host with a container', () => {
    const worlds = fc.record({
      hosts: fc.nat(20),
      containers: fc.nat(200),
      count: fc.nat(20),
      empty: fc.nat(20),
      max: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(worlds, ({ hosts, containers, count, empty, max }) => {
        const rules = { maxContainers: max, count, minHosts: 0 };
        const emptyHosts = Math.min(empty, hosts);
        const input = { ...three, hosts, emptyHosts, target: planHeadroom(rules, { hosts, containers }).target };
        const { size } = decideScale({ ...input, now: 300_000 }, decideScale(input, null).memory);
        if (size === null) return;
        expect(hosts - size).toBeLessThanOrEqual(emptyHosts);
        const next = { ...input, hosts: size, emptyHosts: Math.max(0, emptyHosts - (hosts - size)), now: 300_001 };
        const undone = decideScale({ ...next, target: planHeadroom(rules, { hosts: size, containers }).target }, null);
        expect(directionOf(undone.memory)).not.toBe(size > hosts ? 'down' : 'up');
      }),
    );
  });
});

function directionOf(memory: ScaleMemory | null): string {
  return memory?.direction ?? 'none';
}
