import type { Clock } from '../ports/clock.ts';

export interface ManualClock extends Clock {
  /** Lets time pass; what is due runs in order, and its promises get to go on before the next. */
  advance(ms: number): Promise<void>;
  /** Time jumps without anything running in between, as for a process that was stopped; then all that is due runs. */
  jump(ms: number): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** @param settle resolves when the work that was begun has gone as far as it can without time passing */
export function createManualClock(settle: () => Promise<void>, start = 1_800_000_000_000): ManualClock {
  let now = start;
  const timers = new Set<Timer>();

  function nextDue(until: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of timers) if (timer.at <= until && (!next || timer.at < next.at)) next = timer;
    return next;
  }

  async function runUntil(end: number): Promise<void> {
    await settle();
    for (let timer = nextDue(end); timer; timer = nextDue(end)) {
      timers.delete(timer);
      now = Math.max(now, timer.at);
      timer.callback();
      await settle();
    }
    now = Math.max(now, end);
  }

  return {
    now: () => now,
    after(ms, callback) {
      const timer: Timer = { at: now + Math.max(0, ms), callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance: (ms) => runUntil(now + ms),
    async jump(ms) {
      now += ms;
      await runUntil(now);
    },
  };
}
