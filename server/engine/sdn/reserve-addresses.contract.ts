import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../adapters/clock/system-clock.ts';
import { createStore } from '../../adapters/store/create-store.ts';
import type { Cloud } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { loadPlugins } from '../../plugins/registry.ts';
import type { Store } from '../../ports/store.ts';
import { type PostgresCluster, startPostgres } from '../../testing/postgres.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { aHost, anInstance } from '../../testing/records.ts';
import { takeLeases } from '../leases.ts';
import { putStandingNetwork } from './standing-networks.ts';
import { planEndpoints } from './virtual-networks.ts';

const COUNT = 200;
const CLOUD = {
  ...{ id: 'c1', name: 'cloud', strategies: [], portPool: { from: 20_000, to: 29_999 }, placements: 0, createdAt: 0 },
  networking: { provider: 'vxlan', pool: '10.208.0.0/12', prefix: 24, config: {} },
} as unknown as Cloud;
const HOSTS = ['h1', 'h2', 'h3'];
const clock = createSystemClock();
let postgres: PostgresCluster;
let folder: string;

beforeAll(async () => {
  postgres = await startPostgres();
  folder = await mkdtemp(path.join(tmpdir(), 'clocker-addresses-'));
});
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const DATABASES = [
  ['SQLite', async () => ({ path: folder })],
  ['Postgres', async () => ({ url: await postgres.freshUrl() })],
] as const;

/** Plans a container on the network, as placement does; its addresses are in the commit. */
function join(store: Store, context: Parameters<typeof planEndpoints>[1], number: number): Promise<Instance> {
  return store.commit((draft) => {
    const bare = anInstance({ id: `i${number}`, applicationId: 'a1', entityId: `e${number}`, hostId: HOSTS[number % HOSTS.length] ?? '' });
    const networks = [{ name: 'lan', aliases: [], definition: { shared: 'lan', provider: 'cloud' as const } }];
    const instance = {
      ...bare,
      ports: [],
      spec: { ...bare.spec, networks },
      endpoints: planEndpoints(draft, context, { ...bare, networks, inherited: [] }),
    };
    draft.put('instance', instance);
    takeLeases(draft, instance);
    return instance;
  });
}

describe.each(DATABASES)('addresses in %s', (_name, place) => {
  it(`are given to ${COUNT} at once without giving any twice, and are told to be used up`, async () => {
    const { store, close } = await createStore({ ...(await place()), log: quietLog(), clock } as never);
    const context = { clock, plugins: await loadPlugins(), secrets: { planeId: 'plane1' } as never };
    await store.commit((draft) => {
      draft.put('cloud', CLOUD);
      for (const id of HOSTS) draft.put('host', aHost({ id, cloudId: 'c1' }));
      putStandingNetwork(draft, context, { cloud: CLOUD, name: 'lan', applicationId: null, wanted: {}, description: '', joiners: null });
    });
    const numbers = Array.from({ length: COUNT }, (_, number) => number);
    const made = await Promise.all(numbers.map((number) => join(store, context, number)));
    const gateways = [...store.view.all('network').values()].flatMap(({ reach }) => reach?.gateway ?? []);
    const given = [...made.flatMap(({ endpoints = [] }) => endpoints.map(({ address }) => address)), ...gateways];
    expect(given).toHaveLength(COUNT + HOSTS.length);
    expect(new Set(given).size).toBe(given.length);
    const rest = Array.from({ length: 60 }, (_, number) => COUNT + number);
    const outcomes = await Promise.allSettled(rest.map((number) => join(store, context, number)));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []));
    expect(outcomes.length - refused.length).toBe(254 - COUNT - HOSTS.length);
    expect(new Set(refused)).toEqual(new Set(['ClockerError: Network lan has no address left in 10.208.0.0/24: all 254 are given']));
    await close();
  });
});
