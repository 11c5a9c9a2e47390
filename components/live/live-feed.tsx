'use client';
import { useEffect } from 'react';
import { useTRPCClient } from '@/components/trpc/trpc.ts';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { useLiveStores } from './live-context.ts';
import { LIVE_KINDS } from './live-state.ts';
import { makeSnapshotParts } from './snapshot-parts.ts';

const RETRY_MS = 3_000;

/**
 * Keeps the one `events.watch` subscription of the tab. After a reconnect the client sends the last revision by itself and gets
 * the changes since, or a new snapshot where that is too far back.
 */
export function LiveFeed() {
  const client = useTRPCClient();
  const { live } = useLiveStores();
  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lastEventId: string | null = null; // not the store's revision: the first messages of a long snapshot carry none
    let stop: (() => void) | undefined;
    const start = () => {
      const whole = makeSnapshotParts();
      const subscription = client.events.watch.subscribe(
        { kinds: [...LIVE_KINDS], lastEventId },
        {
          onData: ({ id, data }) => {
            live.setConnection('live');
            const patch = whole(id, data);
            if (patch) live.apply(patch);
            lastEventId = id;
          },
          onConnectionStateChange: ({ state }) => {
            if (state === 'connecting') live.setConnection(live.ready() ? 'reconnecting' : 'connecting');
          },
          onStarted: () => {
            if (live.ready()) live.setConnection('live');
          },
          onError: (error) => again(toErrorView(error).code === 'auth.unauthenticated'),
          onComplete: () => again(false),
        },
      );
      stop = () => subscription.unsubscribe();
    };
    const again = (refused: boolean) => {
      if (ended) return;
      live.setConnection(refused ? 'refused' : 'reconnecting');
      clearTimeout(timer);
      timer = setTimeout(start, RETRY_MS);
    };
    start();
    return () => {
      ended = true;
      clearTimeout(timer);
      stop?.();
    };
  }, [client, live]);
  return null;
}
