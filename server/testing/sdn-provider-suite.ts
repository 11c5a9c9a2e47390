import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { Host } from '../domain/entity/host.ts';
import type { Instance } from '../domain/entity/instance.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId, HostId } from '../domain/shared/ids.ts';
import { deleteApplication } from '../engine/commands/delete-application.ts';
import { deployApplication } from '../engine/commands/deploy-application.ts';
import { resizeEntity } from '../engine/commands/entity-effectors.ts';
import { attachNetwork, detachNetwork } from '../engine/commands/networks/attach-network.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import type { HostSession } from '../ports/host-session.ts';
import { type EmptyWorld, openEmptyWorld } from './empty-world.ts';
import { fixedCloud } from './quick-fixes.ts';
import { sampleOf } from './sample-of.ts';
import { sdnCloud } from './sdn-blueprints.ts';
import { testLab } from './test-lab.ts';

/** A provider on three real hosts, and what it can do: where it cannot, the opposite is expected. */
export interface SdnProviderSuite {
  /** Type of the entity that stands for it in `sdn.provider.spec`. */
  readonly type: string;
  /** A Docker cloud of three hosts as it ships (`blueprints/unverified`), whose quick-fix asks for this type; a plain one unless given. */
  readonly cloud?: string;
  /** A lab of its own, so that runs of two providers never meet. */
  readonly labName: string;
  /** `host`: all that shares a network is on one host. */
  readonly reach: 'cloud' | 'host';
  /** What takes the place of a container that died has its address. */
  readonly keepsAddresses: boolean;
  /** Bytes of a packet inside, on an underlay of 1500. */
  readonly mtu: number;
  /** Takes away from a host what the provider has made there; its last line is how many of that are left. */
  readonly damage: string;
  /** Prints what the provider has made on a host: the same as long as nothing was to be done. */
  readonly state: string;
  /** Counts on a host what is left of the provider, one number a line. */
  readonly leftovers: string;
  /** Counts on a host without it what is known there of an address; absent where nothing is kept. */
  readonly known?: (address: string) => string;
  /** Tests of the provider's own, run before all is removed. */
  readonly own?: (world: SdnWorld) => void;
}

/** What tests look at: the first of two applications that are alike, `web-1` to `web-3` on `back` and `closed`, `db` on `closed`. */
export interface SdnWorld {
  readonly context: () => EmptyWorld['engine']['context'];
  readonly hosts: () => readonly Host[];
  /** Running containers of it by name. */
  readonly shop: () => Promise<ReadonlyMap<string, Instance>>;
  /** Another like it, named as given. */
  readonly deploy: (name: string) => Promise<ApplicationId>;
  readonly remove: (applicationId: ApplicationId) => Promise<void>;
  readonly running: (applicationId: ApplicationId, count: number) => Promise<ReadonlyMap<string, Instance>>;
  readonly inside: (
    instance: Instance | undefined,
    ...argv: readonly string[]
  ) => Promise<{ readonly code: number; readonly stdout: string }>;
  readonly reaches: (from: Instance | undefined, target: string) => Promise<boolean>;
  readonly addressOf: (instance: Instance | undefined, network: string) => string;
  readonly onHost: (hostId: HostId | undefined, script: string) => Promise<string>;
}

const MINUTES = 60_000;
const USER: TaskCause = { kind: 'user', by: 'ann' };
const shop = (name: string, size = 3): string => `
name: ${name}
location: sdn-cloud
brooklyn.config:
  docker.networks: { back: {}, closed: { internal: true } }
services:
- type: cluster
  id: web
  brooklyn.config:
    cluster.initial.size: ${size}
    dynamiccluster.memberspec:
      $brooklyn:entitySpec:
        type: "docker:busybox:1.35"
        brooklyn.config: { docker.image.commands: [sleep, infinity], docker.container.networks: [back, closed] }
- type: "docker:busybox:1.35"
  id: db
  brooklyn.config: { docker.image.commands: [sleep, infinity], docker.container.networks: [closed] }
`;

let world: EmptyWorld;

async function deploy(text: string, location?: string): Promise<ApplicationId> {
  return (await deployApplication(world.engine.context, USER, { text, ...(location ? { location } : {}) })).applicationId;
}

async function until<T>(what: () => T, wanted: (value: T) => void, timeout = 2 * MINUTES): Promise<void> {
  await vi.waitFor(() => wanted(what()), { timeout, interval: 50 });
}

function session(hostId: HostId): HostSession {
  const found = world.engine.context.hosts.ready(hostId);
  if (!found) throw new Error(`${hostId} is not ready`);
  return found;
}

const hosts = () => [...world.store.view.all('host').values()].sort((a, b) => a.order - b.order);

/** Running containers of an application, by the name of their entity and number. */
function instances(applicationId: ApplicationId): ReadonlyMap<string, Instance> {
  const nameOf = (entity: Entity) => (entity.slot === null ? (entity.planId ?? '') : `web-${entity.slot}`);
  const found = world.store.view.entitiesOf(applicationId).flatMap((entity): [string, Instance][] => {
    const instance = entity.instanceId ? world.store.view.get('instance', entity.instanceId) : undefined;
    return instance?.state === 'running' ? [[nameOf(entity), instance]] : [];
  });
  return new Map(found);
}

async function running(applicationId: ApplicationId, count: number): Promise<ReadonlyMap<string, Instance>> {
  await until(
    () => ({
      problems: world.store.view
        .entitiesOf(applicationId)
        .flatMap(({ problems, waitingFor }) => [...Object.values(problems), waitingFor ?? '']),
      parts: [...world.store.view.all('network').values()].map(({ problem }) => problem).filter((problem) => problem !== ''),
      names: [...instances(applicationId).keys()],
    }),
    (seen) => {
      if (seen.names.length !== count) throw new Error(JSON.stringify(seen));
    },
  );
  return instances(applicationId);
}

async function inside(
  instance: Instance | undefined,
  ...argv: readonly string[]
): Promise<{ readonly code: number; readonly stdout: string }> {
  if (!instance?.containerId) throw new Error('no container');
  return await session(instance.hostId).engine.exec(instance.containerId, { argv, timeoutMs: 10_000 });
}

async function reaches(from: Instance | undefined, target: string): Promise<boolean> {
  return (await inside(from, 'ping', '-c', '1', '-W', '1', target)).code === 0;
}

async function onHost(hostId: HostId | undefined, script: string): Promise<string> {
  return (await session(hostId as HostId).shell.run(script, { timeoutMs: 15_000 })).output.trim();
}

async function onHosts(script: string): Promise<readonly string[]> {
  return await Promise.all(hosts().map(({ id }) => onHost(id, script)));
}

async function remove(applicationId: ApplicationId): Promise<void> {
  await deleteApplication(world.engine.context, USER, { applicationId, removeVolumes: true });
  await until(
    () => world.store.view.get('application', applicationId),
    (left) => expect(left).toBeUndefined(),
  );
}

const addressOf = (instance: Instance | undefined, network: string) =>
  instance?.endpoints?.find((one) => one.network === network)?.address ?? '';

/** The one that is usual, and another in its turn. */
const PROVIDERS = ['vxlan-network', ...sampleOf('networks', ['bgp-network', 'bridge-network', 'cni-network'], 1)];

/**
 * What every provider has to show on three real hosts. To be called at the top of a contract test of its own.
 */
export function describeSdnProvider(suite: SdnProviderSuite): void {
  const { env, lab } = testLab(suite.labName);

  describe.skipIf(!PROVIDERS.includes(suite.type))(`networks by ${suite.type}`, () => {
    let cloud: ApplicationId;
    let application: ApplicationId;
    let other: ApplicationId;

    beforeAll(async () => {
      await labDown(lab);
      world = await openEmptyWorld({ env });
      // What ships says how large its hosts are.
      cloud = await deploy(await cloudOf(suite), suite.cloud === undefined ? 'lab:(memory=512m)' : 'lab');
      await until(
        () => hosts().map(({ state, facts }) => `${state} ${facts?.underlay?.mtu}`),
        (seen) => expect(seen).toEqual(['ready 1500', 'ready 1500', 'ready 1500']),
        7 * MINUTES,
      );
      application = await deploy(shop('shop'));
      other = await deploy(shop('other'));
    }, 11 * MINUTES);

    afterAll(async () => {
      await world.close();
      // The cloud of the last test may still be giving its hosts back.
      await vi.waitFor(() => labDown(lab), { timeout: 3 * MINUTES, interval: 1_000 });
    }, 4 * MINUTES);

    it('put the containers of an application on all hosts, where they find and reach each other by name', async () => {
      const all = await running(application, 4);
      expect(new Set([...all.values()].map(({ hostId }) => hostId)).size).toBe(suite.reach === 'cloud' ? 3 : 1);
      for (const [name, from] of all) {
        for (const target of ['web-1', 'web-2', 'web-3', 'db']) {
          await vi.waitFor(async () => expect(`${name} → ${target} ${await reaches(from, target)}`).toBe(`${name} → ${target} true`), {
            timeout: 15_000,
          });
        }
      }
      const { stdout } = await inside(all.get('db'), 'nslookup', 'web.shop.clocker.internal');
      for (const name of ['web-1', 'web-2', 'web-3']) expect(stdout).toContain(addressOf(all.get(name), 'closed'));
    });

    // A fresh engine has the host forward nothing that no rule lets pass.
    it.each(['DROP', 'ACCEPT'])(
      'end at the application, for names and for addresses, also on one host, where hosts forward by %s',
      async (policy) => {
        await onHosts(`iptables -P FORWARD ${policy}`);
        const [mine, theirs] = [await running(application, 4), await running(other, 4)];
        for (const [name, from] of mine) expect(`${name} ${await reaches(from, 'db')}`).toBe(`${name} true`);
        for (const network of ['back', 'closed']) {
          for (const [name, instance] of theirs) {
            const address = addressOf(instance, network);
            if (address !== '') expect(`${name} ${network} ${await reaches(mine.get('web-1'), address)}`).toBe(`${name} ${network} false`);
          }
        }
        expect((await inside(mine.get('web-1'), 'nslookup', 'db.other.clocker.internal')).stdout).not.toContain(
          addressOf(theirs.get('db'), 'closed'),
        );
      },
    );

    it('let out what is on one with a way out, and nothing else', async () => {
      const all = await running(application, 4);
      const registry = hosts()[0]?.facts?.underlay?.address.replace(/\d+$/, '2') ?? '';
      expect(await reaches(all.get('web-1'), registry)).toBe(true);
      expect(await reaches(all.get('db'), registry)).toBe(false);
    });

    it('carry whole packets and no larger ones', async () => {
      const all = await running(application, 4);
      const isApart = suite.reach === 'cloud';
      const from = [...all.values()].find((one) => (one.hostId !== all.get('web-1')?.hostId) === isApart);
      const link = await inside(from, 'cat', '/sys/class/net/eth0/mtu');
      expect(link.stdout.trim()).toBe(String(suite.mtu));
      const ping = async (bytes: number): Promise<string> => await unfragmented(from, addressOf(all.get('web-1'), 'closed'), bytes);
      expect(await ping(suite.mtu)).toContain('1 received');
      expect(await ping(suite.mtu + 1)).toMatch(/too long|0 received/i);
    });

    it('keep the address of a container that is replaced, and tell all hosts at once', async () => {
      const before = (await running(application, 4)).get('web-2');
      const from = (await running(application, 4)).get('web-1');
      await session(before?.hostId as HostId).engine.killContainer(before?.containerId ?? '', { signalName: 'SIGKILL' });
      await until(
        () => instances(application).get('web-2'),
        (now) => expect(now !== undefined && now.id !== before?.id).toBe(true),
      );
      const after = instances(application).get('web-2');
      if (suite.keepsAddresses) expect(after?.endpoints).toEqual(before?.endpoints);
      else expect(after?.endpoints).not.toEqual(before?.endpoints);
      await vi.waitFor(async () => expect(await reaches(from, 'web-2')).toBe(true), { timeout: 5_000 });
    });

    it('are made again where somebody has taken them away', async () => {
      const all = await running(application, 4);
      const from = all.get('web-1');
      expect((await onHost(from?.hostId, suite.damage)).split('\n').at(-1)).toBe('0');
      world.engine.context.queue.enqueue(`sdn:${from?.hostId}`);
      await vi.waitFor(async () => expect(await reaches(from, 'web-2')).toBe(true), { timeout: 30_000 });
    });

    it('are mended after an engine was started anew', async () => {
      const from = (await running(application, 4)).get('web-1');
      await onHost(from?.hostId, 'systemctl restart docker');
      await vi.waitFor(
        async () => {
          const again = (await running(application, 4)).get('web-1');
          for (const target of ['web-2', 'web-3', 'db']) expect(await reaches(again, target)).toBe(true);
        },
        { timeout: 60_000, interval: 500 },
      );
    });

    it('plan nothing when all is as it should be', async () => {
      await world.engine.context.queue.idle();
      const state = `${suite.state}; ls -lR --time-style=full-iso /run/clocker; pgrep -a dnsmasq | sort`;
      const before = await onHosts(state);
      for (const { id } of hosts()) world.engine.context.queue.enqueue(`sdn:${id}`);
      await world.engine.context.queue.idle();
      expect(await onHosts(state)).toEqual(before);
    });

    it('are joined and left by a container as it runs, with their names', async () => {
      const { context } = world.engine;
      const all = await running(application, 4);
      const db = all.get('db');
      const entityId = db?.entityId as Entity['id'];
      expect(await reaches(all.get('web-1'), 'db.shop.clocker.internal')).toBe(true);
      await attachNetwork(context, { entityId, network: 'back' });
      const joined = () => instances(application).get('db');
      await until(joined, (now) => expect(now?.endpoints?.map(({ network }) => network)).toEqual(['closed', 'back']));
      await until(joined, (now) => expect(now?.rejoin).toBeUndefined());
      expect(joined()?.containerId).toBe(db?.containerId);
      const [mine, theirs] = [addressOf(joined(), 'back'), addressOf(all.get('web-2'), 'back')];
      expect(mine).not.toBe('');
      for (const name of ['web-1', 'web-2', 'web-3'])
        await vi.waitFor(async () => expect(await reaches(all.get(name), mine)).toBe(true), { timeout: 5_000 });
      expect((await inside(joined(), 'ip', '-4', 'addr')).stdout).toContain(mine);
      expect(await reaches(joined(), theirs)).toBe(true);
      // It was made with another network, and asks that one for the names of this one.
      await vi.waitFor(
        async () =>
          expect((await inside(joined(), 'nslookup', 'web-2.shop.clocker.internal')).stdout).toContain(
            `${addressOf(all.get('web-2'), 'closed')}`,
          ),
        { timeout: 5_000 },
      );

      await session(db?.hostId as HostId).engine.killContainer(db?.containerId ?? '', { signalName: 'SIGKILL' });
      await until(joined, (now) => expect(now !== undefined && now.id !== db?.id).toBe(true));
      expect(addressOf(joined(), 'back')).toBe(mine);
      await vi.waitFor(async () => expect(await reaches(all.get('web-1'), mine)).toBe(true), { timeout: 5_000 });

      const healed = joined()?.containerId;
      await detachNetwork(context, { entityId, network: 'back' });
      await until(joined, (now) => expect([now?.endpoints?.length, now?.rejoin]).toEqual([1, undefined]));
      expect(joined()?.containerId).toBe(healed);
      expect(await reaches(all.get('web-1'), mine)).toBe(false);
      expect(await reaches(all.get('web-1'), addressOf(joined(), 'closed'))).toBe(true);
      expect((await inside(joined(), 'ip', '-4', 'addr')).stdout).not.toContain(mine);
    });

    it('grow and shrink with their application: whoever is gone is known nowhere', async () => {
      const cluster = world.store.view.entitiesOf(application).find(({ size }) => size !== null);
      await resizeEntity(world.engine.context, USER, { entityId: cluster?.id as Entity['id'], size: 5 });
      const grown = await running(application, 6);
      await vi.waitFor(async () => expect(await reaches(grown.get('web-1'), 'web-5')).toBe(true), { timeout: 5_000 });
      await resizeEntity(world.engine.context, USER, { entityId: cluster?.id as Entity['id'], size: 3 });
      await running(application, 4);
      const gone = addressOf(grown.get('web-5'), 'back');
      const { known } = suite;
      if (known) {
        await vi.waitFor(async () => expect(await onHosts(known(gone))).toEqual(['0', '0', '0']), { timeout: 10_000 });
      }
    });

    suite.own?.(sdnWorld(() => application));

    it('leave nothing on any host', async () => {
      for (const applicationId of [application, other])
        await deleteApplication(world.engine.context, USER, { applicationId, removeVolumes: true });
      await until(
        () => [
          ...world.store.view.all('network').values(),
          ...world.store.view.all('virtualNetwork').values(),
          ...world.store.view.all('instance').values(),
        ],
        (left) => expect(left).toEqual([]),
      );
      const common =
        'ip -o link | grep -c ckb; ls /run/clocker 2>/dev/null | wc -l; pgrep -c dnsmasq; docker network ls -q --filter driver=bridge | wc -l';
      const left = await onHosts(`${suite.leftovers}; ${common}`);
      const own = suite.leftovers.split(';').map(() => '0');
      expect(left).toEqual(left.map(() => [...own, '0', '0', '0', '1'].join('\n')));
      expect([...world.store.view.all('lease').keys()]).toEqual([]);
      await deleteApplication(world.engine.context, USER, { applicationId: cloud, removeVolumes: true });
      await until(hosts, (some) => expect(some).toEqual([]));
    });
  });
}

async function cloudOf({ cloud, type }: SdnProviderSuite): Promise<string> {
  return cloud === undefined
    ? sdnCloud({ location: 'sdn-cloud', provider: type })
    : await fixedCloud(world.engine.context.planner, cloud, 'sdn-cloud');
}

function sdnWorld(application: () => ApplicationId): SdnWorld {
  return {
    ...{ hosts, running, inside, reaches, onHost, remove, addressOf },
    context: () => world.engine.context,
    shop: () => running(application(), 4),
    deploy: (name) => deploy(shop(name)),
  };
}

/** A ping of so many bytes on the wire that may not be cut, from inside of a container and with its host's own tools. */
async function unfragmented(from: Instance | undefined, address: string, bytes: number): Promise<string> {
  const pid = `$(docker inspect --format '{{.State.Pid}}' ${from?.containerId})`;
  return await onHost(from?.hostId, `nsenter --target ${pid} --net ping -M do -c 1 -W 1 -s ${bytes - 28} ${address} 2>&1`);
}
