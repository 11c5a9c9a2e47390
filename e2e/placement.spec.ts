import { LABEL } from '../server/domain/entity/ownership.ts';
import type { Json } from '../server/domain/shared/json.ts';
import { DEFAULT_MEMORY_BYTES } from '../server/plugins/hosts/lab/lab-up.ts';
import { dockerLines, dockerOn, resizeMachine } from './support/lab-hosts.ts';
import { latestOf } from './support/metrics.ts';
import { expect, removeApplications, test, type World } from './support/story.ts';
import { describeStranger, placeStranger, removeStranger, type Stranger, type StrangerKind } from './support/strangers.ts';

test.describe.configure({ mode: 'serial' });

type OfHosts<Value> = readonly [Value, Value, Value];

interface Story {
  readonly what: string;
  /** Of the cloud, in this order. */
  readonly strategies: readonly {
    readonly strategy: string;
    readonly config: Readonly<Record<string, Json>>;
  }[];
  readonly members: number;
  /** Config of the members. */
  readonly config?: string;
  /** Config of the application. */
  readonly applicationConfig?: string;
  /** What others run on host-1, host-2 and host-3 meanwhile: the same for stories that follow each other. */
  readonly strangers?: OfHosts<StrangerKind | null>;
  /** Containers on the three hosts; `scattered`: on more than one. */
  readonly places: OfHosts<number> | 'scattered';
  /** What the decision on each that has a host says. */
  readonly says?: RegExp;
  /** What those that have no host say of it. */
  readonly waits?: RegExp;
}

/** Of the second host; the others have that of every machine of a lab. */
const LARGE_BYTES = 6 * 1024 ** 3;
/** What strangers use more of than other hosts do, and how much more at least. */
const USES = [
  { kind: 'busy', sensor: 'machine.cpu', least: 0.2 },
  { kind: 'large', sensor: 'machine.memory.used', least: 200 * 1024 ** 2 },
] as const;

const STORIES: readonly Story[] = [
  { what: 'depth first fills the oldest host', strategies: [strategy('depth-first')], members: 4, places: [4, 0, 0] },
  { what: 'breadth first goes round', strategies: [strategy('breadth-first')], members: 6, places: [2, 2, 2] },
  { what: 'fewest containers go first', strategies: [strategy('least-containers')], members: 3, places: [1, 1, 1] },
  {
    what: 'a limit of containers holds, and what is left waits with the reason',
    strategies: [strategy('max-containers', { maxContainers: 1 }), strategy('depth-first')],
    members: 4,
    places: [1, 1, 1],
    waits: /has 1 of at most 1 containers/,
  },
  {
    what: 'a pattern of host names',
    strategies: [strategy('hostname', { 'docker.constraint.hostname': 'host-[23]' }), strategy('breadth-first')],
    members: 4,
    places: [0, 2, 2],
  },
  {
    what: 'a predicate of one’s own',
    strategies: [strategy('predicate', { expression: 'host.name != "host-2" && host.containers < 2' }), strategy('breadth-first')],
    members: 4,
    places: [2, 0, 2],
  },
  {
    what: 'a strategy of one’s own, in a file',
    strategies: [strategy('breadth-first')],
    members: 3,
    config: 'docker.container.strategies: [{ $brooklyn:object: { type: only-these, brooklyn.config: { hosts: [host-2, host-3] } } }]',
    places: [0, 2, 1],
  },
  {
    what: 'rules on who else is there',
    strategies: [strategy('affinity', { 'affinity.rules': ['NOT NAME member'] }), strategy('depth-first')],
    members: 4,
    places: [1, 1, 1],
    waits: /member/,
  },
  {
    what: 'memory that is asked for must be left',
    strategies: [strategy('memory-reservation'), strategy('depth-first')],
    members: 4,
    config: 'docker.memory: 3g',
    places: [1, 2, 1],
  },
  {
    what: 'CPUs that are asked for must be left',
    strategies: [strategy('cpu-reservation'), strategy('depth-first')],
    members: 4,
    config: 'docker.cpus: 1.5',
    places: [1, 1, 1],
    waits: /CPU/,
  },
  {
    what: 'labels',
    strategies: [strategy('labels', { labels: ['disk=ssd'] }), strategy('breadth-first')],
    members: 2,
    places: [0, 2, 0],
  },
  {
    what: 'a place on the map',
    strategies: [strategy('geographic', { near: { latitude: 52.4, longitude: 13.1, withinKm: 100 } }), strategy('depth-first')],
    members: 2,
    places: [2, 0, 0],
  },
  {
    what: 'regions',
    strategies: [strategy('geographic', { regions: ['eu-west'] }), strategy('breadth-first')],
    members: 4,
    places: [2, 2, 0],
  },
  {
    what: 'countries',
    strategies: [strategy('geographic', { countries: ['FR', 'US'] }), strategy('breadth-first')],
    members: 4,
    places: [0, 2, 2],
    says: /is in country DE, not in FR or US/,
  },
  { what: 'zones evenly', strategies: [strategy('geographic', { spread: 'zone' })], members: 4, places: [2, 0, 2] },
  {
    what: 'siblings together',
    strategies: [strategy('random'), strategy('group'), strategy('breadth-first')],
    members: 3,
    places: [3, 0, 0],
  },
  {
    what: 'a limit of memory in use',
    strategies: [strategy('max-memory', { maxMemory: 0.0001 })],
    members: 1,
    places: [0, 0, 0],
    waits: /uses \d+ % of its memory.*Without max-memory: /,
  },
  { what: 'at random', strategies: [strategy('random')], members: 10, places: 'scattered', says: /picked at random/ },
  {
    what: 'machines that are large enough, by the cloud',
    strategies: [strategy('provisioning-flags', { minRam: '5g' }), strategy('max-containers', { maxContainers: 1 })],
    members: 2,
    places: [0, 1, 0],
    waits: /has 4\.0 GiB of memory, 5\.0 GiB are wanted/,
  },
  {
    what: 'machines that are large enough, by the entity',
    strategies: [strategy('depth-first')],
    members: 2,
    config: 'provisioning.properties: { minRam: 5g }',
    places: [0, 2, 0],
    says: /has 4\.0 GiB of memory, 5\.0 GiB are wanted/,
  },
  {
    what: 'what the application asks for besides its cloud',
    strategies: [strategy('breadth-first')],
    members: 4,
    applicationConfig: `docker.container.strategies:
  - $brooklyn:object: { type: hostname, brooklyn.config: { hostname: 'host-[23]' } }`,
    places: [0, 2, 2],
    says: /its name does not fit/,
  },
  {
    what: 'what the entity asks for besides its cloud',
    strategies: [strategy('breadth-first')],
    members: 4,
    config: `affinity.rules: [NOT TYPE docker-container]
    docker.container.strategies:
    - $brooklyn:object: { type: hostname, brooklyn.config: { hostname: 'host-[12]' } }`,
    places: [1, 1, 0],
    waits: /its name does not fit/,
  },
  {
    what: 'the CPU that is least in use',
    strategies: [strategy('hostname', { hostname: 'host-[12]' }), strategy('lowest-cpu')],
    members: 3,
    strangers: ['busy', null, null],
    places: [0, 3, 0],
    says: /CPU least in use/,
  },
  {
    what: 'a limit of CPU in use',
    strategies: [strategy('hostname', { hostname: 'host-[12]' }), strategy('max-cpu', { maxCpu: 0.2 }), strategy('depth-first')],
    members: 3,
    strangers: ['busy', null, null],
    places: [0, 3, 0],
    says: /uses \d+ % of its CPU, at most 20 % are allowed/,
  },
  {
    what: 'the memory that is least in use',
    strategies: [strategy('lowest-memory')],
    members: 3,
    strangers: ['large', 'large', null],
    places: [0, 0, 3],
    says: /memory least in use/,
  },
  {
    what: 'alone, where nothing else runs',
    strategies: [strategy('depth-first'), strategy('group', { exclusive: true })],
    members: 3,
    strangers: ['large', 'large', null],
    places: [0, 0, 3],
    says: /siblings are on host-3|to be alone, and 1 run there/,
  },
];

test.describe('placement on three real hosts', () => {
  let strangers: readonly Stranger[] = [];
  let kinds: Story['strangers'];

  test.beforeAll(async ({ world }) => {
    await removeApplications(world.api);
    const { api } = world;
    // Two hosts of one zone, and one of another; two of one region.
    const places = [
      { zone: 'a', region: 'eu-west', country: 'DE' },
      { zone: 'a', region: 'eu-west', country: 'FR' },
      { zone: 'c', region: 'us-east', country: 'US' },
    ];
    for (const [index, { id: hostId }] of (await hostsOf(world)).entries()) {
      const place = { ...places[index], latitude: 52.5 - index * 10, longitude: 13.4 };
      await api.host.update.mutate({ hostId, place, labels: index === 1 ? { disk: 'ssd' } : {} });
    }
    await resizeSecond(world, LARGE_BYTES);
    await expect.poll(() => measured(world, 'machine.memory.used')).not.toContain(null);
  });

  test.afterAll(async ({ world }) => {
    await removeStrangers(strangers);
    await resizeSecond(world, DEFAULT_MEMORY_BYTES);
  });

  for (const story of STORIES) {
    test(story.what, async ({ world }) => {
      const { api } = world;
      const [cloud] = await api.cloud.list.query({});
      if (cloud === undefined) throw new Error('there is no cloud');
      await api.cloud.update.mutate({ cloudId: cloud.id, strategies: [...story.strategies] });
      if (story.strangers?.join() !== kinds?.join()) {
        await removeStrangers(strangers);
        kinds = story.strangers;
        strangers = await placeStrangers(world, kinds ?? [null, null, null]);
      }
      if (kinds) await expectUse(world, kinds);
      const { applicationId } = await api.application.deploy.mutate({ text: blueprintOf(story), location: cloud.name });
      await expectPlaces(world, applicationId, story);
      await api.application.delete.mutate({ applicationId, removeVolumes: true });
      await expect.poll(() => placesOf(world, applicationId), { timeout: 60_000 }).toEqual([0, 0, 0]);
    });
  }
});

async function expectPlaces(world: World, applicationId: string, { places, members, says, waits }: Story): Promise<void> {
  const { api } = world;
  const expected = places === 'scattered' ? members : places.reduce((total, count) => total + count, 0);
  await expect.poll(async () => (await placesOf(world, applicationId)).reduce((a, b) => a + b, 0), { timeout: 60_000 }).toBe(expected);
  const found = await placesOf(world, applicationId);
  if (places === 'scattered') expect(Math.max(...found)).toBeLessThan(members);
  else expect(found).toEqual(places);
  const { entities, instances } = await api.application.get.query({ applicationId });
  for (const { id: instanceId } of says ? instances : []) {
    const { explanation } = await api.entity.decision.query({ instanceId });
    expect(explanation.map(({ text }) => text).join('; ')).toMatch(says ?? /never/);
  }
  const unplaced = entities.filter(({ slot, instanceId }) => slot !== null && instanceId === null);
  expect(unplaced).toHaveLength(members - expected);
  for (const { waitingFor } of unplaced) expect(waitingFor).toMatch(waits ?? /never/);
}

/** Resolves once the console has counted them. */
async function placeStrangers(world: World, kinds: OfHosts<StrangerKind | null>): Promise<readonly Stranger[]> {
  const placed = world.lab.hosts.map((host, index) => (kinds[index] ? placeStranger(host, kinds[index]) : null));
  const strangers = (await Promise.all(placed)).flatMap((stranger) => stranger ?? []);
  const counted = async () => (await hostsOf(world)).map(({ foreignContainers }) => foreignContainers);
  await expect.poll(counted).toEqual(kinds.map((kind) => (kind ? 1 : 0)));
  return strangers;
}

/** Resolves once the console has measured what they use. */
async function expectUse(world: World, kinds: OfHosts<StrangerKind | null>): Promise<void> {
  for (const { kind, sensor, least } of USES) {
    if (kinds.includes(kind)) await expect.poll(() => lead(world, sensor, (index) => kinds[index] === kind)).toBeGreaterThan(least);
  }
}

/** How much more than all others each of these hosts uses, at least; NaN until all are measured. */
async function lead(world: World, sensor: string, isOne: (index: number) => boolean): Promise<number> {
  const used = (await measured(world, sensor)).map((value) => value ?? Number.NaN);
  return Math.min(...used.filter((_, index) => isOne(index))) - Math.max(...used.filter((_, index) => !isOne(index)));
}

async function measured(world: World, sensor: string): Promise<readonly (number | null)[]> {
  const ids = (await hostsOf(world)).map(({ id }) => id);
  return await latestOf(world.api, ids, sensor);
}

/** They have to be as they were. */
async function removeStrangers(strangers: readonly Stranger[]): Promise<void> {
  for (const stranger of strangers) {
    expect(await describeStranger(stranger)).toBe(stranger.before);
    await removeStranger(stranger);
  }
}

/** Makes the second host one with other memory than the rest. */
async function resizeSecond(world: World, memoryBytes: number): Promise<void> {
  const [, machine] = world.lab.hosts;
  if (machine === undefined) throw new Error('there is no second host');
  await resizeMachine(world.lab, machine, memoryBytes);
  const seen = async () => (await hostsOf(world)).map(({ state, facts }) => [state, facts?.memoryBytes])[1];
  await expect.poll(seen).toEqual(['ready', memoryBytes]);
}

async function hostsOf({ api }: World) {
  return (await api.host.list.query()).toSorted((a, b) => a.order - b.order);
}

function strategy(id: string, config: Story['strategies'][number]['config'] = {}): Story['strategies'][number] {
  return { strategy: id, config };
}

function blueprintOf({ members, config, applicationConfig }: Story): string {
  return `name: Placement
${applicationConfig ? `brooklyn.config:\n  ${applicationConfig}\n` : ''}services:
- type: dynamic-cluster
  id: many
  initialSize: ${members}
  memberSpec:
    type: docker:busybox:1.35
    name: member
    command: [sleep, "1000000"]
    stopSignal: SIGKILL
    ${config ?? ''}
`;
}

/** How many containers of the application each host runs, as its own Docker tells it. */
async function placesOf({ lab }: World, applicationId: string): Promise<readonly number[]> {
  const filter = ['--quiet', '--filter', `label=${LABEL.application}=${applicationId}`];
  return Promise.all(lab.hosts.map(async (host) => dockerLines(await dockerOn(host, 'ps', ...filter)).length));
}
