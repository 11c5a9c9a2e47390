import { describe, expect, it } from 'vitest';
import { describeEnd, retryAfterMs } from './terminal-state.ts';

describe('the state of a terminal', () => {
  it('says why it ended', () => {
    const text = (reason: 'exited' | 'idle' | 'signed-out', code: number | null) => {
      const state = describeEnd({ reason, code, error: null }, 30 * 60_000);
      return state.kind === 'ended' ? state.text : '';
    };
    expect(text('exited', 0)).toBe('The shell has ended.');
    expect(text('exited', 3)).toContain('code 3');
    expect(text('exited', 127)).toContain('Options');
    expect(text('idle', null)).toContain('nobody typed for 30 min');
    expect(text('signed-out', null)).toContain('your session ended');
  });

  it('tries again later each time, and then leaves it to the person', () => {
    expect([1, 2, 3, 6, 7].map(retryAfterMs)).toEqual([500, 1_000, 2_000, 8_000, null]);
  });
});
