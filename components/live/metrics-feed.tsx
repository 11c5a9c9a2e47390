'use client';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useTRPCClient } from '@/components/trpc/trpc.ts';
import { useLiveStores } from './live-context.ts';

const SETTLE_MS = 250;
const NOBODY: readonly string[] = [];

/** Asks for numbers of the subjects on the screen, and of no other; pauses while the tab is hidden. */
export function MetricsFeed() {
  const client = useTRPCClient();
  const { metrics } = useLiveStores();
  const watched = useSyncExternalStore(
    useCallback((listener) => metrics.onWatchedChange(listener), [metrics]),
    metrics.watched,
    () => NOBODY,
  );
  const visible = useVisible();
  useEffect(() => {
    if (watched.length === 0 || !visible) return;
    let stop: (() => void) | undefined;
    const timer = setTimeout(() => {
      const subscription = client.metrics.watch.subscribe({ subjectIds: [...watched] }, { onData: (samples) => metrics.add(samples) });
      stop = () => subscription.unsubscribe();
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  }, [client, metrics, watched, visible]);
  return null;
}

function useVisible(): boolean {
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    const update = () => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', update);
    return () => document.removeEventListener('visibilitychange', update);
  }, []);
  return visible;
}
