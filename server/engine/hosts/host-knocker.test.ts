import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../adapters/simulated/manual-clock.ts';
import { createHostKnocker } from './host-knocker.ts';

const GONE_AFTER_MS = 2_500;

function scene({
  answers,
  others = true,
  othersAt = Number.POSITIVE_INFINITY,
}: {
  readonly answers: (n: number) => boolean | null;
  readonly others?: boolean;
  readonly othersAt?: number;
}) {
  const clock = createManualClock();
  const startedAt = clock.now();
  let knocks = 0;
  const knocker = createHostKnocker({
    clock,
    goneAfterMs: GONE_AFTER_MS,
    lostAfterMs: 15_000,
    onAnswer: () => undefined,
    othersSpeak: (since) => others && startedAt + othersAt >= since,
    knock: (timeoutMs) => {
      knocks += 1;
      const answer = answers(knocks);
      if (answer !== false) return Promise.resolve(answer);
      return new Promise((resolve) => void clock.after(timeoutMs, () => resolve(false)));
    },
  });
  let awayMs = 0;
  return {
    knocker,
    knocks: () => knocks,
    /** Looks each 250 ms, nothing being heard. */
    async silentFor(ms: number): Promise<void> {
      for (let n = 0; n < ms / 250; n++) {
        await clock.advance(250);
        awayMs += 250;
        knocker.watch(awayMs);
        await clock.settle(3);
      }
    },
    heard(): void {
      awayMs = 0;
      knocker.watch(0);
    },
  };
}

describe('a host that is silent', () => {
  it('is gone when nothing answers at its address while others are heard, and not before its time', async () => {
    const { knocker, silentFor } = scene({ answers: () => false });
    await silentFor(2_250);
    expect(knocker.isGone).toBe(false);
    await silentFor(500);
    expect(knocker.isGone).toBe(true);
  });

  it('is busy, not gone, for as long as its kernel answers', async () => {
    const { knocker, silentFor, knocks } = scene({ answers: () => true });
    await silentFor(60_000);
    expect(knocker.isGone).toBe(false);
    expect(knocks()).toBeGreaterThan(5);
    expect(knocks()).toBeLessThan(20);
  });

  it('is not gone for a knock that could not be made', async () => {
    const { knocker, silentFor } = scene({ answers: () => null });
    await silentFor(60_000);
    expect(knocker.isGone).toBe(false);
  });

  it('that is gone is knocked at until it answers', async () => {
    const { knocker, silentFor } = scene({ answers: (n) => n > 20 });
    await silentFor(20_000);
    expect(knocker.isGone).toBe(true);
    await silentFor(40_000);
    expect(knocker.isGone).toBe(false);
  });

  it('is not gone for one packet that was lost', async () => {
    const { knocker, silentFor } = scene({ answers: (n) => n % 2 === 0 });
    await silentFor(30_000);
    expect(knocker.isGone).toBe(false);
  });

  it('is not gone where no other is heard: it is rather we who are cut off', async () => {
    const { knocker, silentFor } = scene({ answers: () => false, others: false });
    await silentFor(60_000);
    expect(knocker.isGone).toBe(false);
  });

  it('is not gone where others were heard last before the second knock: they may have been cut off with it', async () => {
    const early = scene({ answers: () => false, othersAt: 1_500 });
    await early.silentFor(30_000);
    expect(early.knocker.isGone).toBe(false);
    const later = scene({ answers: () => false, othersAt: 2_000 });
    await later.silentFor(3_000);
    expect(later.knocker.isGone).toBe(true);
  });

  it('is there again with the first that is heard, and what was asked before counts no more', async () => {
    const { knocker, silentFor, heard } = scene({ answers: () => false });
    await silentFor(5_000);
    heard();
    expect(knocker.isGone).toBe(false);
    await silentFor(1_750);
    expect(knocker.isGone).toBe(false);
    await silentFor(1_000);
    expect(knocker.isGone).toBe(true);
  });

  it('is left in peace while it is heard', async () => {
    const { silentFor, heard, knocks } = scene({ answers: () => true });
    for (let n = 0; n < 20; n++) {
      await silentFor(1_000);
      heard();
    }
    expect(knocks()).toBe(0);
  });
});
