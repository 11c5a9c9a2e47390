import type { IncomingMessage, ServerResponse } from 'node:http';
import { toNodeHandler } from 'better-auth/node';
import { toErrorView } from '../../domain/shared/clocker-error.ts';
import type { Log } from '../../ports/log.ts';
import { type BetterAuth, CLIENT_ADDRESS_HEADER } from './better-auth.ts';

/** All that is served below `/api/auth`; the rest of the library stays unreachable. */
const ROUTES: ReadonlySet<string> = new Set([
  'POST /api/auth/sign-in/username',
  'POST /api/auth/sign-out',
  'GET /api/auth/get-session',
  'POST /api/auth/change-password',
]);
const MAX_BODY_BYTES = 16 * 1024;

export type AuthHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Serves sign-in, sign-out, session and change of password to browsers. */
export function createAuthHandler(auth: BetterAuth, log: Log): AuthHandler {
  const handle = toNodeHandler(auth);
  return async (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    if (!ROUTES.has(`${request.method} ${path}`)) return answer(response, 404, 'Not found');
    const length = Number(request.headers['content-length'] ?? 0);
    if (request.headers['transfer-encoding'] !== undefined || !(length <= MAX_BODY_BYTES)) return answer(response, 413, 'Body too large');
    request.headers[CLIENT_ADDRESS_HEADER] = request.socket.remoteAddress ?? '0.0.0.0';
    response.setHeader('cache-control', 'no-store');
    try {
      await handle(request, response);
    } catch (error) {
      log.error('an account request failed', { path, error: toErrorView(error) });
      if (!response.headersSent) answer(response, 500, 'Internal error');
    }
  };
}

function answer(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ message }));
}
