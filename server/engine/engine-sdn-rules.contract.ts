import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { Instance } from '../domain/entity/instance.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ReachAnswer } from '../domain/network/reach-answer.ts';
import type { ApplicationId, HostId } from '../domain/shared/ids.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { type EmptyWorld, openEmptyWorld } from '../testing/empty-world.ts';
import { fixedCloud } from '../testing/quick-fixes.ts';
import { testLab } from '../testing/test-lab.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { updateApplication } from './commands/update-application.ts';
import { reach } from './queries/reach.ts';

const MINUTES = 60_000;
const USER: TaskCause = { kind: 'user', by: 'ann' };
const { env, lab } = testLab('sdnrules');
const service = (id: string): string => `
- type: "docker:busybox:1.35"
  id: ${id}
  brooklyn.config:
    docker.image.commands: [sh, -c, "httpd -p 81; exec httpd -f -p 80"]
    docker.container.networks: [back]
`;
/** Four on two hosts, two on each. */
const ruled = (rules: string): string => `
name: ruled
location: rule-cloud
brooklyn.config:
  docker.networks: { back: {} }
  ${rules}
services:${['web', 'db', 'cache', 'other'].map(service).join('').trimEnd()}
`;
const CLOSED = ruled(
  'network.rules: [{ from: web, to: db, ports: [80] }, { from: web, to: cache, ports: [80] }, { from: web, to: other, ports: [80] }]',
);
const WITHDRAWN = ruled('network.rules: [{ from: web, to: cache, ports: [80] }]');
/** Clocker’s riak-webapp-cluster-weave: its networks, with pages in the place of Riak and of JBoss. */
const SHAPE = `
name: shape
location: rule-cloud
brooklyn.config: { sdn.applicationNetwork.create: false }
services:
- type: virtual-network
  id: public
  brooklyn.config: { network.id: public, network.cidr: 10.60.1.0/24 }
- type: virtual-network
  id: store
  brooklyn.config: { network.id: riak, network.cidr: 10.60.2.0/24 }
${cluster('riak', 3, 'riak')}
${cluster('web', 2, 'webapp, riak')}
- type: haproxy
  id: lb
  brooklyn.config: { docker.image.tag: "2.6", loadBalancer.target: $brooklyn:component("web"), network.list: [webapp, public] }
`;

function cluster(id: string, size: number, networks: string): string {
  return `- type: cluster
  id: ${id}
  brooklyn.config:
    cluster.initial.size: ${size}
    dynamiccluster.memberspec:
      $brooklyn:entitySpec:
        type: "docker:busybox:1.35"
        brooklyn.config:
          docker.image.commands: [sh, -c, "echo ${id} >/tmp/index.html; exec httpd -f -p 80 -h /tmp"]
          docker.container.openPorts: [80]
          network.list: [${networks}]`;
}

let world: EmptyWorld;
let application: ApplicationId;

async function until<T>(what: () => T, wanted: (value: T) => void, timeout = 2 * MINUTES): Promise<void> {
  await vi.waitFor(() => wanted(what()), { timeout, interval: 50 });
}

/** By id in the blueprint, members of a cluster by its id and their number. */
function running(): ReadonlyMap<string, Instance> {
  return new Map(
    world.store.view.entitiesOf(application).flatMap((entity): [string, Instance][] => {
      const instance = world.store.view.get('instance', entity.instanceId ?? '');
      return instance?.state === 'running' ? [[nameOf(entity), instance]] : [];
    }),
  );
}

function nameOf({ planId, slot, parentId }: Entity): string {
  if (slot === null) return planId ?? '';
  return `${world.store.view.get('entity', parentId ?? '')?.planId}-${slot}`;
}

async function ask(from: string, to: string, port?: number): Promise<ReachAnswer> {
  const [first, second] = [running().get(from), running().get(to)];
  if (!first || !second) throw new Error('not running');
  return await reach(world.engine.context, { from: first.id, to: second.id, port });
}

async function onHosts(script: string): Promise<readonly string[]> {
  const hosts = [...world.store.view.all('host').values()];
  return await Promise.all(
    hosts.map(
      async ({ id }) => (await world.engine.context.hosts.ready(id)?.shell.run(script, { timeoutMs: 10_000 }))?.output.trim() ?? '',
    ),
  );
}

beforeAll(async () => {
  await labDown(lab);
  world = await openEmptyWorld({ env });
  // Two hosts, and in the place of Weave what its quick-fix asks for.
  const cloud = await fixedCloud(world.engine.context.planner, 'docker-cloud-weave.yaml', 'rule-cloud');
  await deployApplication(world.engine.context, USER, { text: cloud, location: 'lab' });
  await until(
    () => [...world.store.view.all('host').values()].map(({ state }) => state),
    (seen) => expect(seen).toEqual(['ready', 'ready']),
    7 * MINUTES,
  );
  application = (await deployApplication(world.engine.context, USER, { text: CLOSED })).applicationId;
  await until(
    () => [...running().keys()].sort(),
    (seen) => expect(seen).toEqual(['cache', 'db', 'other', 'web']),
  );
}, 11 * MINUTES);

afterAll(async () => {
  await world.close();
  await labDown(lab);
}, 3 * MINUTES);

describe('a network with rules', () => {
  it('lets through what they say and nothing else, on one host and from one to another', async () => {
    const hostOf = (id: string) => running().get(id)?.hostId;
    const others = ['db', 'cache', 'other'];
    expect(new Set(others.map((id) => hostOf(id) === hostOf('web'))).size).toBe(2);
    for (const id of others) {
      await vi.waitFor(async () => expect(await ask('web', id, 80)).toMatchObject({ reached: true }), { timeout: 10_000 });
      expect((await ask('web', id, 81)).problem, `web to ${id} on 81`).toMatchObject({ step: 'rules' });
      expect((await ask(id, 'web', 80)).problem, `${id} to web`).toMatchObject({ step: 'rules' });
      expect(await ask('web', id)).toMatchObject({ reached: true });
    }
    expect((await ask('db', 'cache')).problem).toMatchObject({ step: 'rules' });
    expect((await ask('db', 'other', 80)).problem).toMatchObject({ step: 'rules' });
  });

  it('is closed again where somebody has taken its table away', async () => {
    await onHosts('nft delete table bridge "$(nft list tables bridge | cut -d" " -f3)"');
    expect(await ask('db', 'other', 80)).toMatchObject({ reached: true });
    for (const id of world.store.view.all('host').keys()) world.engine.context.queue.enqueue(`sdn:${id}`);
    await vi.waitFor(async () => expect(await ask('db', 'other', 80)).toMatchObject({ reached: false }), { timeout: 10_000 });
  });

  it('ends at once what runs by a rule that is withdrawn, and starts no container anew', async () => {
    const web = running().get('web');
    const before = [...running().values()].map(({ id }) => id);
    const engine = world.engine.context.hosts.ready(web?.hostId as HostId)?.engine;
    // Connected at once, and asks only later.
    const asking = (name: string) => {
      const argv = ['sh', '-c', `(sleep 6; printf 'GET / HTTP/1.0\\r\\n\\r\\n'; sleep 2) | timeout 12 nc ${name} 80`];
      return engine?.exec(web?.containerId ?? '', { argv, timeoutMs: 20_000 });
    };
    const [toDb, toCache] = [asking('db'), asking('cache')];
    const { generation } = world.store.view.get('application', application) ?? { generation: 1 };
    await updateApplication(world.engine.context, USER, { applicationId: application, text: WITHDRAWN, expectedGeneration: generation });
    await vi.waitFor(async () => expect((await ask('web', 'db', 80)).problem).toMatchObject({ step: 'rules' }), { timeout: 10_000 });
    expect(await ask('web', 'cache', 80)).toMatchObject({ reached: true });
    expect((await toCache)?.stdout).toContain('HTTP/1.');
    expect((await toDb)?.stdout).toBe('');
    expect([...running().values()].map(({ id }) => id)).toEqual(before);
  });

  it('leaves no table on any host', async () => {
    await deleteApplication(world.engine.context, USER, { applicationId: application, removeVolumes: true });
    await until(
      () => world.store.view.all('network').size,
      (left) => expect(left).toBe(0),
    );
    expect(await onHosts('nft list tables; ls /run/clocker 2>/dev/null | wc -l')).toEqual([
      expect.stringMatching(/^(?![\s\S]*clocker_)[\s\S]*0$/),
      expect.stringMatching(/^(?![\s\S]*clocker_)[\s\S]*0$/),
    ]);
  });
});

describe('networks in the shape of Clocker’s Riak cluster behind a web cluster', () => {
  const members = ['lb', 'riak-1', 'riak-2', 'riak-3', 'web-1', 'web-2'];

  it('are reached by those on them alone: the web servers alone see the store, and the load balancer them alone', async () => {
    application = (await deployApplication(world.engine.context, USER, { text: SHAPE })).applicationId;
    await until(
      () => [...running().keys()].sort(),
      (seen) => expect(seen).toEqual(members),
    );
    const all = running();
    expect(new Set([...all.values()].map(({ hostId }) => hostId)).size).toBe(2);
    const networksOf = (name: string) => all.get(name)?.endpoints?.map(({ network }) => network);
    expect([networksOf('lb'), networksOf('web-1'), networksOf('riak-1')]).toEqual([['webapp', 'public'], ['webapp', 'riak'], ['riak']]);
    for (const from of members) {
      for (const to of members.filter((one) => one !== from)) {
        const isBarred = [from, to].includes('lb') && `${from} ${to}`.includes('riak');
        await vi.waitFor(async () => expect(`${from} → ${to} ${await reaches(from, to)}`).toBe(`${from} → ${to} ${!isBarred}`), {
          timeout: 10_000,
        });
      }
    }
  });

  it('leave nothing on any host', async () => {
    await deleteApplication(world.engine.context, USER, { applicationId: application, removeVolumes: true });
    await until(
      () => [world.store.view.all('network').size, world.store.view.all('virtualNetwork').size],
      (left) => expect(left).toEqual([0, 0]),
    );
    const left = 'ip -o link | grep -cE "ck[bx]"; docker ps -aq | wc -l; pgrep -c dnsmasq; ls /run/clocker 2>/dev/null | wc -l';
    expect(await onHosts(left)).toEqual(['0\n0\n0\n0', '0\n0\n0\n0']);
  });
});

/** At its address on a network that both are on; at any of its addresses where there is none. */
async function reaches(from: string, to: string): Promise<boolean> {
  const [first, second] = [running().get(from), running().get(to)];
  const shared = second?.endpoints?.filter(({ networkId }) => first?.endpoints?.some((one) => one.networkId === networkId)) ?? [];
  const targets = (shared.length > 0 ? shared : (second?.endpoints ?? [])).map(({ address }) => address);
  for (const target of targets) {
    const ping = `$(docker inspect --format '{{.State.Pid}}' ${first?.containerId}) --net ping -n -c 1 -W 1 ${target}`;
    const output = await world.engine.context.hosts
      .ready(first?.hostId as HostId)
      ?.shell.run(`nsenter --target ${ping}`, { timeoutMs: 10_000 });
    if (output?.code === 0) return true;
  }
  return false;
}
