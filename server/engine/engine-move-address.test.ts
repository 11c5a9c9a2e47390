import { afterEach, describe, expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { Instance } from '../domain/entity/instance.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId, HostId } from '../domain/shared/ids.ts';
import { checkWorld } from '../testing/check-world.ts';
import { networkedBlueprint } from '../testing/engine-blueprints.ts';
import { type EngineFixture, openEngineFixture, TEST_NETWORKING } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { resizeEntity } from './commands/entity-effectors.ts';
import { drainHost } from './commands/hosts/drain-host.ts';
import { moveEntity } from './commands/move-entity.ts';
import { moveTargets } from './queries/move-targets.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
const KEEPING = networkedBlueprint({ cache: 'docker.container.keepAddress: true' });
const FIXED = networkedBlueprint({ back: 'subnet: 10.220.0.0/28' }).replace(
  'id: cache\n  brooklyn.config:\n    docker.container.networks: [back]',
  'id: cache\n  brooklyn.config:\n    docker.container.networks: [{ name: back, address: 10.220.0.9 }]',
);
let fixture: EngineFixture;
let applicationId: ApplicationId;

afterEach(() => fixture.stop());

async function open(text: string, networking = TEST_NETWORKING): Promise<void> {
  fixture = await openEngineFixture({ networking });
  ({ applicationId } = await deployApplication(fixture.engine.context, USER, { text }));
  await fixture.pass(10_000);
}

const byPlan = (planId: string) => fixture.store.view.entitiesOf(applicationId).find((one) => one.planId === planId) as Entity;
const current = (planId = 'cache') => fixture.store.view.get('instance', byPlan(planId).instanceId ?? '') as Instance;
const task = (id: string) => fixture.store.view.get('task', id);
const machine = (hostId: HostId) => fixture.machines.find(({ name }) => name === hostId);
const move = (planId = 'cache') => moveEntity(fixture.engine.context, USER, { entityId: byPlan(planId).id });

/** Addresses of the containers of an entity that run now, wherever. */
function addresses(planId = 'cache'): readonly string[] {
  const { id } = byPlan(planId);
  const running = fixture.machines.flatMap((one) => one.running()).filter(({ request }) => request.labels['io.clocker.entity'] === id);
  return running.flatMap(({ request }) => (request.spec.networks ?? []).flatMap(({ address }) => address ?? []));
}

/** Passes time in small steps until a task has ended; gives the addresses at each of them. */
async function follow(taskId: string, act: () => Promise<void> = () => Promise.resolve()): Promise<readonly (readonly string[])[]> {
  const seen: (readonly string[])[] = [];
  for (let step = 0; step < 400 && task(taskId)?.status === 'running'; step += 1) {
    await fixture.pass(100);
    await act();
    seen.push(addresses());
  }
  return seen;
}

describe('a move in a cloud whose networks reach all hosts', () => {
  it.each([
    ['asks for that', KEEPING],
    ['has a fixed one', FIXED],
  ])('takes the address along for what %s, and two never have it', async (_, text) => {
    await open(text);
    const before = current();
    expect(moveTargets(fixture.engine.context, { entityId: byPlan('cache').id }).stopsFirst).toEqual(['cache']);
    const { taskId } = await move();
    const seen = await follow(taskId);
    expect(task(taskId)?.status).toBe('done');
    expect(current().hostId).not.toBe(before.hostId);
    expect(current().endpoints).toEqual(before.endpoints);
    expect(seen.every((some) => some.length <= 1)).toBe(true);
    await fixture.pass(5_000);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('leaves no gap for all others, which get another address', async () => {
    await open(networkedBlueprint());
    const before = current();
    expect(moveTargets(fixture.engine.context, { entityId: byPlan('cache').id }).stopsFirst).toEqual([]);
    const { taskId } = await move();
    const seen = await follow(taskId);
    expect(seen.every((some) => some.length >= 1)).toBe(true);
    expect(current().endpoints?.[0]?.address).not.toBe(before.endpoints?.[0]?.address);
    await fixture.pass(5_000);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('stops nothing before the other host has all that is needed, and where it is until then is where all hosts look for it', async () => {
    await open(KEEPING);
    const before = current();
    for (const one of fixture.machines) if (one.name !== before.hostId) one.behaviourOf = () => ({ unknown: true });
    for (const one of fixture.machines) if (one.name !== before.hostId) one.images.clear();
    const { taskId } = await move();
    await fixture.pass(30_000);
    expect(current().state).toBe('planned');
    expect(addresses()).toHaveLength(1);
    expect(fixture.store.view.get('instance', before.id)).toMatchObject({ state: 'running', stoppingSince: null });
    for (const one of fixture.machines) one.behaviourOf = () => ({});
    await fixture.pass(120_000);
    expect(current()).toMatchObject({ state: 'running', endpoints: before.endpoints });
    expect(task(taskId)?.status).not.toBe('running');
    await fixture.pass(5_000);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('waits for the old host where that is away in the middle: it may still run there', async () => {
    await open(KEEPING);
    const before = current();
    for (const one of fixture.machines) if (one.name !== before.hostId) one.images.clear();
    await move();
    while (current().id === before.id) await fixture.clock.settle(1);
    machine(before.hostId)?.setReachable(false);
    await fixture.pass(1_000);
    expect(addresses()).toHaveLength(1);
    machine(before.hostId)?.setReachable(true);
    await fixture.pass(60_000);
    expect(current().endpoints).toEqual(before.endpoints);
    expect(addresses()).toHaveLength(1);
    await fixture.pass(5_000);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('goes on after crashes at any moment, with the same address and never two of it', async () => {
    await open(KEEPING);
    const before = current();
    const { taskId } = await move();
    let most = 0;
    for (let crash = 0; crash < 12; crash += 1) {
      await fixture.clock.settle(3 + crash);
      await fixture.crash();
      most = Math.max(most, addresses().length);
    }
    await fixture.pass(60_000);
    expect(task(taskId)?.status).toBe('done');
    expect(current().hostId).not.toBe(before.hostId);
    expect([most, current().endpoints]).toEqual([1, before.endpoints]);
    await fixture.pass(5_000);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('keeps the address when its host is drained', async () => {
    await open(KEEPING);
    const before = current();
    const { taskId } = await drainHost(fixture.engine.context, USER, { hostId: before.hostId, afterwards: 'keep' });
    const seen = await follow(taskId);
    expect(task(taskId)?.status).toBe('done');
    expect(seen.every((some) => some.length <= 1)).toBe(true);
    expect(current().endpoints).toEqual(before.endpoints);
    await fixture.pass(5_000);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('needs no address beside its own for what keeps it; what does not waits where it is, and says so', async () => {
    await open(KEEPING, { ...TEST_NETWORKING, prefix: 29 });
    // All six of `back`: three hosts, and three containers of four.
    const cluster = fixture.store.view.entitiesOf(applicationId).find(({ size }) => size !== null) as Entity;
    await resizeEntity(fixture.engine.context, USER, { entityId: cluster.id, size: 1 });
    await fixture.pass(20_000);
    const [before, web] = [current(), current('web')];
    await move('web');
    await fixture.pass(10_000);
    expect(byPlan('web').waitingFor).toContain('network back has no address left');
    expect(current('web').id).toBe(web.id);
    const { taskId } = await move();
    await follow(taskId);
    expect(task(taskId)?.status).toBe('done');
    expect(current().endpoints).toEqual(before.endpoints);
  });
});
