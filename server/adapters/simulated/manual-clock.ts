import type { Clock } from '../../ports/clock.ts';

export interface ManualClock extends Clock {
  /** Runs what is due until `ms` later, in order of time; between two timers all work that is ready gets its turn. */
  advance(ms: number): Promise<void>;
  /** Lets everything run that waits for no timer, or as many turns of the event loop as given. */
  settle(turns?: number): Promise<void>;
}

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly callback: () => void;
}

/** Turns of the event loop after which work that is ready has surely run: a commit takes two, a simulated call one. */
const TURNS = 12;

/** Time that stands still until it is told to pass. */
export function createManualClock(startMs = 1_700_000_000_000): ManualClock {
  const timers = new Set<Timer>();
  let now = startMs;
  let order = 0;

  function nextDue(untilMs: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of timers) {
      if (timer.atMs > untilMs) continue;
      if (!next || timer.atMs < next.atMs || (timer.atMs === next.atMs && timer.order < next.order)) next = timer;
    }
    return next;
  }

  async function settle(turns = TURNS): Promise<void> {
    for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  return {
    now: () => now,
    after(ms, callback) {
      order += 1;
      const timer: Timer = { atMs: now + Math.max(0, ms), order, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    settle,
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (let timer = nextDue(until); timer; timer = nextDue(until)) {
        timers.delete(timer);
        now = Math.max(now, timer.atMs);
        timer.callback();
        if (nextDue(now) === undefined) await settle();
      }
      now = until;
      await settle();
    },
  };
}
