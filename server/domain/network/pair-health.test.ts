import { describe, expect, it } from 'vitest';
import { nextPair, type PairMemory, pairReason } from './pair-health.ts';

const PAIR = { from: 'host-2', to: 'host-3', needs: 'UDP 4789', mtu: 1450 };
const reason = (whole: boolean, small: boolean, underlay: boolean) => pairReason({ whole, small, underlay }, PAIR);

describe('a pair of hosts', () => {
  it('is told apart by what still passes', () => {
    expect(reason(true, true, true)).toBe('');
    expect(reason(false, true, true)).toMatch(/^Packets of 1450 bytes do not pass from host-2 to host-3/);
    expect(reason(false, false, true)).toMatch(/^UDP 4789 from host-2 to host-3 does not pass/);
    expect(reason(false, false, false)).toMatch(/^host-2 gets no answer from host-3, through the network or outside of it/);
  });

  it('is told to be broken after three tries in a row, and to be well after one', () => {
    const toldAfter = (...reasons: readonly string[]) => reasons.reduce<PairMemory>(nextPair, { told: undefined, failures: 0 }).told;
    expect(toldAfter('away', 'away')).toBeUndefined();
    expect(toldAfter('away', 'away', '', 'away')).toBe('');
    expect(toldAfter('', 'away', 'away', 'away')).toBe('away');
    expect(toldAfter('away', 'away', 'away', '')).toBe('');
  });
});
