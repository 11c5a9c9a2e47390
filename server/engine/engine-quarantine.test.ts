import { afterEach, describe, expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { EntityId, TaskId } from '../domain/shared/ids.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { cancelTask } from './commands/cancel-task.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { invokeEffector } from './commands/invoke-effector.ts';
import { updateApplication } from './commands/update-application.ts';
import { effectorsOf } from './effectors/added-effectors.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

function blueprint({ config = '', size = 2, image = 'web:1', first = 'web:1' } = {}): string {
  return `
name: pool
location: ${CLOUD}
services:
- type: cluster
  id: web
  initialSize: ${size}
  brooklyn.config: { ${config} }
  firstMemberSpec: { type: 'docker:${first}', openPorts: [80] }
  memberSpec: { type: 'docker:${image}', openPorts: [80] }
`;
}

async function deploy(given: Parameters<typeof blueprint>[0] = {}): Promise<TaskId> {
  const { taskId } = await deployApplication(fixture.engine.context, USER, { text: blueprint(given) });
  await fixture.pass(15_000);
  return taskId;
}

function found(is: (entity: Entity) => boolean): Entity {
  const entity = [...fixture.store.view.all('entity').values()].find(is);
  if (!entity) throw new Error('no such entity');
  return entity;
}

const cluster = (): Entity => found(({ size }) => size !== null);
const quarantine = (): Entity => found(({ type }) => type === 'quarantine-group');
const member = (slot: number): Entity => found((entity) => entity.slot === slot);
const slots = (): readonly (number | null)[] =>
  fixture.store.view.childrenOf(cluster().id).flatMap(({ slot, quarantine: aside }) => (slot === null || aside ? [] : [slot]));
const kept = (): readonly (number | null)[] =>
  fixture.store.view.childrenOf(cluster().id).flatMap(({ slot, quarantine: aside }) => (aside ? [slot] : []));
const task = (id: TaskId) => fixture.store.view.get('task', id);
const invoke = (entityId: EntityId, effector: string, parameters: unknown = {}) =>
  invokeEffector(fixture.engine.context, USER, { entityId, effector, parameters });

/** Containers of this image, or of any, never answer. */
function deafen(image?: string): void {
  for (const machine of fixture.machines) machine.behaviourOf = (one) => ({ deaf: image === undefined || one === image });
}
const hear = (): void => {
  for (const machine of fixture.machines) machine.behaviourOf = () => ({});
};

describe('a member that does not come up', () => {
  it('is kept in quarantine with the reason; the resize fails, and what did start stays', async () => {
    fixture = await openEngineFixture();
    await deploy();
    deafen();
    const { taskId } = await invoke(cluster().id, 'resize', { desiredSize: 3 });
    await fixture.pass(150_000);
    expect([slots(), kept(), cluster().size, cluster().actual]).toEqual([[1, 2], [3], 2, 'RUNNING']);
    expect(member(3)).toMatchObject({
      goal: 'stopped',
      actual: 'STOPPED',
      quarantine: { reason: expect.stringMatching(/^Not ready/) },
      problems: { quarantine: expect.stringMatching(/^Not ready/) },
    });
    expect(quarantine()).toMatchObject({ actual: 'RUNNING', sensors: { 'group.members': [member(3).id], 'group.members.count': 1 } });
    expect(cluster().sensors).toMatchObject({ 'group.members.count': 2, 'dynamiccluster.quarantineGroup': quarantine().id });
    expect(task(taskId)).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('is in quarantine. Not ready') } });
    await fixture.pass(600_000);
    expect([slots(), kept()]).toEqual([[1, 2], [3]]);
  });

  it('is removed where the cluster wants no quarantine, and the resize fails too', async () => {
    fixture = await openEngineFixture();
    await deploy({ config: 'dynamiccluster.quarantineFailedEntities: false' });
    deafen();
    const { taskId } = await invoke(cluster().id, 'resizeByDelta', { delta: 1 });
    await fixture.pass(150_000);
    expect([slots(), kept(), cluster().size]).toEqual([[1, 2], [], 2]);
    expect(task(taskId)).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('did not come up and went') } });
    expect([...fixture.store.view.all('entity').values()].some(({ type }) => type === 'quarantine-group')).toBe(false);
  });

  it('does not fail a start that has its initial quorum, and fails one that has not', async () => {
    fixture = await openEngineFixture();
    deafen('first:1');
    const enough = await deploy({ size: 3, first: 'first:1', config: 'cluster.initial.quorumSize: 2' });
    await fixture.pass(150_000);
    expect([slots().length, kept().length, cluster().actual, task(enough)?.status]).toEqual([2, 1, 'RUNNING', 'done']);
  });

  it('leaves a start on fire that has not its initial quorum, until it is started again', async () => {
    fixture = await openEngineFixture();
    deafen('first:1');
    const taskId = await deploy({ size: 3, first: 'first:1' });
    await fixture.pass(150_000);
    expect(cluster()).toMatchObject({ actual: 'ON_FIRE', problems: { 'initial-quorum': expect.stringContaining('2 of its first 3') } });
    expect(task(taskId)?.status).toBe('failed');
    hear();
    const again = await invoke(cluster().id, 'start');
    await fixture.pass(10_000);
    expect([slots(), kept(), cluster().size, cluster().actual]).toEqual([[1, 2, 3], [], 3, 'RUNNING']);
    expect(task(again.taskId)?.status).toBe('done');
  });

  it('is not waited for by those that depend on its cluster', async () => {
    fixture = await openEngineFixture();
    deafen('first:1');
    const text = `${blueprint({ size: 2, first: 'first:1' })}- { type: 'docker:client:1', id: client, dependsOn: { web: { condition: healthy } } }\n`;
    await deployApplication(fixture.engine.context, USER, { text });
    await fixture.pass(60_000);
    expect(found(({ planId }) => planId === 'client').waitingFor).toContain('web: healthy');
    await fixture.pass(120_000);
    expect([kept(), found(({ planId }) => planId === 'client').actual]).toEqual([[1], 'RUNNING']);
  });

  it('is expunged from its quarantine', async () => {
    fixture = await openEngineFixture();
    await deploy();
    deafen();
    await invoke(cluster().id, 'resize', { desiredSize: 4 });
    await fixture.pass(150_000);
    expect(kept()).toEqual([3, 4]);
    expect(effectorsOf(fixture.engine.context, quarantine()).map(({ name }) => name)).toEqual(['expungeMembers']);
    const { taskId } = await invoke(quarantine().id, 'expungeMembers', { stopFirst: true });
    await fixture.pass(20_000);
    expect([slots(), kept(), task(taskId)?.status]).toEqual([[1, 2], [], 'done']);
    expect(quarantine().sensors['group.members']).toEqual([]);
  });

  it('counts again once it is started itself, unless the cluster is full by then', async () => {
    fixture = await openEngineFixture();
    await deploy({ config: 'cluster.max.size: 3' });
    deafen();
    await invoke(cluster().id, 'resize', { desiredSize: 3 });
    await fixture.pass(150_000);
    hear();
    const failed = member(3).id;
    await invoke(cluster().id, 'resize', { desiredSize: 3 });
    await fixture.pass(10_000);
    await expect(invoke(failed, 'restart')).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('quarantine') });
    await expect(invoke(failed, 'start')).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('quarantine') });
    await invoke(cluster().id, 'resize', { desiredSize: 2 });
    await fixture.pass(10_000);
    await invoke(failed, 'start');
    await fixture.pass(10_000);
    expect([slots(), kept(), cluster().size]).toEqual([[1, 2, 3], [], 3]);
  });

  it('has no part that is started alone', async () => {
    fixture = await openEngineFixture();
    deafen();
    const parts =
      "{ type: org.apache.brooklyn.entity.group.BasicGroup, brooklyn.config: { quorum.up: all }, brooklyn.children: [{ type: 'docker:web:1', id: part, openPorts: [80] }] }";
    const text = `name: pool\nlocation: ${CLOUD}\nservices:\n- { type: cluster, id: web, initialSize: 1, memberSpec: ${parts} }\n`;
    await deployApplication(fixture.engine.context, USER, { text });
    await fixture.pass(150_000);
    const part = found(({ planId }) => planId === 'part').id;
    for (const effector of ['start', 'restart']) {
      await expect(invoke(part, effector)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('quarantine') });
    }
    hear();
    await invoke(member(1).id, 'start');
    await fixture.pass(20_000);
    expect([slots(), kept(), found(({ planId }) => planId === 'part').actual]).toEqual([[1], [], 'RUNNING']);
  });

  it('is tried anew by an update that makes another of it', async () => {
    fixture = await openEngineFixture();
    deafen();
    await deploy();
    await fixture.pass(150_000);
    expect([slots(), kept(), cluster().size]).toEqual([[], [1, 2], 0]);
    hear();
    const applicationId = cluster().applicationId;
    await updateApplication(fixture.engine.context, USER, {
      applicationId,
      text: blueprint({ image: 'web:2', first: 'web:2' }),
      expectedGeneration: 1,
    });
    await fixture.pass(20_000);
    expect([slots(), kept(), cluster().actual]).toEqual([[1, 2], [], 'RUNNING']);
    expect(fixture.machines.flatMap((machine) => machine.running().map((one) => one.request.spec.image))).toEqual(['web:2', 'web:2']);
  });

  it('is kept in quarantine where it ends at once, though it was up for a moment each time', async () => {
    fixture = await openEngineFixture();
    const kill = (): void => {
      for (const machine of fixture.machines)
        for (const one of machine.running()) if (one.request.spec.image === 'first:1') machine.end(one, 3);
    };
    fixture.store.subscribe(() => {
      if (found(({ type }) => type === 'cluster' || type === 'dynamic-cluster') && member(1).actual === 'RUNNING') kill();
    });
    await deploy({ first: 'first:1', config: 'cluster.initial.quorumSize: 1' });
    await fixture.pass(60_000);
    expect([slots(), kept(), member(1).wasUp]).toEqual([[2], [1], true]);
  });

  it('is healed for ever once it has been up for some seconds', async () => {
    fixture = await openEngineFixture();
    await deploy();
    deafen();
    for (const machine of fixture.machines) for (const one of machine.running()) machine.end(one, 1);
    await fixture.pass(300_000);
    expect([slots(), cluster().actual]).toEqual([[1, 2], 'ON_FIRE']);
    hear();
    await invoke(cluster().id, 'restart');
    await fixture.pass(20_000);
    expect([slots(), cluster().actual]).toEqual([[1, 2], 'RUNNING']);
  });

  it('goes the same way after a crash of the engine at any moment', async () => {
    fixture = await openEngineFixture();
    await deploy();
    deafen();
    await invoke(cluster().id, 'resize', { desiredSize: 3 });
    await fixture.pass(119_000);
    for (let crash = 0; crash < 6; crash += 1) {
      await fixture.crash();
      await fixture.pass(700);
    }
    await fixture.pass(60_000);
    expect([slots(), kept(), cluster().size]).toEqual([[1, 2], [3], 2]);
  });
});

describe('a cluster', () => {
  it('grows no further than its most members, and says so where it is there already', async () => {
    fixture = await openEngineFixture();
    await deploy({ config: 'cluster.max.size: 4' });
    await invoke(cluster().id, 'resizeByDelta', { delta: 9 });
    await fixture.pass(10_000);
    expect(slots()).toEqual([1, 2, 3, 4]);
    await expect(invoke(cluster().id, 'resize', { desiredSize: 5 })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('takes away the member that its removal strategy names', async () => {
    fixture = await openEngineFixture();
    await deploy({ size: 3, config: 'removalStrategy: oldest' });
    await invoke(cluster().id, 'resize', { desiredSize: 2 });
    await fixture.pass(10_000);
    expect(slots()).toEqual([2, 3]);
  });

  it('restarts its members one after the other where it is told to', async () => {
    fixture = await openEngineFixture();
    await deploy({ size: 3, config: 'dynamiccluster.restartMode: sequential' });
    let fewest = 3;
    fixture.store.subscribe(() => {
      const up = fixture.store.view.childrenOf(cluster().id).filter(({ sensors }) => sensors['service.isUp'] === true);
      fewest = Math.min(fewest, up.length);
    });
    const { taskId } = await invoke(cluster().id, 'restart');
    await fixture.pass(20_000);
    expect([fewest, task(taskId)?.status]).toEqual([2, 'done']);
    expect([1, 2, 3].map((slot) => [member(slot).restartSerial, member(slot).awaitsRestart])).toEqual(Array(3).fill([1, undefined]));
  });

  it('restarts members of its members one after the other too, each once and in its turn', async () => {
    fixture = await openEngineFixture();
    const sequential = 'type: cluster, initialSize: 2, brooklyn.config: { dynamiccluster.restartMode: sequential }';
    const inner = `{ ${sequential}, memberSpec: { type: 'docker:web:1', id: leaf, openPorts: [80] } }`;
    const text = `name: pools\nlocation: ${CLOUD}\nservices:\n- { ${sequential}, id: outer, memberSpec: ${inner} }\n`;
    await deployApplication(fixture.engine.context, USER, { text });
    await fixture.pass(5_000);
    const leaves = () => [...fixture.store.view.all('entity').values()].filter(({ planId }) => planId === 'leaf');
    let fewest = 4;
    fixture.store.subscribe(() => {
      fewest = Math.min(fewest, leaves().filter(({ sensors }) => sensors['service.isUp'] === true).length);
    });
    const { taskId } = await invoke(found(({ planId }) => planId === 'outer').id, 'restart');
    await fixture.pass(40_000);
    expect([fewest, task(taskId)?.status]).toEqual([3, 'done']);
    expect(leaves().map(({ restartSerial, awaitsRestart }) => [restartSerial, awaitsRestart])).toEqual(Array(4).fill([1, undefined]));
  });

  it('starts all of its members where it is restarted while it is stopped', async () => {
    fixture = await openEngineFixture();
    await deploy({ size: 3, config: 'dynamiccluster.restartMode: sequential' });
    await invoke(cluster().id, 'stop');
    await fixture.pass(20_000);
    const { taskId } = await invoke(cluster().id, 'restart');
    await fixture.pass(20_000);
    expect([1, 2, 3].map((slot) => member(slot).actual)).toEqual(Array(3).fill('RUNNING'));
    expect(task(taskId)?.status).toBe('done');
  });

  it('keeps its members where its restart is cancelled, and goes on with it where another task is', async () => {
    fixture = await openEngineFixture();
    const text = `${blueprint({ size: 3, config: 'dynamiccluster.restartMode: sequential' })}- { type: 'docker:other:1', id: other, openPorts: [80] }\n`;
    await deployApplication(fixture.engine.context, USER, { text });
    await fixture.pass(5_000);
    deafen();
    const other = await invoke(found(({ planId }) => planId === 'other').id, 'restart');
    const { taskId } = await invoke(cluster().id, 'restart');
    await fixture.pass(5_000);
    await cancelTask(fixture.engine.context, other);
    expect([1, 2, 3].map((slot) => member(slot).awaitsRestart)).toEqual([undefined, true, true]);
    await cancelTask(fixture.engine.context, { taskId });
    await fixture.pass(20_000);
    expect([1, 2, 3].map((slot) => member(slot).awaitsRestart)).toEqual(Array(3).fill(undefined));
    expect([slots(), cluster().size]).toEqual([[1, 2, 3], 3]);
  });

  it('loses no member that serves where one in the place of another fails together with a new one', async () => {
    fixture = await openEngineFixture();
    await deploy({ size: 3 });
    deafen();
    await invoke(cluster().id, 'replaceMember', { memberId: member(1).id });
    await invoke(cluster().id, 'resizeByDelta', { delta: 1 });
    await fixture.pass(200_000);
    expect([slots(), kept(), cluster().size]).toEqual([[1, 2, 3], [4, 5], 3]);
  });

  it('stops restarting where one does not come back', async () => {
    fixture = await openEngineFixture();
    await deploy({ size: 3, config: 'dynamiccluster.restartMode: sequential' });
    deafen();
    const { taskId } = await invoke(cluster().id, 'restart');
    await fixture.pass(150_000);
    expect([1, 2, 3].map((slot) => member(slot).restartSerial)).toEqual([1, 0, 0]);
    expect(task(taskId)?.status).toBe('failed');
  });

  it('is not restarted as a whole where that is off', async () => {
    fixture = await openEngineFixture();
    await deploy({ config: 'dynamiccluster.restartMode: "off"' });
    await expect(invoke(cluster().id, 'restart')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('starts no more members at once than it is told', async () => {
    fixture = await openEngineFixture();
    let most = 0;
    fixture.store.subscribe(() => {
      const coming = [...fixture.store.view.all('entity').values()].filter(({ slot, wasUp }) => slot !== null && wasUp === undefined);
      most = Math.max(most, coming.length);
    });
    await deploy({ size: 5, config: 'dynamiccluster.maxConcurrentChildCommands: 2' });
    await fixture.pass(20_000);
    expect([most, slots()]).toEqual([2, [1, 2, 3, 4, 5]]);
  });

  it('gives its members the flags that it has for them', async () => {
    fixture = await openEngineFixture();
    await deploy({ size: 1, config: 'customChildFlags: { env: { FROM: cluster } }' });
    const [container] = fixture.machines.flatMap((machine) => machine.running());
    expect(container?.request.spec.env).toEqual({ FROM: 'cluster' });
  });

  it('burns where fewer than its running quorum are without problems', async () => {
    fixture = await openEngineFixture();
    await deploy({ size: 2, config: 'quorum.running: all' });
    deafen();
    await invoke(member(2).id, 'restart');
    await fixture.pass(150_000);
    expect(cluster()).toMatchObject({ actual: 'ON_FIRE', problems: { quorum: expect.stringContaining('quorum.running') } });
  });
});
