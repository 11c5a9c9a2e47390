import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createSystemClock } from '../server/adapters/clock/system-clock.ts';
import { createStore } from '../server/adapters/store/create-store.ts';
import { BARE_CONTAINER } from '../server/domain/entity/container-spec.ts';
import type { Instance } from '../server/domain/entity/instance.ts';
import { createPlacementIndex } from '../server/domain/placement/placement-index.ts';
import type { SeenHost } from '../server/domain/placement/placement-kind.ts';
import { resolveStrategies } from '../server/domain/placement/resolve-strategies.ts';
import type { EntityId } from '../server/domain/shared/ids.ts';
import { loadPlugins } from '../server/plugins/registry.ts';
import { aHostView, aRequest } from '../server/testing/placement.ts';
import { quietLog } from '../server/testing/quiet-log.ts';
import { anInstance } from '../server/testing/records.ts';
import { alternate, type Bench, rounded, summarise } from './support/bench.ts';

const HOSTS = 5_000;
const PLACEMENTS = 1_000_000;
/** Placements in one commit. */
const LOT = 2_000;
const ROWS = 250;
const TARGET_S = 10;
const LIMIT = 254;
const REQUEST = aRequest({ parentId: 'web' as EntityId, memoryBytes: 2 ** 26, cpus: 0.1 });
const SPEC = { ...BARE_CONTAINER, image: 'nginx:1.22', memoryBytes: 2 ** 26, cpus: 0.1 };

/** From nothing to a million placements that have outlived a restart: hosts chosen, instances committed, and read again. */
export const bench: Bench = {
  name: 'c1m',
  what: `plan, record durably and read again ${PLACEMENTS} placements on ${HOSTS} simulated hosts, against bare SQLite with a row for each`,
  async run({ rounds, say, signal }) {
    const folder = mkdtempSync(path.join(tmpdir(), 'clocker-bench-'));
    const detail: Record<string, number> = {};
    try {
      const measured = await alternate(
        { rounds: rounds ?? 3, say, signal },
        async () => {
          const took = await ours(folder, signal);
          Object.assign(detail, {
            planAndRecordS: rounded(took.recordS),
            reloadS: rounded(took.reloadS),
            cpuS: rounded(took.cpuS),
            lost: took.lost,
          });
          return took.recordS + took.reloadS;
        },
        async () => {
          const took = bare(folder, signal);
          Object.assign(detail, { bareWriteS: rounded(took.writeS), bareReadS: rounded(took.readS), bareCpuS: rounded(took.cpuS) });
          return took.writeS + took.readS;
        },
      );
      const summary = summarise(measured);
      return {
        name: 'c1m',
        unit: 's',
        ...summary,
        target: `<= ${TARGET_S} s, none lost`,
        met: summary.ours <= TARGET_S && detail.lost === 0,
        detail: { hosts: HOSTS, placements: PLACEMENTS, ...detail },
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function toInstance(n: number, hostId: string): Instance {
  const id = `01M8CDD53DZR${String(n).padStart(14, '0')}`;
  return anInstance({ id, entityId: `entity-${n}`, hostId, spec: SPEC, specHash: 'a'.repeat(64) });
}

interface Took {
  readonly recordS: number;
  readonly reloadS: number;
  /** Seconds of processor time of both, all threads: tells how much of the time others had the machine. */
  readonly cpuS: number;
  /** Placements that were acknowledged and are not there after the restart. */
  readonly lost: number;
}

async function ours(folder: string, signal: AbortSignal): Promise<Took> {
  const directory = path.join(folder, 'ours');
  rmSync(directory, { recursive: true, force: true });
  const open = () => createStore({ path: directory, log: quietLog(), clock: createSystemClock(), freeze: false });
  const choose = await openPlacement();
  let opened = await open();
  const cpu = process.cpuUsage();
  const begun = performance.now();
  for (let from = 0; from < PLACEMENTS; from += LOT) {
    signal.throwIfAborted();
    await opened.store.commit((draft) => {
      for (let n = from; n < Math.min(PLACEMENTS, from + LOT); n++) draft.put('instance', toInstance(n, choose(n)));
    });
  }
  const recordS = secondsSince(begun);
  await opened.close();
  const closed = performance.now();
  opened = await open();
  const reloadS = secondsSince(closed);
  const cpuS = cpuSecondsSince(cpu);
  const lost = PLACEMENTS - opened.store.view.all('instance').size;
  await opened.close();
  return { recordS, reloadS, cpuS, lost };
}

/** The host of the next placement, which is counted on it, by limits of count, memory and CPUs and the fewest containers. */
async function openPlacement(): Promise<(sequence: number) => string> {
  const { placement } = await loadPlugins();
  const choices = [
    { strategy: 'max-containers', config: { maxContainers: LIMIT } },
    { strategy: 'memory-reservation', config: {} },
    { strategy: 'cpu-reservation', config: {} },
    { strategy: 'least-containers', config: {} },
  ];
  const resolved = resolveStrategies(choices, placement);
  if (!resolved.ok) throw new Error(resolved.message);
  const hosts: SeenHost[] = Array.from({ length: HOSTS }, (_, order) =>
    aHostView({ order, memoryBytes: 2 ** 38, cpus: 64, residents: [] }),
  );
  const siblings = new Map<string, number>();
  const index = createPlacementIndex(hosts);
  const kind = index.add('web', { strategies: resolved.strategies, request: REQUEST }, { siblings, refusalOf: () => null });
  if (kind === null) throw new Error('these strategies have no index');
  return (sequence) => {
    index.known('web');
    const host = hosts[kind.choose(REQUEST, { sequence, lastHostOrder: null })];
    if (host === undefined) throw new Error('no host has room');
    host.containers += 1;
    host.reservedMemoryBytes += REQUEST.memoryBytes ?? 0;
    host.reservedCpus += REQUEST.cpus ?? 0;
    siblings.set(host.id, (siblings.get(host.id) ?? 0) + 1);
    index.changed(host.id);
    return host.id;
  };
}

/** A row for each (the spec, which all have alike, is a number in it) with the same durability, nothing chosen and nothing checked. */
function bare(folder: string, signal: AbortSignal): { readonly writeS: number; readonly readS: number; readonly cpuS: number } {
  const file = path.join(folder, 'bare.db');
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE record (id TEXT PRIMARY KEY, doc TEXT) WITHOUT ROWID');
  const insert = database.prepare(`INSERT INTO record VALUES ${Array(ROWS).fill('(?, ?)').join(', ')}`);
  const cpu = process.cpuUsage();
  const begun = performance.now();
  for (let from = 0; from < PLACEMENTS; from += LOT) {
    signal.throwIfAborted();
    database.exec('BEGIN');
    for (let row = from; row < from + LOT; row += ROWS) {
      const values = Array.from({ length: ROWS }, (_, n) => {
        const instance = toInstance(row + n, `host-${(row + n) % HOSTS}`);
        return [instance.id, JSON.stringify({ ...instance, spec: 1 })];
      });
      insert.run(...values.flat());
    }
    database.exec('COMMIT');
  }
  const writeS = secondsSince(begun);
  const read = performance.now();
  let count = 0;
  for (const { doc } of database.prepare('SELECT doc FROM record').iterate()) {
    JSON.parse(String(doc));
    count += 1;
  }
  const readS = secondsSince(read);
  const cpuS = cpuSecondsSince(cpu);
  database.close();
  if (count !== PLACEMENTS) throw new Error(`${count} rows were read again`);
  return { writeS, readS, cpuS };
}

function secondsSince(begun: number): number {
  return (performance.now() - begun) / 1_000;
}

function cpuSecondsSince(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1_000_000;
}
