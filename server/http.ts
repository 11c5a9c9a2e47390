import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { mayOn } from './api/access.ts';
import type { ApiServices, RequestContext } from './api/request-context.ts';
import { openApiDocument } from './api/rest/document.ts';
import { appRouter } from './api/router.ts';
import { isLoopback } from './config.ts';
import { ARTIFACTS_PREFIX } from './domain/artifact/artifact-file.ts';
import { ClockerError } from './domain/shared/clocker-error.ts';
import { TERMINAL_PATH } from './domain/terminal/terminal-message.ts';
import { auditAccountRequest } from './http/account-audit.ts';
import { serveArtifact } from './http/artifact-files.ts';
import { API_POLICY, setContentSecurityPolicy, setSecurityHeaders } from './http/content-security-policy.ts';
import { createMetrics, type MetricSources, type Metrics } from './http/metrics.ts';
import type { PageServer } from './http/page-server.ts';
import { type GuardSettings, refuseForeignHost, refuseForeignOrigin } from './http/request-guard.ts';
import { loggedPath, pathOf, recordAnswer } from './http/request-log.ts';
import { remoteOf, respondJson, respondText, toHeaders } from './http/respond.ts';
import { createRestEndpoint } from './http/rest-endpoint.ts';
import { createTerminalSockets, type TerminalSockets } from './http/terminal-sockets.ts';
import { createWebSockets, refuseUpgrade, type WebSockets } from './http/web-sockets.ts';

const MAX_BODY_BYTES = 4 * 1_048_576;
/** Of the one procedure that takes files: 20 MiB in base64, and some room. Nothing of a body is read before it is known who sends it. */
const MAX_CONTEXT_BYTES = 29 * 1_048_576;
/** A connection that waits for its next request is kept longer than clients keep theirs: one that is closed as it is used again fails the request. */
const KEEP_ALIVE_MS = 75_000;
const CONTEXT_PROCEDURE = 'context.put';
const TRPC_PREFIX = '/trpc/';
/** Queries may come as POST: a blueprint is too long for an address. */
const TRPC_OPTIONS = { router: appRouter, basePath: TRPC_PREFIX, allowMethodOverride: true, maxBatchSize: 50 };
const REST_PREFIX = '/api/v1';
const WS_PATH = '/ws/trpc';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

export interface HttpOptions {
  readonly services: ApiServices;
  readonly hostCounters: MetricSources['hostCounters'];
  /** Serves `/api/auth/*`: sign-in, sign-out, session. */
  readonly authHandler: Handler;
  /** Null serves the API alone. */
  readonly pages: PageServer | null;
  /** Null when healthy, else what is wrong. */
  readonly health: () => string | null;
  readonly listen: { readonly host: string; readonly port: number };
  /** Folder, absolute, of files that artifact rules lead to. */
  readonly artifacts: string;
  readonly publicUrl: string | null;
  readonly insecure: boolean;
  readonly terminalIdleMs: number;
  readonly development: boolean;
}

export interface HttpServer {
  /** Where it listens, for people of this machine. */
  readonly url: string;
  readonly port: number;
  /** Ends all connections; resolves when none is left. */
  close(): Promise<void>;
}

/** Everything on one port: pages, tRPC over HTTP and WebSocket, REST, sign-in, health and metrics. */
export async function startHttpServer(options: HttpOptions): Promise<HttpServer> {
  const sockets = createWebSockets(options.services);
  const terminals = createTerminalSockets(options.services, { idleMs: options.terminalIdleMs });
  const metrics = createMetrics({ engine: options.services.engine, hostCounters: options.hostCounters, sockets });
  const server = createServer({ requestTimeout: 120_000, headersTimeout: 20_000, keepAliveTimeout: KEEP_ALIVE_MS, maxHeaderSize: 32_768 });
  const port = await listen(server, options.listen);
  const guard: GuardSettings = { ...options.listen, port, publicUrl: options.publicUrl, insecure: options.insecure };
  const url = `http://${options.listen.host.includes(':') ? `[${options.listen.host}]` : options.listen.host}:${port}`;
  const handle = createRequestHandler(options, { metrics, guard, baseUrl: options.publicUrl ?? url });
  server.on('request', (request, response) => void handle(request, response));
  server.on('upgrade', (request, socket, head) => void handleUpgrade({ request, socket, head }, { sockets, terminals, guard, options }));
  return { url, port, close: () => close(server, { sockets, terminals, metrics }) };
}

function createRequestHandler(options: HttpOptions, made: { metrics: Metrics; guard: GuardSettings; baseUrl: string }): Handler {
  const { services, pages } = options;
  const routes = createRoutes(options, made);
  return async (request, response) => {
    const requestId = services.engine.ids.next();
    recordAnswer(request, response, { log: services.log, metrics: made.metrics, requestId });
    setSecurityHeaders(response, { tls: options.publicUrl?.startsWith('https://') ?? false });
    const path = pathOf(request);
    const probe = path === '/healthz' || path === '/metrics';
    const refusal = (probe ? null : refuseForeignHost(request, made.guard)) ?? refuseForeignOrigin(request, made.guard);
    if (refusal) return respondText(response, refusal.status, `${refusal.reason}\n`);
    const context: RequestContext = {
      services,
      headers: toHeaders(request),
      remote: remoteOf(request),
      requestId,
      drained: () => Promise.resolve(),
    };
    try {
      const route = routes.find(({ matches }) => matches(path));
      if (route) return await route.handle(request, response, context);
      if (!pages) return respondJson(response, 404, { error: { code: 'not-found', message: 'There is no such page' } });
      setContentSecurityPolicy(request, response, options);
      await pages.handle(request, response);
    } catch (error) {
      services.log.error('request failed', { requestId, path: loggedPath(path), error });
      if (response.headersSent) response.destroy();
      else respondJson(response, 500, { error: { code: 'internal', message: `Something failed inside Clocker (request ${requestId})` } });
    }
  };
}

interface Route {
  matches(path: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse, context: RequestContext): Promise<void> | void;
}

function createRoutes(options: HttpOptions, { metrics, baseUrl }: { metrics: Metrics; baseUrl: string }): readonly Route[] {
  const { services, health } = options;
  const rest = createRestEndpoint(REST_PREFIX, maxBodyBytes);
  return [
    { matches: (path) => path.startsWith(TRPC_PREFIX), handle: handleTrpc },
    { matches: (path) => path === REST_PREFIX || path.startsWith(`${REST_PREFIX}/`), handle: rest },
    { matches: (path) => path.startsWith('/api/auth/'), handle: (request, response) => handleAuth(options, request, response) },
    {
      matches: (path) => path === '/api/openapi.json',
      handle: (_request, response) => respondJson(response, 200, openApiDocument({ version: services.about.version, baseUrl })),
    },
    {
      matches: (path) => path.startsWith(ARTIFACTS_PREFIX),
      handle: (request, response) => serveArtifact(services.engine, options.artifacts, { request, response }),
    },
    {
      matches: (path) => path === '/healthz',
      handle: (_request, response) => {
        const problem = health();
        respondJson(response, problem === null ? 200 : 503, { status: problem === null ? 'ok' : 'unhealthy', problem });
      },
    },
    {
      matches: (path) => path === '/metrics',
      handle: (request, response, context) => handleMetrics(metrics, context, request, response),
    },
  ];
}

async function handleTrpc(request: IncomingMessage, response: ServerResponse, context: RequestContext): Promise<void> {
  response.setHeader('content-security-policy', API_POLICY);
  response.setHeader('cache-control', 'no-store');
  const procedures = pathOf(request).slice(TRPC_PREFIX.length);
  const handler = createHTTPHandler({ ...TRPC_OPTIONS, maxBodySize: maxBodyBytes(procedures), createContext: () => context });
  await handler(request, response);
}

function maxBodyBytes(procedure: string | undefined): number {
  return procedure === CONTEXT_PROCEDURE ? MAX_CONTEXT_BYTES : MAX_BODY_BYTES;
}

/** Open to this machine; to others, and through a proxy, only with the token of somebody who reads the whole installation. */
async function handleMetrics(metrics: Metrics, context: RequestContext, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const isHere = isLoopback(remoteOf(request).replace('::ffff:', '')) && request.headers['x-forwarded-for'] === undefined;
  const principal = isHere ? null : await context.services.auth.authenticate(context.headers);
  if (!isHere && !(principal && mayOn(principal, 'read', ['system']))) return respondText(response, 401, 'An API token is needed\n');
  respondText(response, 200, await metrics.render(), metrics.contentType);
}

async function handleAuth({ authHandler, services }: HttpOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('content-security-policy', API_POLICY);
  await auditAccountRequest(services, pathOf(request), request, response);
  await authHandler(request, response);
}

async function handleUpgrade(
  { request, socket, head }: { request: IncomingMessage; socket: Duplex; head: Buffer },
  { sockets, terminals, guard, options }: { sockets: WebSockets; terminals: TerminalSockets; guard: GuardSettings; options: HttpOptions },
): Promise<void> {
  socket.on('error', (error) => options.services.log.debug('upgrade failed', { error: error.message }));
  const path = pathOf(request);
  const refusal = refuseForeignHost(request, guard) ?? refuseForeignOrigin(request, guard);
  if (refusal) return refuseUpgrade(socket, refusal.status, refusal.status === 403 ? 'Forbidden' : 'Misdirected Request');
  try {
    if (path === WS_PATH) return await sockets.upgrade(request, socket, head);
    if (path === TERMINAL_PATH) return await terminals.upgrade(request, socket, head);
    if (options.development && options.pages) return await options.pages.upgrade(request, socket, head);
    refuseUpgrade(socket, 404, 'Not Found');
  } catch (error) {
    options.services.log.error('upgrade failed', { path, error });
    refuseUpgrade(socket, 500, 'Internal Server Error');
  }
}

function listen(server: Server, { host, port }: { readonly host: string; readonly port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE';
      const message = taken ? `Port ${port} of ${host} is taken by another program` : `Cannot listen on ${host}:${port}: ${cause.message}`;
      reject(new ClockerError('port.taken', { message, hint: 'Stop the other program or set PORT to another port.', cause }));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

async function close(
  server: Server,
  { sockets, terminals, metrics }: { sockets: WebSockets; terminals: TerminalSockets; metrics: Metrics },
): Promise<void> {
  sockets.close();
  await terminals.close();
  metrics.close();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
