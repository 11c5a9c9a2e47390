import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Instance } from '../domain/entity/instance.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId, EntityId, HostId } from '../domain/shared/ids.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import type { HostSession } from '../ports/host-session.ts';
import { type EmptyWorld, openEmptyWorld } from '../testing/empty-world.ts';
import { sdnCloud } from '../testing/sdn-blueprints.ts';
import { testLab } from '../testing/test-lab.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { moveEntity } from './commands/move-entity.ts';

const MINUTES = 60_000;
const MOST_OUTAGE_MS = 5_000;
const USER: TaskCause = { kind: 'user', by: 'ann' };
const { env, lab } = testLab('movetest');
const CLOUD = sdnCloud({ location: 'move-cloud' });
const APPLICATION = `
name: roam
location: move-cloud
services:
- type: "docker:busybox:1.35"
  id: keeper
  brooklyn.config:
    docker.image.commands: [sh, -c, "trap 'exit 0' TERM; while :; do sleep 0.1; done"]
    docker.container.keepAddress: true
- type: "docker:busybox:1.35"
  id: near
  brooklyn.config: { docker.image.commands: [sleep, infinity], stop.timeout: 1s }
- type: "docker:busybox:1.35"
  id: far
  brooklyn.config: { docker.image.commands: [sleep, infinity], stop.timeout: 1s }
`;

let world: EmptyWorld;
let application: ApplicationId;

async function until<T>(what: () => T, wanted: (value: T) => void, timeout = 2 * MINUTES): Promise<void> {
  await vi.waitFor(() => wanted(what()), { timeout, interval: 50 });
}

function session(hostId: HostId): HostSession {
  const found = world.engine.context.hosts.ready(hostId);
  if (!found) throw new Error(`${hostId} is not ready`);
  return found;
}

const hosts = () => [...world.store.view.all('host').values()];
const entity = (planId: string) => world.store.view.entitiesOf(application).find((one) => one.planId === planId);
const instance = (planId: string): Instance => {
  const found = world.store.view.get('instance', entity(planId)?.instanceId ?? '');
  if (!found) throw new Error(`${planId} has no container`);
  return found;
};
const underlay = (hostId: HostId) => world.store.view.get('host', hostId)?.facts?.underlay?.address ?? '';

async function reaches(from: Instance, target: string): Promise<boolean> {
  const argv = ['ping', '-c', '1', '-W', '1', target];
  return (await session(from.hostId).engine.exec(from.containerId ?? '', { argv, timeoutMs: 10_000 })).code === 0;
}

async function onHost(hostId: HostId, script: string): Promise<string> {
  return (await session(hostId).shell.run(script, { timeoutMs: 10_000 })).output.trim();
}

/** The longest time between two answers, milliseconds, while a task runs and until one comes after it. */
async function longestGap(taskId: string, asks: () => Promise<boolean>): Promise<number> {
  let [last, longest, answeredAfter] = [performance.now(), 0, false];
  while (!answeredAfter) {
    const isOver = world.store.view.get('task', taskId)?.status !== 'running';
    const answered = await asks();
    const now = performance.now();
    longest = Math.max(longest, now - last);
    if (answered) last = now;
    answeredAfter = isOver && answered;
    if (longest > MINUTES) break;
  }
  return longest;
}

describe('a move that keeps the address', () => {
  beforeAll(async () => {
    await labDown(lab);
    world = await openEmptyWorld({ env });
    await deployApplication(world.engine.context, USER, { text: CLOUD, location: 'lab:(memory=512m)' });
    await until(
      () => hosts().map(({ state, facts }) => `${state} ${facts?.underlay?.mtu}`),
      (seen) => expect(seen).toEqual(['ready 1500', 'ready 1500', 'ready 1500']),
      7 * MINUTES,
    );
    ({ applicationId: application } = await deployApplication(world.engine.context, USER, { text: APPLICATION }));
    await until(
      () => ['keeper', 'near', 'far'].map((name) => ({ actual: entity(name)?.actual, problems: entity(name)?.problems })),
      (seen) => expect(seen).toEqual(seen.map(() => ({ actual: 'RUNNING', problems: {} }))),
    );
  }, 11 * MINUTES);

  afterAll(async () => {
    await world.close();
    await labDown(lab);
  }, 3 * MINUTES);

  it(
    'is reached from a third host at the same address, after an outage of less than five seconds, and the old host knows nothing of it',
    async () => {
      const [before, near, far] = [instance('keeper'), instance('near'), instance('far')];
      expect(new Set([before, near, far].map(({ hostId }) => hostId)).size).toBe(3);
      const [endpoint] = before.endpoints ?? [];
      await vi.waitFor(async () => expect(await reaches(far, 'keeper')).toBe(true), { timeout: 10_000 });

      const { taskId } = await moveEntity(world.engine.context, USER, {
        entityId: entity('keeper')?.id as EntityId,
        toHostId: near.hostId,
      });
      const outage = await longestGap(taskId, () => reaches(far, endpoint?.address ?? ''));

      expect(world.store.view.get('task', taskId)).toMatchObject({ status: 'done' });
      expect(instance('keeper')).toMatchObject({ hostId: near.hostId, state: 'running', endpoints: before.endpoints });
      expect(outage).toBeLessThan(MOST_OUTAGE_MS);
      process.stdout.write(`outage of a move: ${Math.round(outage)} ms\n`);
      for (const from of [near, far]) {
        await vi.waitFor(async () => expect(await reaches(from, 'keeper')).toBe(true), { timeout: 5_000 });
      }
      // It was the only container there, so the whole network has gone.
      await until(
        () => world.store.view.instancesOn(before.hostId).length,
        (left) => expect(left).toBe(0),
      );
      await vi.waitFor(
        async () =>
          expect(
            await onHost(before.hostId, "ip -o link | grep -cE 'ckx|ckb'; bridge fdb | grep -c dst; ls /run/clocker 2>/dev/null | wc -l"),
          ).toBe('0\n0\n0'),
        { timeout: 20_000 },
      );
      const forwarded = await onHost(far.hostId, `bridge fdb | grep ${endpoint?.mac} | grep dst | sed 's/.*dst \\([0-9.]*\\).*/\\1/'`);
      expect(forwarded).toBe(underlay(near.hostId));
    },
    3 * MINUTES,
  );

  it(
    'comes back to a host that has others of its network, with nothing left behind where it was',
    async () => {
      const [before, near, far] = [instance('keeper'), instance('near'), instance('far')];
      const [endpoint] = before.endpoints ?? [];
      const { taskId } = await moveEntity(world.engine.context, USER, { entityId: entity('keeper')?.id as EntityId, toHostId: far.hostId });
      const outage = await longestGap(taskId, () => reaches(near, endpoint?.address ?? ''));
      expect(instance('keeper')).toMatchObject({ hostId: far.hostId, endpoints: before.endpoints });
      expect(outage).toBeLessThan(MOST_OUTAGE_MS);
      process.stdout.write(`outage of a move back: ${Math.round(outage)} ms\n`);
      // Here it is local, there it is elsewhere: no bridge has it in two places.
      const places = `bridge fdb | grep ${endpoint?.mac} | grep dst | sed 's/.*dst \\([0-9.]*\\).*/\\1/'`;
      await vi.waitFor(
        async () => expect([await onHost(near.hostId, places), await onHost(far.hostId, places)]).toEqual([underlay(far.hostId), '']),
        { timeout: 10_000 },
      );
      await vi.waitFor(async () => expect(await onHost(near.hostId, 'docker ps -aq | wc -l')).toBe('1'), { timeout: 10_000 });
    },
    3 * MINUTES,
  );
});
