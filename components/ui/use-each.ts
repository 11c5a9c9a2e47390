'use client';
import { useRef, useState } from 'react';
import type { ErrorView } from '@/server/domain/shared/clocker-error.ts';
import { toErrorView } from './to-error-view.ts';

export type EachState = { readonly kind: 'waiting' | 'busy' | 'done' } | { readonly kind: 'failed'; readonly error: ErrorView };

export interface Each {
  readonly isBusy: boolean;
  /** By id; empty before it was begun. */
  readonly states: ReadonlyMap<string, EachState>;
  /** One after the other; one that fails stops none. Gives those that failed. */
  run(ids: readonly string[]): Promise<readonly string[]>;
  /** What is under way is ended; what waits is not begun. */
  stop(): void;
}

/** Does the same to several things, and tells of each how it went. */
export function useEach(act: (id: string) => Promise<unknown>): Each {
  const [states, setStates] = useState<ReadonlyMap<string, EachState>>(new Map());
  const [isBusy, setBusy] = useState(false);
  const stopped = useRef(false);
  const tell = (id: string, state: EachState): void => setStates((before) => new Map(before).set(id, state));

  async function run(ids: readonly string[]): Promise<readonly string[]> {
    stopped.current = false;
    setBusy(true);
    for (const id of ids) tell(id, { kind: 'waiting' });
    const failed: string[] = [];
    for (const id of ids) {
      if (stopped.current) break;
      tell(id, { kind: 'busy' });
      try {
        await act(id);
        tell(id, { kind: 'done' });
      } catch (error) {
        failed.push(id);
        tell(id, { kind: 'failed', error: toErrorView(error) });
      }
    }
    setBusy(false);
    return failed;
  }

  return {
    isBusy,
    states,
    run,
    stop() {
      stopped.current = true;
    },
  };
}
