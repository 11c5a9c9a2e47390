import type { IncomingMessage, ServerResponse } from 'node:http';
import { toRpcError } from '../api/error-map.ts';
import type { RequestContext } from '../api/request-context.ts';
import { callRoute } from '../api/rest/call-route.ts';
import { listRoutes, matchRoute } from '../api/rest/route.ts';
import { ClockerError } from '../domain/shared/clocker-error.ts';
import { respondJson } from './respond.ts';

export type RestEndpoint = (request: IncomingMessage, response: ServerResponse, context: RequestContext) => Promise<void>;

/** Serves the procedures that have a REST address under `/api/v1`, each with bodies up to its own size. */
export function createRestEndpoint(prefix: string, maxBodyBytes: (procedure: string) => number): RestEndpoint {
  const routes = listRoutes();
  return async (request, response, context) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const match = matchRoute(routes, request.method ?? 'GET', url.pathname.slice(prefix.length));
    if (!match) {
      const message = `There is no ${request.method} ${url.pathname}`;
      return respondJson(response, 404, { error: { code: 'not-found', message, hint: 'See /api/openapi.json.' } });
    }
    const answer = await callRoute(match, context, {
      query: url.searchParams,
      body: () => readBody(request, maxBodyBytes(match.route.procedure)),
    });
    respondJson(response, answer.status, answer.body);
  };
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw toRpcError(new ClockerError('input.invalid', { message: `The body is larger than ${maxBytes} bytes` }));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
