import { afterEach, describe, expect, it } from 'vitest';
import { isMember } from '../domain/cluster/members.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { TaskId } from '../domain/shared/ids.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { cancelTask } from './commands/cancel-task.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { invokeEffector } from './commands/invoke-effector.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

const WEB = `
name: pool
location: ${CLOUD}
services:
- type: cluster
  id: web
  initialSize: 2
  brooklyn.config: { quorum: all }
  memberSpec: { type: 'docker:web:1', openPorts: [80] }
`;

async function deploy(): Promise<Entity> {
  fixture = await openEngineFixture();
  await deployApplication(fixture.engine.context, USER, { text: WEB });
  await fixture.pass(5_000);
  return cluster();
}

function cluster(): Entity {
  const found = [...fixture.store.view.all('entity').values()].find(({ size }) => size !== null);
  if (!found) throw new Error('no cluster');
  return found;
}

const slots = (): readonly (number | null)[] =>
  fixture.store.view.childrenOf(cluster().id).flatMap((one) => (isMember(one) ? [one.slot] : []));
const invoke = (effector: string, parameters: unknown) =>
  invokeEffector(fixture.engine.context, USER, { entityId: cluster().id, effector, parameters });
const task = (id: TaskId) => fixture.store.view.get('task', id);

function firstMember(): Entity {
  const found = fixture.store.view.childrenOf(cluster().id).find(({ slot }) => slot === 1);
  if (!found) throw new Error('no member');
  return found;
}

/** Containers that are made from now on never answer. */
function deafen(): void {
  for (const machine of fixture.machines) machine.behaviourOf = () => ({ deaf: true });
}

describe('replaceMember', () => {
  it('adds first, and takes the old member away once the new one has been up for some seconds', async () => {
    await deploy();
    const { taskId } = await invoke('replaceMember', { memberId: firstMember().id });
    await fixture.pass(9_000);
    expect(slots()).toEqual([1, 2, 3]);
    await fixture.pass(10_000);
    expect(slots()).toEqual([2, 3]);
    expect([cluster().size, task(taskId)?.status]).toEqual([2, 'done']);
  });

  it('waits as long for a new member that took its time to come up', async () => {
    await deploy();
    deafen();
    await invoke('replaceMember', { memberId: firstMember().id });
    await fixture.pass(30_000);
    for (const machine of fixture.machines) machine.behaviourOf = () => ({});
    await fixture.pass(5_000);
    expect(fixture.store.view.childrenOf(cluster().id).map(({ actual }) => actual)).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
    await fixture.pass(20_000);
    expect(slots()).toEqual([2, 3]);
  });

  it('goes by its own clock, not by those of hosts', async () => {
    await deploy();
    for (const machine of fixture.machines) machine.clockAheadMs = 3_600_000;
    await invoke('replaceMember', { memberId: firstMember().id });
    await fixture.pass(20_000);
    expect(slots()).toEqual([2, 3]);
  });

  it('leaves the cluster up meanwhile', async () => {
    await deploy();
    deafen();
    await invoke('replaceMember', { memberId: firstMember().id });
    await fixture.pass(10_000);
    expect(slots()).toEqual([1, 2, 3]);
    expect(cluster().actual).toBe('RUNNING');
  });

  it('keeps the old member where the new one does not come up, says why, and keeps that aside', async () => {
    await deploy();
    deafen();
    const { taskId } = await invoke('replaceMember', { memberId: firstMember().id });
    await fixture.pass(150_000);
    expect([slots(), cluster().size]).toEqual([[1, 2], 2]);
    expect(
      fixture.store.view
        .childrenOf(cluster().id)
        .filter(({ quarantine }) => quarantine)
        .map(({ slot }) => slot),
    ).toEqual([3]);
    expect(firstMember()).not.toHaveProperty('replacedBy');
    expect(task(taskId)).toMatchObject({
      status: 'failed',
      error: { message: expect.stringMatching(/stays: .*, in its place, failed\. Not ready/) },
    });
  });

  it('goes on after a crash at any moment, and makes no second new member', async () => {
    await deploy();
    const { taskId } = await invoke('replaceMember', { memberId: firstMember().id });
    for (let crash = 0; crash < 4; crash += 1) {
      await fixture.crash();
      await fixture.pass(50);
    }
    await fixture.pass(20_000);
    expect(slots()).toEqual([2, 3]);
    expect(task(taskId)?.status).toBe('done');
    expect(fixture.machines.flatMap((machine) => machine.running())).toHaveLength(2);
  });

  it('is taken back when its task is cancelled', async () => {
    await deploy();
    deafen();
    const { taskId } = await invoke('replaceMember', { memberId: firstMember().id });
    await fixture.pass(3_000);
    await cancelTask(fixture.engine.context, { taskId });
    await fixture.pass(20_000);
    expect([slots(), cluster().size, task(taskId)?.status]).toEqual([[1, 2], 2, 'cancelled']);
  });

  it('is refused for what is no member, and for one that is being replaced', async () => {
    await deploy();
    deafen();
    await expect(invoke('replaceMember', { memberId: 'nobody' })).rejects.toMatchObject({
      code: 'not-found',
      hint: expect.stringContaining(firstMember().id),
    });
    await invoke('replaceMember', { memberId: firstMember().id });
    await expect(invoke('replaceMember', { memberId: firstMember().id })).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('resizeByDelta', () => {
  it('adds and removes members, within the bounds of the cluster', async () => {
    await deploy();
    await invoke('resizeByDelta', { delta: 2 });
    await invoke('resizeByDelta', { delta: -1 });
    await fixture.pass(5_000);
    expect(cluster().size).toBe(3);
    await expect(invoke('resizeByDelta', { delta: -9 })).rejects.toMatchObject({ code: 'input.invalid' });
  });
});
