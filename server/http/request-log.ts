import type { IncomingMessage, ServerResponse } from 'node:http';
import { ARTIFACTS_PREFIX } from '../domain/artifact/artifact-file.ts';
import type { Log } from '../ports/log.ts';
import type { Metrics } from './metrics.ts';
import { remoteOf } from './respond.ts';

/** Logs and measures each answered request. Query strings are left out: they may hold secrets. */
export function recordAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  to: { log: Log; metrics: Metrics; requestId: string },
): void {
  const startedAt = performance.now();
  response.setHeader('x-request-id', to.requestId);
  response.on('close', () => {
    const path = pathOf(request);
    const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
    const status = response.writableFinished ? response.statusCode : 499;
    const method = request.method ?? 'GET';
    to.metrics.observeRequest({ route: routeOf(path), method, status, durationMs });
    const fields = { requestId: to.requestId, method, path: loggedPath(path), status, durationMs, remote: remoteOf(request) };
    if (path.startsWith('/_next/') || path === '/healthz' || path === '/metrics') to.log.debug('request answered', fields);
    else to.log.info('request answered', fields);
  });
}

export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

/** A path without the grant that an address of an artifact holds. */
export function loggedPath(path: string): string {
  if (!path.startsWith(ARTIFACTS_PREFIX)) return path;
  return path.replace(/[0-9a-f]{64}/gi, '***');
}

/** A short list of names, however many addresses there are. */
function routeOf(path: string): string {
  const known = ['/trpc', '/api/v1', '/api/auth', '/api/openapi.json', '/artifacts', '/_next', '/healthz', '/metrics'];
  return known.find((prefix) => path === prefix || path.startsWith(`${prefix}/`)) ?? 'page';
}
