import { afterEach, describe, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId, HostId } from '../domain/shared/ids.ts';
import { checkWorld } from '../testing/check-world.ts';
import { MANY_MEMBERS, TIED_PAIR, WITH_DATA } from '../testing/engine-blueprints.ts';
import { type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { stopEntity } from './commands/entity-effectors.ts';
import { cancelDrain, drainHost } from './commands/hosts/drain-host.ts';
import { setMaintenance } from './commands/hosts/set-maintenance.ts';
import { updateCloud } from './commands/hosts/update-cloud.ts';
import { moveEntity } from './commands/move-entity.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
const HOST = 'host-1' as HostId;
let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function deploy(text: string): Promise<ApplicationId> {
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(10_000);
  return applicationId;
}

const on = (host: HostId) => [...fixture.store.view.instancesOn(host)].filter(({ state }) => state === 'running');
const task = (id: string) => fixture.store.view.get('task', id);
const byPlan = (applicationId: ApplicationId, planId: string) =>
  fixture.store.view.entitiesOf(applicationId).find((one) => one.planId === planId);

describe('draining a host', () => {
  it('moves what can leave, never with fewer that serve than before, and leaves the host cordoned', async () => {
    fixture = await openEngineFixture({ hosts: 3 });
    const applicationId = await deploy(MANY_MEMBERS);
    expect(on(HOST)).toHaveLength(2);
    const { taskId } = await drainHost(fixture.engine.context, USER, { hostId: HOST, afterwards: 'keep' });
    const serving = () =>
      [...fixture.store.view.all('instance').values()].filter(({ state, ready }) => state === 'running' && ready).length;
    let least = serving();
    for (let step = 0; step < 200 && task(taskId)?.status === 'running'; step += 1) {
      await fixture.pass(100);
      least = Math.min(least, serving());
    }
    await fixture.pass(100);
    expect(least).toBe(6);
    expect(task(taskId)?.status).toBe('done');
    expect(fixture.store.view.instancesOn(HOST)).toHaveLength(0);
    expect(fixture.store.view.get('host', HOST)).toMatchObject({ cordoned: true });
    expect(fixture.store.view.get('host', HOST)?.drain).toBeUndefined();
    expect(fixture.store.view.entitiesOf(applicationId).filter(({ moveFrom }) => moveFrom !== undefined)).toEqual([]);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('moves together what has to be together', async () => {
    fixture = await openEngineFixture({ hosts: 2 });
    const applicationId = await deploy(TIED_PAIR);
    const where = () =>
      [byPlan(applicationId, 'web'), byPlan(applicationId, 'api')].map(
        (one) => fixture.store.view.get('instance', one?.instanceId ?? '')?.hostId,
      );
    expect(where()).toEqual([HOST, HOST]);
    const { taskId } = await drainHost(fixture.engine.context, USER, { hostId: HOST, afterwards: 'keep' });
    await fixture.pass(30_000);
    expect(where()).toEqual(['host-2', 'host-2']);
    expect(task(taskId)?.status).toBe('done');
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('says what stays, and why', async () => {
    fixture = await openEngineFixture({ hosts: 2, strategies: [{ strategy: 'depth-first', config: {} }] });
    await deploy(WITH_DATA);
    const { taskId } = await drainHost(fixture.engine.context, USER, { hostId: HOST, afterwards: 'remove' });
    await fixture.pass(20_000);
    expect(task(taskId)).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('db its data is on this host') } });
    expect(fixture.store.view.get('host', HOST)).toMatchObject({ cordoned: true });
  });

  it('removes the empty host where that is asked for', async () => {
    fixture = await openEngineFixture({ hosts: 2 });
    await deploy(TIED_PAIR);
    const { taskId } = await drainHost(fixture.engine.context, USER, { hostId: HOST, afterwards: 'remove' });
    await fixture.pass(40_000);
    expect(task(taskId)?.status).toBe('done');
    expect(fixture.store.view.get('host', HOST)).toBeUndefined();
  });

  it('waits where there is no room, and what waits serves on; cancelled, it stays', async () => {
    fixture = await openEngineFixture({ hosts: 2, strategies: [{ strategy: 'max-containers', config: { maxContainers: 3 } }] });
    const applicationId = await deploy(MANY_MEMBERS);
    const { taskId } = await drainHost(fixture.engine.context, USER, { hostId: HOST, afterwards: 'keep' });
    await fixture.pass(20_000);
    expect(task(taskId)).toMatchObject({ status: 'running', progress: { text: expect.stringContaining('placement') } });
    expect(on(HOST)).toHaveLength(3);
    expect(fixture.store.view.get('entity', fixture.store.view.get('application', applicationId)?.rootId ?? '')?.actual).toBe('RUNNING');
    await cancelDrain(fixture.engine.context, { hostId: HOST });
    await fixture.pass(5_000);
    expect(task(taskId)?.status).toBe('cancelled');
    expect(fixture.store.view.entitiesOf(applicationId).some(({ moveFrom }) => moveFrom !== undefined)).toBe(false);
    expect(on(HOST)).toHaveLength(3);
  });

  it('is cancelled with its task in one commit: no crash leaves one without the other', async () => {
    fixture = await openEngineFixture({ hosts: 1 });
    await deploy(MANY_MEMBERS);
    const { taskId } = await drainHost(fixture.engine.context, USER, { hostId: HOST, afterwards: 'keep' });
    await fixture.pass(1_000);
    const seen: (string | undefined)[] = [];
    fixture.store.subscribe(() => {
      if (fixture.store.view.get('host', HOST)?.drain === undefined) seen.push(task(taskId)?.status);
    });
    await cancelDrain(fixture.engine.context, { hostId: HOST });
    await fixture.pass(1_000);
    expect(new Set(seen)).toEqual(new Set(['cancelled']));
  });

  it('starts again where it is what dies while it waits for room, and moves it once there is some', async () => {
    fixture = await openEngineFixture({ hosts: 2, strategies: [{ strategy: 'max-containers', config: { maxContainers: 3 } }] });
    await deploy(MANY_MEMBERS);
    const { taskId } = await drainHost(fixture.engine.context, USER, { hostId: HOST, afterwards: 'keep' });
    await fixture.pass(10_000);
    const [machine] = fixture.machines;
    const [victim] = machine?.running() ?? [];
    if (victim) machine?.end(victim, 1);
    await fixture.pass(5_000);
    expect(on(HOST)).toHaveLength(3);
    expect(machine?.running().map(({ id }) => id)).not.toContain(victim?.id);
    expect(task(taskId)?.status).toBe('running');
    const [cloud] = fixture.store.view.all('cloud').values();
    await updateCloud(fixture.engine.context, { cloudId: cloud?.id ?? ('' as never), strategies: [] });
    await fixture.pass(60_000);
    expect(task(taskId)?.status).toBe('done');
    expect([on(HOST).length, on('host-2' as HostId).length]).toEqual([0, 6]);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('goes on after a crash, and makes no container twice', async () => {
    fixture = await openEngineFixture({ hosts: 3 });
    await deploy(MANY_MEMBERS);
    const { taskId } = await drainHost(fixture.engine.context, USER, { hostId: HOST, afterwards: 'keep' });
    for (let crash = 0; crash < 6; crash += 1) {
      await fixture.pass(300);
      await fixture.crash();
    }
    await fixture.pass(60_000);
    expect(task(taskId)?.status).toBe('done');
    expect([on(HOST).length, on('host-2' as HostId).length + on('host-3' as HostId).length]).toEqual([0, 6]);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('removes the containers of what is stopped; they start elsewhere', async () => {
    fixture = await openEngineFixture({ hosts: 2, strategies: [{ strategy: 'depth-first', config: {} }] });
    const applicationId = await deploy(TIED_PAIR);
    const root = fixture.store.view.get('application', applicationId)?.rootId;
    if (root) await stopEntity(fixture.engine.context, USER, { entityId: root });
    await fixture.pass(15_000);
    const { taskId } = await drainHost(fixture.engine.context, USER, { hostId: HOST, afterwards: 'keep' });
    await fixture.pass(20_000);
    expect(task(taskId)?.status).toBe('done');
    expect(fixture.store.view.instancesOn(HOST)).toHaveLength(0);
  });
});

it('moves one entity away from its host, and not what holds data', async () => {
  fixture = await openEngineFixture({ hosts: 2, strategies: [{ strategy: 'depth-first', config: {} }] });
  const many = await deploy(MANY_MEMBERS);
  const [member] = fixture.store.view.entitiesOf(many).filter(({ slot }) => slot === 2);
  const { taskId } = await moveEntity(fixture.engine.context, USER, { entityId: member?.id ?? ('' as never) });
  await fixture.pass(20_000);
  expect(task(taskId)?.status).toBe('done');
  expect([on(HOST).length, on('host-2' as HostId).length]).toEqual([5, 1]);
  const data = byPlan(await deploy(WITH_DATA), 'db');
  await expect(moveEntity(fixture.engine.context, USER, { entityId: data?.id ?? ('' as never) })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('data'),
  });
});

it('leaves what runs on a host in maintenance where it is, however long the machine is away', async () => {
  fixture = await openEngineFixture({ hosts: 2 });
  await deploy(MANY_MEMBERS);
  await setMaintenance(fixture.engine.context, 'ann', { hostId: HOST, on: true, note: 'new disk' });
  fixture.machines[0]?.setReachable(false);
  await fixture.pass(120_000);
  expect(fixture.store.view.get('host', HOST)).toMatchObject({ state: 'unreachable', reason: expect.stringContaining('maintenance') });
  expect(on('host-2' as HostId)).toHaveLength(3);
});
