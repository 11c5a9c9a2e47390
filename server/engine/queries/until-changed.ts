import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';

export interface Waiting {
  readonly store: Store;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Asked at once and after each commit. */
  readonly isChanged: () => boolean;
  readonly atMostMs?: number;
}

/** Resolves when the answer is yes, the time is over or the signal aborts. Never rejects. */
export function untilChanged({ store, clock, signal, isChanged, atMostMs }: Waiting): Promise<void> {
  return new Promise((resolve) => {
    const cleanUp: (() => void)[] = [];
    const done = (): void => {
      for (const undo of cleanUp.splice(0)) undo();
      resolve();
    };
    if (signal.aborted || isChanged()) return done();
    cleanUp.push(store.subscribe(() => isChanged() && done()));
    if (atMostMs !== undefined) cleanUp.push(clock.after(atMostMs, done));
    signal.addEventListener('abort', done, { once: true });
    cleanUp.push(() => signal.removeEventListener('abort', done));
  });
}
