'use client';
import { useSyncExternalStore } from 'react';

interface Ticker {
  readonly subscribe: (listener: () => void) => () => void;
  readonly now: () => number;
}

const TICKERS = { second: makeTicker(1_000), quarter: makeTicker(15_000) } as const;

/** Milliseconds since the epoch, renewed each second or each 15 s by one timer for the whole page. 0 while rendering on the server. */
export function useNow(pace: keyof typeof TICKERS = 'second'): number {
  const ticker = TICKERS[pace];
  return useSyncExternalStore(ticker.subscribe, ticker.now, serverNow);
}

const serverNow = () => 0;

function makeTicker(periodMs: number): Ticker {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | null = null;
  let now = 0;
  const tick = () => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  return {
    subscribe(listener) {
      listeners.add(listener);
      timer ??= setInterval(tick, periodMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || !timer) return;
        clearInterval(timer);
        timer = null;
      };
    },
    now() {
      if (!timer || now === 0) now = Math.floor(Date.now() / periodMs) * periodMs;
      return now;
    },
  };
}
