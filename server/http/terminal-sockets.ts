import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ApiServices } from '../api/request-context.ts';
import type { Principal } from '../ports/auth.ts';
import { remoteOf, toHeaders } from './respond.ts';
import { mayHold } from './terminal-access.ts';
import { TerminalSession } from './terminal-session.ts';
import { refuseUpgrade } from './web-sockets.ts';

/** Pastes come in pieces of the input window; a message is never longer. */
const MAX_MESSAGE_BYTES = 128 * 1024;
const MOST_TERMINALS = 200;
const MOST_OF_ONE_USER = 10;
/** Sessions that expire tell nobody. */
const RECHECK_MS = 30_000;

export interface TerminalSockets {
  /** Authenticates and takes the connection over, or answers 401 or 503. Nothing is opened before a ticket is shown. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  /** Hangs all shells up; resolves when they have ended. */
  close(): Promise<void>;
}

interface Client {
  readonly principal: Principal;
  readonly headers: Headers;
  readonly held: TerminalSession;
  isAlive: boolean;
}

/** Terminals over WebSocket. Each is closed as soon as its session has ended or its user may no longer open it. */
export function createTerminalSockets(services: ApiServices, { idleMs }: { readonly idleMs: number }): TerminalSockets {
  const clients = new Map<WebSocket, Client>();
  const wss = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_MESSAGE_BYTES });

  const recheck = (userId?: string): void => {
    for (const client of clients.values()) {
      if (userId === undefined || client.principal.userId === userId) void endWhereRevoked(services, client);
    }
  };
  const stopListening = services.auth.onRevoked((userId) => recheck(userId));
  const timer = setInterval(() => {
    recheck();
    endDead(clients);
  }, RECHECK_MS);
  timer.unref();

  function hold(socket: WebSocket, request: IncomingMessage, principal: Principal): void {
    const held = new TerminalSession(socket, { services, principal, remote: remoteOf(request), idleMs });
    const client: Client = { principal, headers: toHeaders(request), held, isAlive: true };
    clients.set(socket, client);
    socket.on('pong', () => {
      client.isAlive = true;
    });
    socket.on('error', (error) => services.log.debug('terminal socket failed', { error: error.message }));
    void held.ended.finally(() => clients.delete(socket));
  }

  return {
    async upgrade(request, socket, head) {
      const principal = await services.auth.authenticate(toHeaders(request));
      if (!principal) return refuseUpgrade(socket, 401, 'Unauthorized');
      const own = [...clients.values()].filter((client) => client.principal.userId === principal.userId).length;
      if (clients.size >= MOST_TERMINALS || own >= MOST_OF_ONE_USER) return refuseUpgrade(socket, 503, 'Service Unavailable');
      wss.handleUpgrade(request, socket, head, (client) => hold(client, request, principal));
    },
    async close() {
      clearInterval(timer);
      stopListening();
      const held = [...clients.values()].map((client) => client.held);
      for (const one of held) one.end('server-stops');
      await Promise.all(held.map((one) => one.ended));
      wss.close();
    },
  };
}

/** Another session of the same user may have ended, or another role of it: only what this one needs counts. */
async function endWhereRevoked({ auth, engine, log }: ApiServices, { principal, headers, held }: Client): Promise<void> {
  try {
    const now = await auth.authenticate(headers);
    if (now?.sessionId === principal.sessionId && (held.target === null || mayHold(now, held.target, engine.store.view))) return;
    held.end('signed-out');
  } catch (error) {
    log.warn('a terminal could not be checked again', { error });
  }
}

/** A page that went away without a goodbye answers no ping. */
function endDead(clients: ReadonlyMap<WebSocket, Client>): void {
  for (const [socket, client] of clients) {
    if (!client.isAlive) socket.terminate();
    client.isAlive = false;
    socket.ping();
  }
}
