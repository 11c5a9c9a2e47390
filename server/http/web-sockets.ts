import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ApiServices, RequestContext } from '../api/request-context.ts';
import { type AppRouter, appRouter } from '../api/router.ts';
import { drained } from './drained.ts';
import { remoteOf, toHeaders } from './respond.ts';

const MAX_MESSAGE_BYTES = 4 * 1_048_576;
const MAX_SOCKETS = 1_000;
const RECHECK_MS = 60_000;
/** Close code for a client whose session or token ended. */
const SIGNED_OUT = 4401;

export interface WebSockets {
  /** Authenticates and takes the connection over, or answers 401 or 503. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  readonly count: number;
  close(): void;
}

interface Client {
  readonly userId: string;
  readonly headers: Headers;
}

/** tRPC over WebSocket. A user's sockets are closed as soon as a session, token or role of that user ended. */
export function createWebSockets(services: ApiServices): WebSockets {
  const clients = new Map<WebSocket, Client>();
  const wss = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_MESSAGE_BYTES });
  applyWSSHandler<AppRouter>({
    wss,
    router: appRouter,
    keepAlive: { enabled: true, pingMs: 20_000, pongWaitMs: 10_000 },
    createContext: ({ req, res }): RequestContext => ({
      services,
      headers: toHeaders(req),
      remote: remoteOf(req),
      requestId: services.engine.ids.next(),
      drained: (stop) => drained(res, req.socket, stop),
    }),
  });
  const stopListening = services.auth.onRevoked((userId) => {
    for (const [socket, client] of clients) if (client.userId === userId) socket.close(SIGNED_OUT, 'signed out');
  });
  const recheck = setInterval(() => void closeExpired(services, clients), RECHECK_MS);
  recheck.unref();
  return {
    async upgrade(request, socket, head) {
      const headers = toHeaders(request);
      const principal = await services.auth.authenticate(headers);
      if (!principal) return refuseUpgrade(socket, 401, 'Unauthorized');
      if (clients.size >= MAX_SOCKETS) return refuseUpgrade(socket, 503, 'Service Unavailable');
      wss.handleUpgrade(request, socket, head, (client) => {
        clients.set(client, { userId: principal.userId, headers });
        client.on('close', () => clients.delete(client));
        client.on('error', (error) => services.log.debug('web socket failed', { error: error.message }));
        wss.emit('connection', client, request);
      });
    },
    get count() {
      return clients.size;
    },
    close() {
      clearInterval(recheck);
      stopListening();
      for (const client of clients.keys()) client.close(1001, 'server stops');
      wss.close();
    },
  };
}

export function refuseUpgrade(socket: Duplex, status: number, reason: string): void {
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

async function closeExpired(services: ApiServices, clients: ReadonlyMap<WebSocket, Client>): Promise<void> {
  for (const [socket, client] of clients) {
    const principal = await services.auth.authenticate(client.headers).catch(() => undefined);
    if (principal === null) socket.close(SIGNED_OUT, 'signed out');
  }
}
