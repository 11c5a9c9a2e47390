import { createHmac } from 'node:crypto';
import { createLocalExec } from '../adapters/process/local-exec.ts';
import { createLocalFiles } from '../adapters/process/local-files.ts';
import { createManualClock, type ManualClock } from '../adapters/simulated/manual-clock.ts';
import { createMemoryContexts } from '../adapters/simulated/memory-contexts.ts';
import { createMemoryDatabase, type MemoryDatabase } from '../adapters/simulated/memory-database.ts';
import { createMemoryTaskLogs, createNoHistory } from '../adapters/simulated/memory-logs.ts';
import { createSeededRandom } from '../adapters/simulated/seeded-random.ts';
import { createSimulatedConnector } from '../adapters/simulated/simulated-connector.ts';
import { SimulatedMachine } from '../adapters/simulated/simulated-machine.ts';
import { createRecordStore } from '../adapters/store/record-store.ts';
import { EMPTY_CATALOG } from '../domain/catalog/catalog.ts';
import type { CloudNetworking } from '../domain/network/virtual-network.ts';
import type { StrategyChoice } from '../domain/placement/placement.ts';
import type { CloudId } from '../domain/shared/ids.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import type { EngineOptions } from '../engine/engine-context.ts';
import { loadProvisioners } from '../plugins/hosts/load-provisioners.ts';
import { loadPlugins } from '../plugins/registry.ts';
import type { Ids } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Prober } from '../ports/prober.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { SourceFetcher } from '../ports/source-fetcher.ts';
import type { Store } from '../ports/store.ts';
import { createDirectPlanner } from './direct-planner.ts';
import { quietLog } from './quiet-log.ts';
import { aHost } from './records.ts';

export const CLOUD = 'my-docker-cloud';
/** Of few addresses, so that they are used again. */
export const TEST_NETWORKING: CloudNetworking = { provider: 'vxlan', pool: '10.208.0.0/24', prefix: 28, config: {} };
const CLOUD_ID = 'cloud-1' as CloudId;

export interface EngineFixtureOptions {
  /** Default 3. */
  readonly hosts?: number;
  /** Machines of no cloud, called `spare-1` and so on. Default 0. */
  readonly spare?: number;
  readonly seed?: number;
  readonly strategies?: readonly StrategyChoice[];
  /** Networks reach all hosts. */
  readonly networking?: CloudNetworking;
  readonly options?: Partial<EngineOptions>;
  readonly log?: Log;
  /** What URLs give. Default: nothing. */
  readonly sources?: SourceFetcher;
  /** What web servers and sockets answer. Default: nothing does. */
  readonly prober?: Prober;
  readonly notifier?: Notifier;
}

const NO_SOURCES: SourceFetcher = {
  fetch: async () => ({ kind: 'failed', why: 'is nowhere' }),
  artifact: async () => ({ kind: 'failed', why: 'is nowhere' }),
};

/** The whole engine on simulated machines, a database in memory and a clock that stands still until told. */
export interface EngineFixture {
  readonly clock: ManualClock;
  readonly machines: readonly SimulatedMachine[];
  readonly spare: readonly SimulatedMachine[];
  readonly random: () => number;
  /** The engine of now: another one after `crash`. */
  readonly engine: Engine;
  readonly store: Store;
  /** Lets `ms` pass. */
  pass(ms: number): Promise<void>;
  /** The process dies: what it has not committed is gone, what it was doing is never finished. A new one starts. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

export async function openEngineFixture(given: EngineFixtureOptions = {}): Promise<EngineFixture> {
  const clock = createManualClock();
  const random = createSeededRandom(given.seed ?? 1);
  const ids = createCountedIds();
  const plugins = await loadPlugins();
  const planner = createDirectPlanner({ ...plugins, catalog: EMPTY_CATALOG });
  const machines = Array.from({ length: given.hosts ?? 3 }, (_, index) => new SimulatedMachine({ name: `host-${index + 1}`, clock }));
  const spare = Array.from({ length: given.spare ?? 0 }, (_, index) => new SimulatedMachine({ name: `spare-${index + 1}`, clock }));
  const provisioners = await loadProvisioners({ exec: createLocalExec(), files: createLocalFiles(), env: {} });
  const contexts = createMemoryContexts();
  let database: MemoryDatabase = createMemoryDatabase();
  let current = await boot();
  await seedCloud(current.store, {
    machines,
    strategies: given.strategies ?? [{ strategy: 'breadth-first', config: {} }],
    networking: given.networking,
  });
  await current.engine.start();
  await clock.advance(10);

  async function boot(): Promise<{ readonly engine: Engine; readonly store: Store; readonly die: () => void }> {
    const life = { dead: false };
    const mortal = mortalClock(clock, life);
    const log = given.log ?? quietLog();
    const store = await createRecordStore({ database, log, freeze: true });
    const reachable = new Map([...machines, ...spare].map((machine) => [machine.name, mortalMachine(machine, { life, clock: mortal })]));
    const engine = createEngine({
      store,
      taskLogs: createMemoryTaskLogs(),
      contexts,
      sources: given.sources ?? NO_SOURCES,
      prober: given.prober ?? createNoProber(mortal),
      ...(given.notifier === undefined ? {} : { notifier: given.notifier }),
      history: createNoHistory(),
      connector: createSimulatedConnector(reachable),
      secrets: createTestSecrets(),
      clock: mortal,
      ids,
      log,
      plugins,
      planner,
      provisioners,
      random,
      options: { sampleMs: 3_600_000, ...given.options },
    });
    return {
      engine,
      store,
      die() {
        life.dead = true;
      },
    };
  }

  return {
    clock,
    machines,
    spare,
    random,
    get engine() {
      return current.engine;
    },
    get store() {
      return current.store;
    },
    pass: (ms) => clock.advance(ms),
    async crash() {
      current.die();
      database = database.cutOff();
      current = await boot();
      await current.engine.start();
    },
    async stop() {
      current.die();
      database.cutOff();
      await clock.settle();
    },
  };
}

/** Timers of a process end with it. */
function mortalClock(clock: ManualClock, life: { readonly dead: boolean }): ManualClock {
  return {
    ...clock,
    after: (ms, callback) =>
      clock.after(ms, () => {
        if (!life.dead) callback();
      }),
  };
}

/** Calls of a dead process are never made, and answers never reach it. */
function mortalMachine(
  machine: SimulatedMachine,
  { life, clock }: { readonly life: { readonly dead: boolean }; readonly clock: ManualClock },
): SimulatedMachine {
  const never = new Promise<never>(() => undefined);
  const call = async <T>(name: string, work: () => T): Promise<T> => {
    if (life.dead) return await never;
    try {
      const result = await machine.call(name, () => (life.dead ? undefined : work()));
      return life.dead ? await never : (result as T);
    } catch (error) {
      if (life.dead) return await never;
      throw error;
    }
  };
  const follow: SimulatedMachine['follow'] = (listener) =>
    machine.follow((event) => {
      if (!life.dead) listener(event);
    });
  const onReachable: SimulatedMachine['onReachable'] = (listener) =>
    machine.onReachable(() => {
      if (!life.dead) listener();
    });
  return new Proxy(machine, {
    get(target, key) {
      if (key === 'clock') return clock;
      if (key === 'call') return call;
      if (key === 'follow') return follow;
      if (key === 'onReachable') return onReachable;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

interface Seeding {
  readonly machines: readonly SimulatedMachine[];
  readonly strategies: readonly StrategyChoice[];
  readonly networking?: CloudNetworking | undefined;
}

async function seedCloud(store: Store, { machines, strategies, networking }: Seeding): Promise<void> {
  await store.commit((draft) => {
    draft.put('cloud', {
      id: CLOUD_ID,
      name: CLOUD,
      strategies,
      portPool: { from: 32_000, to: 33_999 },
      placements: 0,
      ...(networking === undefined ? {} : { networking }),
      createdAt: 0,
    });
    const credentialId = 'credential-1' as never;
    draft.put('credential', { id: credentialId, name: 'key', kind: 'ssh-key', publicKey: '', sealed: 'sealed', createdAt: 0 });
    machines.forEach((machine, index) => {
      draft.put(
        'host',
        aHost({ id: machine.name, cloudId: CLOUD_ID, address: machine.name, credentialId, order: index + 1, state: 'connecting' }),
      );
    });
  });
}

function createTestSecrets(): Secrets {
  const sign = (text: string): string => createHmac('sha256', 'plane key').update(text).digest('hex');
  return {
    planeId: 'plane1',
    seal: (plaintext) => plaintext,
    open: (sealed) => sealed,
    sign,
    verify: (text, signature) => sign(text) === signature,
  };
}

function createNoProber(clock: ManualClock): Prober {
  return { ask: async () => ({ kind: 'failed', problem: 'nobody answers', at: clock.now(), tookMs: 0 }) };
}

/** Ids in order of making, the same for the same seed. */
function createCountedIds(): Ids {
  let count = 0;
  return {
    next() {
      count += 1;
      return `01${count.toString(36).toUpperCase().padStart(24, '0')}`;
    },
  };
}
