import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSystemClock } from '../adapters/clock/system-clock.ts';
import { createUlids } from '../adapters/clock/ulid.ts';
import { createProber } from '../adapters/prober/create-prober.ts';
import { createSecrets } from '../adapters/secrets/create-secrets.ts';
import { createSourceFetcher } from '../adapters/sources/create-source-fetcher.ts';
import { createHostConnector } from '../adapters/ssh/create-host-connector.ts';
import { createStore, type OpenStore } from '../adapters/store/create-store.ts';
import { EMPTY_CATALOG } from '../domain/catalog/catalog.ts';
import type { CloudId, CredentialId } from '../domain/shared/ids.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { loadPlugins } from '../plugins/registry.ts';
import type { HostTarget } from '../ports/host-session.ts';
import type { Log } from '../ports/log.ts';
import { createDirectPlanner } from './direct-planner.ts';
import { quietLog } from './quiet-log.ts';
import { aHost } from './records.ts';

export const REAL_CLOUD = 'real-cloud';

export interface RealWorldOptions {
  readonly target: HostTarget;
  readonly engineSocketPath: string;
  /** Directory of database and key; kept. Default: one of its own, removed at the end. */
  readonly home?: string;
  readonly log?: Log;
}

export interface RealWorld {
  readonly engine: Engine;
  readonly open: OpenStore;
  /** Resolves once it holds, looking every 5 ms. */
  until(what: string, holds: () => boolean, timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** The engine as it ships on one real host: SQLite, SSH, Docker Engine, system clock. */
export async function openRealWorld({ target, engineSocketPath, home: given, log = quietLog() }: RealWorldOptions): Promise<RealWorld> {
  const home = given ?? (await mkdtemp(path.join(tmpdir(), 'clocker-engine-')));
  const clock = createSystemClock();
  const secrets = createSecrets({ file: path.join(home, 'plane.key'), log });
  const open = await createStore({ path: path.join(home, 'db'), log, clock, secrets });
  const { store, history, taskLogs, contexts } = open;
  const connector = createHostConnector({ clock, log, engineSocketPath });
  const plugins = await loadPlugins();
  const engine = createEngine({
    store,
    taskLogs,
    contexts,
    sources: createSourceFetcher(path.join(home, 'artifacts')),
    prober: createProber(clock),
    history,
    connector,
    secrets,
    clock,
    ids: createUlids(clock),
    log,
    plugins,
    planner: createDirectPlanner({ ...plugins, catalog: EMPTY_CATALOG }),
  });
  if (store.view.all('cloud').size === 0) {
    await store.commit((draft) => {
      const cloudId = 'cloud-1' as CloudId;
      const credentialId = 'credential-1' as CredentialId;
      draft.put('cloud', {
        id: cloudId,
        name: REAL_CLOUD,
        strategies: [],
        portPool: { from: 42_000, to: 42_999 },
        placements: 0,
        createdAt: 0,
      });
      const sealed = secrets.seal(target.privateKey);
      draft.put('credential', { id: credentialId, name: 'key', kind: 'ssh-key', publicKey: '', sealed, createdAt: 0 });
      const { name, address, port, user, hostKey } = target;
      draft.put('host', aHost({ id: 'host-1', cloudId, name, address, port, user, credentialId, hostKey, state: 'connecting' }));
    });
  }
  await engine.start();
  return {
    engine,
    open,
    async until(what, holds, timeoutMs = 60_000) {
      const deadline = Date.now() + timeoutMs;
      while (!holds()) {
        if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}\n${describe(store)}`);
        await sleep(5);
      }
    },
    async close() {
      await engine.stop();
      await open.close();
      if (given === undefined) await rm(home, { recursive: true, force: true });
    },
  };
}

function describe({ view }: OpenStore['store']): string {
  const hosts = [...view.all('host').values()].map((host) => `${host.name} ${host.state} ${host.reason}`);
  const entities = [...view.all('entity').values()].map(
    (entity) => `${entity.name} ${entity.goal} ${entity.actual} ${entity.waitingFor} ${JSON.stringify(entity.problems)}`,
  );
  const tasks = [...view.all('task').values()].map((task) => `${task.name} ${task.status} ${task.error?.message ?? ''}`);
  return [...hosts, ...entities, ...tasks].join('\n');
}
