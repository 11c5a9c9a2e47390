import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSystemClock } from '../adapters/clock/system-clock.ts';
import { createUlids } from '../adapters/clock/ulid.ts';
import { createProber } from '../adapters/prober/create-prober.ts';
import { createLocalExec } from '../adapters/process/local-exec.ts';
import { createLocalFiles } from '../adapters/process/local-files.ts';
import { createSecrets } from '../adapters/secrets/create-secrets.ts';
import { createSourceFetcher } from '../adapters/sources/create-source-fetcher.ts';
import { createHostConnector } from '../adapters/ssh/create-host-connector.ts';
import { createStore, type OpenStore } from '../adapters/store/create-store.ts';
import { EMPTY_CATALOG } from '../domain/catalog/catalog.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { loadProvisioners } from '../plugins/hosts/load-provisioners.ts';
import { loadPlugins } from '../plugins/registry.ts';
import { createDirectPlanner } from './direct-planner.ts';
import { quietLog } from './quiet-log.ts';

export interface EmptyWorld {
  readonly engine: Engine;
  readonly store: OpenStore['store'];
  close(): Promise<void>;
}

export interface EmptyWorldOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Directory of database and key; kept. Default: one of its own, removed at the end. */
  readonly home?: string;
  /** Of Docker on the hosts, where it is not the usual one. */
  readonly engineSocketPath?: string;
}

/** The engine as it ships, without a cloud, a host or a key: SQLite, SSH, system clock and every provisioner. */
export async function openEmptyWorld({ env, home: given, engineSocketPath }: EmptyWorldOptions): Promise<EmptyWorld> {
  const home = given ?? (await mkdtemp(path.join(tmpdir(), 'clocker-empty-')));
  const log = quietLog();
  const clock = createSystemClock();
  const secrets = createSecrets({ file: path.join(home, 'plane.key'), log });
  const open = await createStore({ path: path.join(home, 'db'), log, clock, secrets });
  const { store, history, taskLogs, contexts } = open;
  const plugins = await loadPlugins();
  const engine = createEngine({
    store,
    history,
    taskLogs,
    contexts,
    sources: createSourceFetcher(path.join(home, 'artifacts')),
    prober: createProber(clock),
    connector: createHostConnector({ clock, log, ...(engineSocketPath === undefined ? {} : { engineSocketPath }) }),
    secrets,
    clock,
    ids: createUlids(clock),
    log,
    plugins,
    planner: createDirectPlanner({ ...plugins, catalog: EMPTY_CATALOG }),
    provisioners: await loadProvisioners({ exec: createLocalExec(), files: createLocalFiles(), env }),
  });
  await engine.start();
  return {
    engine,
    store,
    async close() {
      await engine.stop();
      await open.close();
      if (given === undefined) await rm(home, { recursive: true, force: true });
    },
  };
}
