import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Host } from '../domain/entity/host.ts';
import type { Instance } from '../domain/entity/instance.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ReachAnswer } from '../domain/network/reach-answer.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import type { DockerCli } from '../plugins/hosts/lab/docker-cli.ts';
import { applyFault, healAll } from '../plugins/hosts/lab/faults.ts';
import { findDocker } from '../plugins/hosts/lab/find-docker.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { type EmptyWorld, openEmptyWorld } from '../testing/empty-world.ts';
import { faultyShop, sdnCloud } from '../testing/sdn-blueprints.ts';
import { testLab } from '../testing/test-lab.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { reach } from './queries/reach.ts';

const MINUTES = 60_000;
const USER: TaskCause = { kind: 'user', by: 'ann' };
const { env, lab } = testLab('sdnfaults');
let world: EmptyWorld;
let docker: DockerCli;
let application: ApplicationId;

const hosts = () => [...world.store.view.all('host').values()].sort((a, b) => a.order - b.order);

async function until<T>(what: () => T, wanted: (value: T) => void, timeout = 2 * MINUTES): Promise<void> {
  await vi.waitFor(() => wanted(what()), { timeout, interval: 50 });
}

async function deploy(text: string, location?: string): Promise<ApplicationId> {
  return (await deployApplication(world.engine.context, USER, { text, ...(location ? { location } : {}) })).applicationId;
}

function running(applicationId: ApplicationId): ReadonlyMap<string, Instance> {
  return new Map(
    world.store.view.entitiesOf(applicationId).flatMap((entity): [string, Instance][] => {
      const instance = world.store.view.get('instance', entity.instanceId ?? '');
      const name = entity.slot === null ? (entity.planId ?? '') : `web-${entity.slot}`;
      return instance?.state === 'running' ? [[name, instance]] : [];
    }),
  );
}

async function allRunning(applicationId: ApplicationId): Promise<void> {
  await until(
    () => ({
      names: [...running(applicationId).keys()].sort(),
      waiting: world.store.view
        .entitiesOf(applicationId)
        .flatMap(({ waitingFor, problems }) => [waitingFor ?? '', ...Object.values(problems)]),
    }),
    (seen) => {
      if (seen.names.length !== 5) throw new Error(JSON.stringify(seen));
    },
  );
}

/** A member of the cluster on another host than `from`, or on its own. */
function web(on: (hostId: string) => boolean): Instance {
  const found = [...running(application)].find(([name, { hostId }]) => name.startsWith('web') && on(hostId));
  if (!found) throw new Error('no such member');
  return found[1];
}

async function ask(from: Instance, to: Instance, port?: number): Promise<ReachAnswer> {
  return await reach(world.engine.context, { from: from.id, to: to.id, port });
}

const stepOf = ({ steps }: ReachAnswer, name: string) => steps.find((step) => step.name === name);

async function onHost({ id }: Pick<Host, 'id'>, script: string): Promise<string> {
  const session = world.engine.context.hosts.ready(id);
  if (!session) throw new Error(`${id} is not ready`);
  const { output, code } = await session.shell.run(`( ${script} ) 2>&1`, { timeoutMs: 10_000 });
  if (code !== 0) throw new Error(output);
  return output.trim();
}

/** Packets that the host does not let in, by a table that the test takes away again. */
async function dropping(host: Host, rule: string, work: () => Promise<void>): Promise<void> {
  await onHost(
    host,
    `nft 'add table ip test; add chain ip test in { type filter hook prerouting priority -300; }; add rule ip test in ${rule}'`,
  );
  try {
    await work();
  } finally {
    await onHost(host, 'nft delete table ip test');
  }
}

const peersOf = ({ id }: Host) =>
  [...world.store.view.all('network').values()].find((part) => part.hostId === id && part.logicalName === 'back')?.peers ?? {};
const told = (text: string) => [...world.store.view.all('task').values()].filter(({ name }) => name.includes(text));

async function allWell(): Promise<void> {
  await until(
    () => hosts().map((host) => Object.values(peersOf(host)).join(',')),
    (seen) => expect(seen).toEqual([',', ',', ',']),
  );
}

function pairOf(): readonly [Host, Host] {
  const [first, second] = [hosts()[1], hosts()[2]];
  if (!first || !second) throw new Error('no hosts');
  return [first, second];
}

/** What the lab calls it. */
const machineOf = ({ origin, name }: Host) => origin?.machine ?? name;

/** Another console that has the same machines as hosts, and a pool of its own. */
async function openSecondWorld(): Promise<EmptyWorld> {
  const second = await openEmptyWorld({ env });
  const { view } = world.store;
  await second.store.commit((draft) => {
    for (const cloud of view.all('cloud').values()) {
      const { entityId: _, ...rest } = cloud;
      draft.put('cloud', { ...rest, networking: { provider: 'vxlan', pool: '10.192.0.0/12', prefix: 24, config: {} } });
    }
    for (const credential of view.all('credential').values()) {
      const sealed = second.engine.context.secrets.seal(world.engine.context.secrets.open(credential.sealed));
      draft.put('credential', { ...credential, sealed });
    }
    for (const { origin: _, ...host } of hosts()) draft.put('host', { ...host, state: 'connecting' });
  });
  await until(
    () => [...second.store.view.all('host').values()].map(({ state }) => state),
    (seen) => expect(seen).toEqual(['ready', 'ready', 'ready']),
  );
  return second;
}

describe('networks of three hosts', () => {
  beforeAll(async () => {
    await labDown(lab);
    world = await openEmptyWorld({ env });
    await deploy(sdnCloud({ location: 'fault-cloud' }), 'lab:(memory=512m)');
    await until(
      () => ({
        states: hosts().map(({ state, reason }) => `${state} ${reason}`.trim()),
        problems: [...world.store.view.all('entity').values()].flatMap(({ problems, waitingFor }) => [
          ...Object.values(problems),
          ...(waitingFor === null ? [] : [waitingFor]),
        ]),
      }),
      ({ states, problems }) => expect({ states, problems }).toEqual({ states: ['ready', 'ready', 'ready'], problems: [] }),
      7 * MINUTES,
    );
    const found = await findDocker(lab);
    if (!found) throw new Error('the engine of the lab does not answer');
    docker = found;
    application = await deploy(faultyShop('shop'));
    await allRunning(application);
  }, 11 * MINUTES);

  afterAll(async () => {
    await world.close();
    await labDown(lab);
  }, 3 * MINUTES);

  it('tell whether one container reaches another, measured from inside of the first', async () => {
    const [first] = pairOf();
    const [from, to] = [web((id) => id === first.id), web((id) => id !== first.id)];
    const path = ['from', 'network', 'bridge', 'hosts', 'way', 'arrival', 'to', 'name', 'answer'].map((name) => `${name} ok`);
    const isWell = async () => expect((await ask(from, to, 8_080)).steps.map(({ name, state }) => `${name} ${state}`)).toEqual(path);
    // Its name is told once it is ready.
    await vi.waitFor(isWell, { timeout: 10_000 });
    const byPort = await ask(from, to, 8_080);
    expect(byPort).toMatchObject({ reached: true, network: 'back', problem: null });
    expect(byPort.ms).toBeLessThan(1_000);
    expect(stepOf(byPort, 'way')?.text).toMatch(/VXLAN number \d+ over UDP 4789, [\d.]+ → [\d.]+/);
    expect(await ask(from, to)).toMatchObject({ reached: true, port: null });
  });

  it('name the first step that is wrong', async () => {
    const [first] = pairOf();
    const from = web((id) => id === first.id);
    const all = running(application);
    const [db, alone] = [all.get('db'), all.get('alone')];
    if (!db || !alone) throw new Error('no db');
    expect(
      await ask(
        from,
        web((id) => id !== first.id),
        81,
      ),
    ).toMatchObject({ reached: false, problem: { step: 'answer', text: /nothing listens/ } as object });
    expect((await ask(from, db, 8_080)).problem).toMatchObject({ step: 'answer', fix: expect.stringContaining('0.0.0.0') });
    expect((await ask(from, alone, 8_080)).problem).toMatchObject({ step: 'network' });
  });

  it('tell an entry that somebody took away, before and after it was mended', async () => {
    const [first] = pairOf();
    const [from, to] = [web((id) => id === first.id), web((id) => id !== first.id)];
    const [endpoint] = to.endpoints ?? [];
    await onHost(
      first,
      `for d in $(ip -o link show type vxlan | cut -d: -f2); do bridge fdb del ${endpoint?.mac} dev $d self; ip neigh del ${endpoint?.address} dev $(cat /sys/class/net/$d/master/ifindex >/dev/null && basename $(readlink /sys/class/net/$d/master)); done`,
    );
    const answer = await ask(from, to, 8_080);
    expect(answer.problem).toMatchObject({ step: 'bridge', text: expect.stringContaining(`${endpoint?.address} is at`) });
    world.engine.context.queue.enqueue(`sdn:${first.id}`);
    await until(
      () => told(`Mend network back on ${first.name}`).map(({ status }) => status),
      (seen) => expect(seen).toEqual(['done']),
    );
    expect(await ask(from, to, 8_080)).toMatchObject({ reached: true });
  });

  it('tell a tunnel that is held back, to both ends, until it passes again', async () => {
    const [first, second] = pairOf();
    await allWell();
    await dropping(first, `ip saddr ${second.facts?.underlay?.address} udp dport 4789 drop`, async () => {
      await until(
        () => [peersOf(first)[second.id], peersOf(second)[first.id]],
        (seen) => {
          expect(seen[0]).toMatch(new RegExp(`^UDP 4789 from ${first.name} to ${second.name} does not pass`));
          expect(seen[1]).toMatch(new RegExp(`^UDP 4789 from ${second.name} to ${first.name} does not pass`));
        },
      );
      await until(
        () => told('lose each other').map(({ name, status }) => `${name} ${status}`),
        (seen) => expect(seen).toEqual([`Network back: ${first.name} and ${second.name} lose each other failed`]),
      );
      const answer = await ask(
        web((id) => id === first.id),
        web((id) => id === second.id),
        8_080,
      );
      expect(answer.problem).toMatchObject({ step: 'way', fix: expect.stringContaining('Let UDP 4789 pass') });
    });
    await allWell();
    await until(
      () => told('reach each other again').length,
      (seen) => expect(seen).toBe(1),
    );
  });

  it('tell packets that are too large for what lies between', async () => {
    const [first, second] = pairOf();
    await dropping(first, `ip saddr ${second.facts?.underlay?.address} udp dport 4789 ip length 1200-1500 drop`, async () => {
      await until(
        () => peersOf(second)[first.id],
        (seen) => expect(seen).toMatch(/^Packets of 1450 bytes do not pass/),
      );
    });
    await allWell();
  });

  it('come through a partition of two hosts without being made anew, and it is told meanwhile', async () => {
    const [first, second] = pairOf();
    await applyFault(lab, docker, { kind: 'partition', host: machineOf(first), other: machineOf(second) });
    try {
      await until(
        () => peersOf(first)[second.id],
        (seen) => expect(seen).toContain('through the network or outside of it'),
      );
      expect(
        (
          await ask(
            web((id) => id === first.id),
            web((id) => id === second.id),
            8_080,
          )
        ).problem,
      ).toMatchObject({ step: 'hosts' });
      expect(hosts().map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
    } finally {
      await healAll(lab, docker);
    }
    await vi.waitFor(
      async () =>
        expect(
          await ask(
            web((id) => id === first.id),
            web((id) => id === second.id),
            8_080,
          ),
        ).toMatchObject({ reached: true }),
      { timeout: 10_000 },
    );
    await allWell();
    expect(told('Mend')).toHaveLength(1);
  });

  it('are brought to all hosts while a tenth of all packets is lost', async () => {
    for (const host of hosts())
      await onHost(
        host,
        "nft 'add table ip lossy; add chain ip lossy in { type filter hook prerouting priority -300; }; add rule ip lossy in numgen random mod 100 < 10 drop'",
      );
    const other = await deploy(faultyShop('other'));
    try {
      await allRunning(other);
    } finally {
      for (const host of hosts()) await onHost(host, 'nft delete table ip lossy');
    }
    const all = [...running(other)].filter(([name]) => name.startsWith('web')).map(([, instance]) => instance);
    for (const from of all) for (const to of all) if (from !== to) expect(await ask(from, to, 8_080)).toMatchObject({ reached: true });
    await deleteApplication(world.engine.context, USER, { applicationId: other, removeVolumes: true });
    await until(
      () => world.store.view.get('application', other),
      (left) => expect(left).toBeUndefined(),
    );
  });

  it('are not put back by a console whose records are older than what the host has seen', async () => {
    const [first] = pairOf();
    const file = `/run/clocker/${world.engine.context.secrets.planeId}/revision`;
    const problems = () =>
      [...world.store.view.all('network').values()].filter(({ hostId }) => hostId === first.id).map(({ problem }) => problem);
    const links = async () => await onHost(first, 'ip -o link show type vxlan | wc -l');
    expect(Number(await onHost(first, `cat ${file}`))).toBeLessThanOrEqual(world.store.revision);
    await onHost(first, `echo 999999999 >${file}; for d in $(ip -o link show type vxlan | cut -d: -f2); do ip link del $d; done`);
    world.engine.context.queue.enqueue(`sdn:${first.id}`);
    await until(problems, (seen) => {
      for (const problem of seen) expect(problem).toMatch(/has networks of a later state \(revision 999999999\)/);
    });
    expect(await links()).toBe('0');
    await onHost(first, `rm ${file}`);
    world.engine.context.queue.enqueue(`sdn:${first.id}`);
    await until(problems, (seen) => {
      for (const problem of seen) expect(problem).toBe('');
    });
    expect(await links()).not.toBe('0');
  });

  it('are left alone by another console that works on the same hosts', async () => {
    const second = await openSecondWorld();
    const before = told('Mend').length;
    const state = 'ip -o link show type vxlan | cut -d: -f2 | sort; ls /run/clocker';
    const was = await Promise.all(hosts().map(async (host) => await onHost(host, state)));
    try {
      const { applicationId } = await deployApplication(second.engine.context, USER, { text: faultyShop('shop') });
      const theirs = (): readonly Instance[] => [...second.store.view.all('instance').values()].filter(({ state }) => state === 'running');
      await until(theirs, (seen) => expect(seen).toHaveLength(5));
      const [from, to] = theirs().filter(({ spec }) => spec.command?.includes('8080'));
      if (!from || !to) throw new Error('no members');
      expect(await reach(second.engine.context, { from: from.id, to: to.id, port: 8_080 })).toMatchObject({ reached: true });
      await deleteApplication(second.engine.context, USER, { applicationId, removeVolumes: true });
      await until(
        () => second.store.view.all('network').size,
        (seen) => expect(seen).toBe(0),
      );
    } finally {
      await second.close();
    }
    expect(await Promise.all(hosts().map(async (host) => await onHost(host, state)))).toEqual(was);
    await allWell();
    expect(told('Mend')).toHaveLength(before);
  });

  it('come to what they should be where the connection to a host is cut in the middle', async () => {
    const [, second] = pairOf();
    const other = await deploy(faultyShop('cutoff'));
    await until(
      () => [...world.store.view.all('network').values()].some((part) => part.hostId === second.id && part.applicationId === other),
      (seen) => expect(seen).toBe(true),
    );
    await applyFault(lab, docker, { kind: 'cut', host: machineOf(second) });
    await until(
      () => world.store.view.get('host', second.id)?.state,
      (seen) => expect(seen).toBe('lost'),
    );
    await healAll(lab, docker);
    await until(
      () => world.store.view.get('host', second.id)?.state,
      (seen) => expect(seen).toBe('ready'),
    );
    await allRunning(other);
    await allRunning(application);
    const all = [application, other].map((one) =>
      [...running(one)].filter(([name]) => name.startsWith('web')).map(([, instance]) => instance),
    );
    for (const some of all) {
      for (const from of some) for (const to of some) if (from !== to) expect(await ask(from, to, 8_080)).toMatchObject({ reached: true });
    }
  });
});
