import { WebSocket } from 'ws';
import type { WatchMessage } from '../api/events/watch.ts';

export interface Received {
  /** Revision as the resumable id. */
  readonly id: string;
  readonly data: WatchMessage;
}

export interface WatchClient {
  readonly received: readonly Received[];
  /** Resolves with the first message, old or new, that fits. Rejects after 10 s. */
  until(fits: (message: Received) => boolean): Promise<Received>;
  /** Stops reading from the connection, as a stalled browser would. */
  pause(): void;
  resume(): void;
  /** Close code. */
  readonly closed: Promise<number>;
  close(): void;
}

/** `events.watch` over a bare WebSocket. */
export async function watchEvents(
  url: string,
  token: string,
  input: { kinds: readonly string[]; lastEventId?: string },
): Promise<WatchClient> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/trpc`, { headers: { authorization: `Bearer ${token}` } });
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (text) => {
    if (String(text) === 'PING') return socket.send('PONG');
    const message: { result?: { type: string; data: Received } } = JSON.parse(String(text));
    if (message.result?.type !== 'data') return;
    received.push(message.result.data);
    for (const look of waiting) look();
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  socket.send(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'events.watch', input } }));
  return {
    received,
    until(fits) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no such message among ${received.length}`)), 10_000);
        const look = () => {
          const found = received.find(fits);
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    closed,
    close: () => socket.terminate(),
  };
}
