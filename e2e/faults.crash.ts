import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isCompleted } from '../server/domain/entity/service-state.ts';
import type { Api } from './support/api.ts';
import { application, blueprint } from './support/crash-scenario.ts';
import { type CrashWorld, createCrashWorld } from './support/crash-world.ts';
import { dockerOn } from './support/lab-hosts.ts';
import { assertWorld } from './support/world.ts';

/** A sixth of it is what a machine has that does not answer at all: a reboot on a busy machine ends within that. */
const GRACE = { CLOCKER_HOST_LOST_AFTER_MS: '600000' } as const;
const SHORT = { CLOCKER_HOST_LOST_AFTER_MS: '8000' } as const;

let world: CrashWorld;

beforeAll(async () => {
  world = await createCrashWorld();
  await world.rig.start({ env: GRACE });
  await world.rig.send((api) => api.application.deploy.mutate({ text: blueprint(), idempotencyKey: 'faults' }));
  await world.rig.settle();
});

afterAll(async () => {
  await world.close();
});

describe('within the time that a host may be away', () => {
  it('a short reboot moves nothing, and leaves the containers of other hosts alone', async () => {
    const { rig, watch } = world;
    const before = await rig.send(application);
    const rebooted = await dataHost();
    await world.fault({ kind: 'kill', host: rebooted.name });
    await stateOf(rebooted.id, 'unreachable');
    await world.fault({ kind: 'start', host: rebooted.name });
    await world.follow(rebooted.name);
    await stateOf(rebooted.id, 'ready');
    await rig.settle();
    const after = await rig.send(application);
    for (const entity of before.entities.filter((one) => one.incarnation > 0)) {
      const [earlier, now] = [before, after].map(({ instances }) => instances.find((one) => one.entityId === entity.id));
      expect(now?.hostId, `host of ${entity.name}`).toBe(earlier?.hostId);
      if (earlier?.hostId !== rebooted.id) expect(now?.containerName, `container of ${entity.name}`).toBe(earlier?.containerName);
      expect((now?.incarnation ?? 0) - (earlier?.incarnation ?? 0), `new containers of ${entity.name}`).toBeLessThanOrEqual(1);
    }
    await rig.send((api) => assertWorld(api, watch));
  });

  it('a frozen host is unreachable with a reason, and goes on as it was when it thaws', async () => {
    await unchangedBy(async (host) => {
      await world.fault({ kind: 'pause', host: host.name });
      try {
        await stateOf(host.id, 'unreachable');
        expect((await world.rig.send((api) => api.host.get.query({ hostId: host.id }))).reason).not.toBe('');
        const { entities, instances } = await world.rig.send(application);
        const there = new Set(instances.filter((one) => one.hostId === host.id).map((one) => one.id));
        const onIt = entities.filter((entity) => entity.instanceId && there.has(entity.instanceId) && entity.name !== 'Job');
        expect(new Set(onIt.map(({ actual }) => actual)), 'last known states').toEqual(new Set(['RUNNING']));
        expect(entities.find(({ name }) => name === 'Job')?.actual, 'state of the job').toBe('STOPPED');
      } finally {
        await world.fault({ kind: 'unpause', host: host.name });
      }
    });
  });

  it('a restart of the Docker Engine re-creates nothing', async () => {
    await unchangedBy(async (host) => {
      await onHost(host.name, 'systemctl restart docker');
      world.watch.witness.follow(world.host(host.name));
    });
  });

  it('a host whose key was swapped is refused, and nothing is sent to it until a person accepts the key', async () => {
    const { rig } = world;
    await unchangedBy(async (host) => {
      await onHost(host.name, 'cp -a /etc/ssh/ssh_host_ed25519_key /etc/ssh/ssh_host_ed25519_key.pub /root/');
      await onHost(host.name, 'rm /etc/ssh/ssh_host_ed25519_key*; ssh-keygen -q -t ed25519 -N "" -f /etc/ssh/ssh_host_ed25519_key');
      const swapped = await onHost(host.name, 'date +%s');
      await onHost(host.name, 'pkill -f "^sshd: "; systemctl restart ssh');
      try {
        await stateOf(host.id, 'refused');
        expect((await rig.send((api) => api.host.get.query({ hostId: host.id }))).reason).toMatch(/key/i);
        await new Promise((resolve) => setTimeout(resolve, 5_000));
        expect(await onHost(host.name, `journalctl --unit ssh --since @${Number(swapped) + 1} | grep -c Accepted || true`)).toBe('0');
      } finally {
        await onHost(host.name, 'mv /root/ssh_host_ed25519_key /root/ssh_host_ed25519_key.pub /etc/ssh/; systemctl restart ssh');
        const { hostKey } = world.host(host.name);
        await rig.send((api) => api.host.acceptKey.mutate({ hostId: host.id, hostKey }));
      }
    });
  });
});

describe('longer than that', () => {
  it('what has no data starts elsewhere, what has waits with a question, and the host that returns is cleaned up', async () => {
    const { rig, watch } = world;
    await rig.stop();
    await rig.start({ env: SHORT });
    await rig.settle();
    const before = await rig.send(application);
    const killed = await dataHost();
    const there = before.instances.filter((instance) => instance.hostId === killed.id).map((instance) => instance.entityId);
    for (const entityId of there) watch.mayOverlap.add(entityId);
    const db = before.entities.find((entity) => entity.name === 'Data');

    await world.fault({ kind: 'kill', host: killed.name });
    const from = Date.now();
    await stateOf(killed.id, 'lost');
    say(`declared lost after ${Date.now() - from} ms`);
    expect(Date.now() - from, 'time until it is lost').toBeLessThan(25_000);
    await until('what has no data runs elsewhere, and the data waits with a question', 60_000, async (api) => {
      const { entities, instances } = await application(api);
      return entities.every((entity) => {
        if (entity.id === db?.id) return entity.question?.choices.length === 3;
        if (entity.incarnation === 0) return true;
        // It has ended well: nothing is left to do.
        if (entity.name === 'Job') return isCompleted(entity);
        const now = instances.find((instance) => instance.id === entity.instanceId);
        return now !== undefined && now.hostId !== killed.id && now.state === 'running' && now.ready;
      });
    });
    say(`what has no data runs elsewhere after ${Date.now() - from} ms`);

    await world.fault({ kind: 'start', host: killed.name });
    const back = Date.now();
    await world.follow(killed.name);
    await stateOf(killed.id, 'ready');
    await rig.settle();
    say(`settled ${Date.now() - back} ms after the host was back`);
    const after = await rig.send(application);
    const now = after.entities.find((entity) => entity.id === db?.id);
    expect(now?.question).toBeNull();
    const container = after.instances.find((instance) => instance.entityId === db?.id);
    expect(container?.hostId).toBe(killed.id);
    const starts = await dockerOn(world.host(killed.name), 'exec', container?.containerName ?? '', 'cat', '/data/starts');
    expect(starts.split('\n').length, 'starts that the volume remembers').toBeGreaterThan(1);
    await until('what was replaced is removed from the host', 30_000, async () => {
      const left = await dockerOn(world.host(killed.name), 'ps', '--all', '--format', '{{.Names}}', '--filter', `label=io.clocker.entity`);
      const own = left.split('\n').filter((name) => !name.includes('jforged'));
      return own.length === after.instances.filter((instance) => instance.hostId === killed.id).length;
    });
    await rig.send((api) => assertWorld(api, watch));
  });

  it('leaves nothing behind when the application is deleted with its volumes', async () => {
    const { rig, watch } = world;
    const { application: row } = await rig.send(application);
    await rig.send((api) => api.application.delete.mutate({ applicationId: row.id, removeVolumes: true }));
    await rig.settle();
    await rig.send((api) => assertWorld(api, watch));
  });
});

interface Place {
  readonly id: string;
  readonly name: string;
}

/** Where the entity with a volume is. */
async function dataHost(): Promise<Place> {
  const { entities } = await world.rig.send(application);
  const hostId = entities.find((entity) => entity.name === 'Data')?.dataHostId;
  return await world.rig.send((api) => api.host.get.query({ hostId: hostId ?? '' }));
}

/** After the fault is over every container is the one that it was, and runs without a break. */
async function unchangedBy(fault: (host: Place) => Promise<void>): Promise<void> {
  const { rig, watch } = world;
  const describe = async () => {
    const { instances } = await rig.send(application);
    return instances.map(({ containerName, containerId, startedAt }) => `${containerName} ${containerId} ${startedAt}`).sort();
  };
  const before = await describe();
  const host = await dataHost();
  await fault(host);
  await stateOf(host.id, 'ready');
  await rig.settle();
  expect(await describe()).toEqual(before);
  await rig.send((api) => assertWorld(api, watch));
}

function onHost(name: string, script: string): Promise<string> {
  return world.run(name, ['sh', '-c', script]);
}

function stateOf(hostId: string, state: string): Promise<void> {
  return until(`the host is ${state}`, 60_000, async (api) => (await api.host.get.query({ hostId })).state === state);
}

async function until(what: string, timeoutMs: number, ask: (api: Api) => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await world.rig.send(ask))) {
    if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
