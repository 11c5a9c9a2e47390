import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSystemClock } from '../adapters/clock/system-clock.ts';
import { createUlids } from '../adapters/clock/ulid.ts';
import { createNotifier } from '../adapters/notifier/create-notifier.ts';
import { createProber } from '../adapters/prober/create-prober.ts';
import { createSecrets } from '../adapters/secrets/create-secrets.ts';
import { createSourceFetcher } from '../adapters/sources/create-source-fetcher.ts';
import { createStore, type OpenStore } from '../adapters/store/create-store.ts';
import { EMPTY_CATALOG } from '../domain/catalog/catalog.ts';
import { createSensorWriter } from '../engine/adjuncts/sensor-writer.ts';
import { createHostController, type HostController } from '../engine/controllers/host-controller.ts';
import type { EngineContext, EngineOptions } from '../engine/engine-context.ts';
import { createHostSessions, type HostSessionPool } from '../engine/hosts/host-sessions.ts';
import { createLiveMetrics } from '../engine/live-metrics.ts';
import { createSecretTexts } from '../engine/secret-texts.ts';
import { createTaskRunner } from '../engine/task-runner.ts';
import { createWorkQueue } from '../engine/work-queue.ts';
import type { Clock } from '../ports/clock.ts';
import type { HostConnector } from '../ports/host-session.ts';
import type { Log } from '../ports/log.ts';
import { createDirectPlanner } from './direct-planner.ts';
import { quietLog } from './quiet-log.ts';

export interface HostWorld {
  readonly context: EngineContext;
  readonly pool: HostSessionPool;
  readonly controller: HostController;
  close(): Promise<void>;
}

export interface HostWorldOptions {
  readonly connector: HostConnector;
  readonly log?: Log;
  readonly options?: Partial<EngineOptions>;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

/** Everything the host controller works with, real but for the connector: SQLite in a temporary directory, queue, task runner, clock. */
export async function openHostWorld({
  connector,
  log = quietLog(),
  options = {},
  clock = createSystemClock(),
}: HostWorldOptions): Promise<HostWorld> {
  const home = await mkdtemp(path.join(tmpdir(), 'clocker-hosts-'));
  const secrets = createSecrets({ file: path.join(home, 'plane.key'), log });
  const opened: OpenStore = await createStore({ path: path.join(home, 'db'), log, clock, secrets });
  const { store, history, taskLogs, contexts } = opened;
  const ids = createUlids(clock);
  const engineOptions: EngineOptions = { hostLostAfterMs: 15_000, operationsPerHost: 8, sampleMs: 1_000, publicUrl: null, ...options };
  const pool = createHostSessions({ view: store.view, connector, secrets, operationsPerHost: engineOptions.operationsPerHost });
  const queue = createWorkQueue({ clock, log, random: Math.random });
  const metrics = createLiveMetrics(() => undefined);
  const context: EngineContext = {
    store,
    queue,
    tasks: createTaskRunner({ store, taskLogs, clock, ids, log }),
    hosts: pool,
    connector,
    metrics,
    sensors: createSensorWriter({ store, metrics, history, clock, log }),
    history,
    taskLogs,
    contexts,
    sources: createSourceFetcher(path.join(home, 'artifacts')),
    prober: createProber(clock),
    notifier: createNotifier(),
    secrets,
    secretTexts: createSecretTexts(secrets),
    clock,
    ids,
    log,
    plugins: {
      entityTypes: new Map(),
      placement: new Map(),
      adjunctTypes: new Map(),
      importers: [],
      packageManagers: [],
      sdnProviders: new Map(),
    },
    planner: createDirectPlanner({ entityTypes: new Map(), adjunctTypes: new Map(), importers: [], catalog: EMPTY_CATALOG }),
    provisioners: new Map(),
    options: engineOptions,
  };
  const controller = createHostController(context, pool);
  return {
    context,
    pool,
    controller,
    async close() {
      await controller.stop();
      await queue.stop();
      await opened.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
