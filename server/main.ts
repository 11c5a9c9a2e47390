import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createAuth } from './adapters/auth/create-auth.ts';
import { withLocalToken } from './adapters/auth/local-token.ts';
import { createSystemClock } from './adapters/clock/system-clock.ts';
import { createUlids } from './adapters/clock/ulid.ts';
import { createLog } from './adapters/log/create-log.ts';
import { createNotifier } from './adapters/notifier/create-notifier.ts';
import { createProber } from './adapters/prober/create-prober.ts';
import { createLocalExec } from './adapters/process/local-exec.ts';
import { createLocalFiles } from './adapters/process/local-files.ts';
import { createPlannerProcess } from './adapters/process/planner-process.ts';
import { createSecrets } from './adapters/secrets/create-secrets.ts';
import { createSourceFetcher } from './adapters/sources/create-source-fetcher.ts';
import { createHostConnector } from './adapters/ssh/create-host-connector.ts';
import { createStore, type OpenStore } from './adapters/store/create-store.ts';
import { boundAudit } from './api/bounded-audit.ts';
import { listProcedures } from './api/list-procedures.ts';
import { createRecordViews } from './api/masking/record-views.ts';
import type { ApiServices } from './api/request-context.ts';
import { type Config, readConfig } from './config.ts';
import { cloudNamed } from './domain/entity/location.ts';
import { toErrorView } from './domain/shared/clocker-error.ts';
import { createEngine } from './engine/engine.ts';
import { watchCatalogItems } from './engine/queries/catalog-items.ts';
import { createTerminalTickets } from './engine/terminals/terminal-tickets.ts';
import { createPageServer } from './http/page-server.ts';
import { startHttpServer } from './http.ts';
import { loadProvisioners } from './plugins/hosts/load-provisioners.ts';
import { loadPlugins } from './plugins/registry.ts';
import type { BlueprintPlanner } from './ports/blueprint-planner.ts';
import type { Clock, Ids } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Secrets } from './ports/secrets.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
/** Milliseconds within which the process ends, whatever still runs. */
const STOP_WITHIN_MS = 2_500;

export interface RunningServer {
  readonly url: string;
  /** One-time token for the first administrator; null when there is one. */
  readonly setupToken: string | null;
  readonly services: ApiServices;
  stop(): Promise<void>;
}

/** It serves what the store holds; nothing happens by itself until it is started. */
export interface OpenServer extends RunningServer {
  start(): Promise<void>;
}

/** Opens the store, starts the engine and serves. @throws ClockerError input.invalid | port.taken | store.* */
export async function startServer(config: Config, log: Log): Promise<RunningServer> {
  const server = await openServer(config, log);
  await server.start();
  return server;
}

/** Opens the store and serves, with the engine at rest. @throws ClockerError input.invalid | port.taken | store.* */
export async function openServer(config: Config, log: Log): Promise<OpenServer> {
  listProcedures();
  const clock = createSystemClock();
  const ids = createUlids(clock);
  const secrets = createSecrets({ file: path.join(config.dataDirectory, 'key'), log });
  const onLost = () => exitNow(log, 'another process leads now');
  const url = config.databaseUrl === null ? {} : { url: config.databaseUrl };
  const open = await createStore({ path: config.dataDirectory, ...url, log, clock, secrets, onLost });
  const planner = createPlannerProcess({
    module: new URL('./planner-child.ts', import.meta.url),
    log,
    catalog: watchCatalogItems(open.store),
  });
  try {
    return await serve(config, { open, log, clock, ids, secrets, planner, authSecret: secrets.derive('auth') });
  } catch (error) {
    await planner.close();
    await open.close();
    throw error;
  }
}

interface World {
  readonly open: OpenStore;
  readonly log: Log;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly secrets: Secrets;
  readonly authSecret: string;
  readonly planner: BlueprintPlanner;
}

async function serve(config: Config, world: World): Promise<OpenServer> {
  const { open, log, clock, ids } = world;
  const startedAt = clock.now();
  const { store, taskLogs, history, contexts } = open;
  const engine = createEngine({
    store,
    taskLogs,
    history,
    contexts,
    sources: createSourceFetcher(config.artifactsDirectory),
    prober: createProber(clock),
    notifier: createNotifier(),
    connector: createHostConnector({ clock, log }),
    secrets: world.secrets,
    clock,
    ids,
    log,
    plugins: await loadPlugins(),
    planner: world.planner,
    provisioners: await loadProvisioners({ exec: createLocalExec(), files: createLocalFiles(), env: process.env }),
    options: { hostLostAfterMs: config.hostLostAfterMs, publicUrl: config.publicUrl },
  });
  const opened = await createAuth({
    db: open.db,
    dialect: open.dialect,
    baseURL: config.publicUrl ?? `http://${config.host}:${config.port}`,
    trustedOrigins: (request) => originsOf(config, request),
    secret: world.authSecret,
    clock,
    ids,
    log,
    cloudOf: (applicationId) => {
      const application = open.store.view.get('application', applicationId);
      return application ? cloudNamed(open.store.view, application.location)?.id : undefined;
    },
  });
  const auth = await withLocalToken(opened.auth, config.dataDirectory);
  const { development } = config;
  const pages = config.console ? await createPageServer({ root: ROOT, development, port: config.port }) : null;
  const state = { running: false };
  const services: ApiServices = {
    engine: engine.context,
    auth,
    audit: boundAudit(open.audit, clock),
    tickets: createTerminalTickets(clock),
    log,
    views: createRecordViews(engine.context.plugins),
    about: { version: await readVersion(), store: open.dialect, startedAt },
  };
  const http = await startHttpServer({
    services,
    hostCounters: engine.hosts.counters,
    authHandler: opened.authHandler,
    pages,
    health: () => (state.running ? null : 'the engine does not run'),
    listen: { host: config.host, port: config.port },
    artifacts: config.artifactsDirectory,
    publicUrl: config.publicUrl,
    insecure: config.insecure,
    terminalIdleMs: config.terminalIdleMs,
    development,
  });
  return {
    url: config.publicUrl ?? http.url,
    setupToken: await auth.setupToken(),
    services,
    async start() {
      await engine.start();
      state.running = true;
    },
    async stop() {
      state.running = false;
      await http.close();
      await engine.stop();
      await world.planner.close();
      await pages?.close();
      await open.close();
    },
  };
}

/** The host header was compared with our own names before the account service sees a request. */
function originsOf({ publicUrl }: Config, request: Request | undefined): string[] {
  const host = request?.headers.get('host');
  return [...(publicUrl === null ? [] : [publicUrl]), ...(host ? [`http://${host}`] : [])];
}

async function readVersion(): Promise<string> {
  const { version }: { version?: string } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  return version ?? 'unknown';
}

function exitNow(log: Log, reason: string): never {
  log.error('stopping at once', { reason });
  process.exit(1);
}

async function main(): Promise<void> {
  process.umask(0o077);
  const config = readConfig(process.env);
  const log = createLog({ level: config.logLevel });
  process.on('unhandledRejection', (error) => log.error('a promise failed that nobody waited for', { error: toErrorView(error) }));
  process.on('uncaughtException', (error) => exitNow(log, error.stack ?? error.message));
  const server = await startServer(config, log);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(server, log, signal));
  process.stdout.write(`Console: ${server.url}\n`);
  if (server.setupToken !== null) {
    process.stdout.write(`Set-up token: ${server.setupToken}\n`);
    process.stdout.write(`Make the first administrator at ${server.url}/setup?token=${server.setupToken}\n`);
  }
}

async function stop(server: RunningServer, log: Log, signal: string): Promise<void> {
  log.info('stopping', { signal });
  setTimeout(() => exitNow(log, `not stopped within ${STOP_WITHIN_MS} ms`), STOP_WITHIN_MS).unref();
  await server.stop();
  process.exit(0);
}

function fail(error: unknown): void {
  const { message, hint } = toErrorView(error);
  process.stderr.write(`Clocker cannot start: ${message}\n${hint ? `Hint: ${hint}\n` : ''}`);
  process.exit(1);
}

if (import.meta.main) main().catch(fail);
