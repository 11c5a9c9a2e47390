'use client';
import { useSyncExternalStore } from 'react';

interface Ticker {
  readonly listeners: Set<() => void>;
  now: number;
  timer: ReturnType<typeof setInterval> | null;
}

const makeTicker = (): Ticker => ({ listeners: new Set(), now: 0, timer: null });
const TICKERS: Readonly<Record<'second' | 'quarter', Ticker & { readonly periodMs: number }>> = {
  second: { ...makeTicker(), periodMs: 1_000 },
  quarter: { ...makeTicker(), periodMs: 15_000 },
};

/** Milliseconds since the epoch, renewed each second or each 15 s by one timer for the whole page. 0 while rendering on the server. */
export function useNow(pace: keyof typeof TICKERS = 'second'): number {
  const ticker = TICKERS[pace];
  return useSyncExternalStore(
    (listener) => {
      ticker.listeners.add(listener);
      if (!ticker.timer) {
        ticker.now = Date.now();
        ticker.timer = setInterval(() => {
          ticker.now = Date.now();
          for (const each of ticker.listeners) each();
        }, ticker.periodMs);
      }
      return () => {
        ticker.listeners.delete(listener);
        if (ticker.listeners.size > 0 || !ticker.timer) return;
        clearInterval(ticker.timer);
        ticker.timer = null;
      };
    },
    () => (ticker.now ||= Date.now()),
    () => 0,
  );
}
