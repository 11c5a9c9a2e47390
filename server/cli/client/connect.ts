import { createTRPCClient, createWSClient, httpLink, splitLink, type TRPCClient, wsLink } from '@trpc/client';
import { WebSocket } from 'ws';
import type { AppRouter } from '../../api/router.ts';
import type { Connection } from './settings.ts';

export type Api = TRPCClient<AppRouter>;

export interface Client {
  readonly api: Api;
  readonly url: string;
  /** A WebSocket of this connection. */
  socket(path: string): WebSocket;
  close(): Promise<void>;
}

/** The API over HTTP, its streams over one WebSocket that is opened when the first stream is. */
export function connect({ url, token }: Connection, cookie?: string): Client {
  const headers: Record<string, string> = {};
  if (token !== null) headers.authorization = `Bearer ${token}`;
  if (cookie !== undefined) headers.cookie = cookie;
  const socket = createWSClient({
    url: `${url.replace(/^http/, 'ws')}/ws/trpc`,
    WebSocket: socketWith(headers) as unknown as typeof globalThis.WebSocket,
    lazy: { enabled: true, closeMs: 500 },
    retryDelayMs: (attempt) => Math.min(5_000, 200 * 2 ** attempt),
  });
  const api = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: wsLink({ client: socket }),
        false: splitLink({
          // A blueprint is too long for an address.
          condition: (operation) => operation.path === 'application.plan',
          true: httpLink({ url: `${url}/trpc`, headers, methodOverride: 'POST' }),
          false: httpLink({ url: `${url}/trpc`, headers }),
        }),
      }),
    ],
  });
  const address = url.replace(/^http/, 'ws');
  return { api, url, socket: (path) => new WebSocket(`${address}${path}`, { headers }), close: async () => void (await socket.close()) };
}

function socketWith(headers: Readonly<Record<string, string>>) {
  return class extends WebSocket {
    constructor(url: string | URL) {
      super(url, { headers });
    }
  };
}
