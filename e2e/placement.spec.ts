import { LABEL } from '../server/domain/entity/ownership.ts';
import type { Json } from '../server/domain/shared/json.ts';
import { dockerLines, dockerOn } from './support/lab-hosts.ts';
import { expect, removeApplications, test, type World } from './support/story.ts';

test.describe.configure({ mode: 'serial' });

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
  /** Containers on host-1, host-2 and host-3. */
  readonly places: readonly [number, number, number];
  /** What those that have no host say of it. */
  readonly waits?: RegExp;
}

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
    members: 3,
    config: 'docker.memory: 3g',
    places: [1, 1, 1],
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
];

test.describe('placement on three real hosts', () => {
  test.beforeAll(async ({ world }) => {
    await removeApplications(world.api);
    const { api } = world;
    const zones = ['a', 'b', 'c'];
    for (const [index, { id: hostId }] of (await api.host.list.query()).toSorted((a, b) => a.order - b.order).entries()) {
      // Two hosts of one zone, and one of another.
      const place = { zone: zones[index === 1 ? 0 : index] ?? 'a', latitude: 52.5 - index * 10, longitude: 13.4 };
      await api.host.update.mutate({ hostId, place, labels: index === 1 ? { disk: 'ssd' } : {} });
    }
  });

  for (const story of STORIES) {
    test(story.what, async ({ world }) => {
      const { api } = world;
      const [cloud] = await api.cloud.list.query({});
      if (cloud === undefined) throw new Error('there is no cloud');
      await api.cloud.update.mutate({ cloudId: cloud.id, strategies: [...story.strategies] });
      const { applicationId } = await api.application.deploy.mutate({ text: blueprintOf(story), location: cloud.name });
      const expected = story.places.reduce((total, count) => total + count, 0);
      await expect.poll(async () => (await placesOf(world, applicationId)).reduce((a, b) => a + b, 0), { timeout: 60_000 }).toBe(expected);
      expect(await placesOf(world, applicationId)).toEqual(story.places);
      const members = (await api.application.get.query({ applicationId })).entities.filter(({ slot }) => slot !== null);
      const unplaced = members.filter(({ instanceId }) => instanceId === null);
      expect(unplaced).toHaveLength(story.members - expected);
      for (const { waitingFor } of unplaced) expect(waitingFor).toMatch(story.waits ?? /never/);
      await api.application.delete.mutate({ applicationId, removeVolumes: true });
      await expect.poll(() => placesOf(world, applicationId), { timeout: 60_000 }).toEqual([0, 0, 0]);
    });
  }
});

function strategy(id: string, config: Story['strategies'][number]['config'] = {}): Story['strategies'][number] {
  return { strategy: id, config };
}

function blueprintOf({ members, config }: Story): string {
  return `name: Placement
services:
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
