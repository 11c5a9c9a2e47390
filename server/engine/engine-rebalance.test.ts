import { afterEach, describe, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import type { StrategyChoice } from '../domain/placement/placement.ts';
import type { ApplicationId, CloudId, EntityId, HostId } from '../domain/shared/ids.ts';
import { checkWorld } from '../testing/check-world.ts';
import { MANY_MEMBERS, TIED_PAIR, WITH_DATA } from '../testing/engine-blueprints.ts';
import { type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { cancelTask } from './commands/cancel-task.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { drainHost } from './commands/hosts/drain-host.ts';
import { rebalanceCloud } from './commands/hosts/rebalance-cloud.ts';
import { moveEntity } from './commands/move-entity.ts';
import { moveTargets } from './queries/move-targets.ts';
import { proposeMoves } from './queries/propose-moves.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
const CLOUD_ID = 'cloud-1' as CloudId;
const [ONE, TWO, THREE] = ['host-1', 'host-2', 'host-3'] as HostId[] as [HostId, HostId, HostId];
const LEAST: readonly StrategyChoice[] = [{ strategy: 'least-containers', config: {} }];
let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function deploy(text: string): Promise<ApplicationId> {
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(10_000);
  return applicationId;
}

async function cordon(hostId: HostId, cordoned: boolean): Promise<void> {
  await fixture.store.commit((draft) => {
    const host = draft.get('host', hostId);
    if (host) draft.put('host', { ...host, cordoned });
  });
}

/** Six on two of three hosts, and the third open by now. */
async function lopsided(): Promise<ApplicationId> {
  fixture = await openEngineFixture({ hosts: 3, strategies: LEAST });
  await cordon(THREE, true);
  const applicationId = await deploy(MANY_MEMBERS);
  expect(counts()).toEqual([3, 3, 0]);
  await cordon(THREE, false);
  return applicationId;
}

const on = (host: HostId) => [...fixture.store.view.instancesOn(host)].filter(({ state }) => state === 'running');
const counts = () => [ONE, TWO, THREE].map((host) => on(host).length);
const task = (id: string) => fixture.store.view.get('task', id);
const marked = () => [...fixture.store.view.all('entity').values()].filter(({ moveFrom, moveTo }) => moveFrom ?? moveTo);
const propose = (limit = 20) => proposeMoves(fixture.engine.context, { cloudId: CLOUD_ID, limit });
const firstOn = (host: HostId) => on(host)[0]?.entityId ?? ('' as EntityId);

async function rebalance(moves = propose().moves) {
  const asked = moves.flatMap(({ entities: [first], to }) => (first ? [{ entityId: first.id, toHostId: to }] : []));
  return await rebalanceCloud(fixture.engine.context, USER, { cloudId: CLOUD_ID, moves: asked });
}

async function lines(taskId: string): Promise<readonly string[]> {
  const told = await fixture.engine.context.taskLogs.read(taskId as never, 0, 100);
  return told.map(({ text }) => text);
}

describe('rebalancing a cloud', () => {
  it('moves what is proposed, never with fewer that serve than before, and leaves nothing to propose', async () => {
    await lopsided();
    const { moves } = propose();
    expect(moves).toHaveLength(2);
    expect(moves.map(({ toName }) => toName)).toEqual(['host-3', 'host-3']);
    const { taskId } = await rebalance(moves);
    const serving = () =>
      [...fixture.store.view.all('instance').values()].filter(({ state, ready }) => state === 'running' && ready).length;
    let least = serving();
    for (let step = 0; step < 300 && task(taskId)?.status === 'running'; step += 1) {
      await fixture.pass(100);
      least = Math.min(least, serving());
    }
    expect(least).toBe(6);
    expect(task(taskId)?.status).toBe('done');
    expect(counts()).toEqual([2, 2, 2]);
    expect(marked()).toEqual([]);
    expect(fixture.store.view.get('cloud', CLOUD_ID)?.rebalance).toBeUndefined();
    expect(propose().moves).toEqual([]);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('leaves a load balancer where it is as long as others will do', async () => {
    fixture = await openEngineFixture({ hosts: 2, strategies: LEAST });
    await cordon(TWO, true);
    const balanced = MANY_MEMBERS.replace(
      'services:',
      "services:\n- { type: haproxy, id: lb, name: Balancer, target: $brooklyn:component('web') }",
    );
    await deploy(balanced);
    await cordon(TWO, false);
    const names = propose().moves.flatMap(({ entities }) => entities.map(({ name }) => name));
    expect(names).toHaveLength(3);
    expect(names).not.toContain('Balancer');
  });

  it('moves two groups at a time', async () => {
    fixture = await openEngineFixture({ hosts: 3, strategies: LEAST });
    await cordon(TWO, true);
    await cordon(THREE, true);
    await deploy(MANY_MEMBERS);
    await cordon(TWO, false);
    await cordon(THREE, false);
    const { taskId } = await rebalance();
    let most = 0;
    for (let step = 0; step < 400 && task(taskId)?.status === 'running'; step += 1) {
      const moves = fixture.store.view.get('cloud', CLOUD_ID)?.rebalance?.moves ?? [];
      most = Math.max(most, moves.filter(({ state }) => state === 'moving').length);
      await fixture.pass(50);
    }
    expect(most).toBe(2);
    expect(counts()).toEqual([2, 2, 2]);
  });

  it('leaves where they are containers that were adopted: what is in them is nowhere else', async () => {
    await lopsided();
    await fixture.store.commit((draft) => {
      for (const instance of draft.all('instance').values()) {
        draft.put('instance', { ...instance, adopted: { containerId: instance.containerId ?? '', by: 'ann', at: 0 } });
      }
    });
    expect(propose().moves).toEqual([]);
  });

  it('moves together what has to be together, and not what holds data', async () => {
    fixture = await openEngineFixture({ hosts: 2, strategies: LEAST });
    await cordon(TWO, true);
    await deploy(WITH_DATA);
    const applicationId = await deploy(TIED_PAIR);
    await deploy(TIED_PAIR.replace('name: tied', 'name: other'));
    await cordon(TWO, false);
    const { moves } = propose();
    expect(moves.map(({ entities }) => entities.length)).toEqual([2]);
    const { taskId } = await rebalance(moves);
    await fixture.pass(30_000);
    expect(task(taskId)?.status).toBe('done');
    expect([on(ONE).length, on(TWO).length]).toEqual([3, 2]);
    const hosts = fixture.store.view
      .entitiesOf(applicationId)
      .flatMap(({ instanceId }) => fixture.store.view.get('instance', instanceId ?? '')?.hostId ?? []);
    expect(new Set(hosts).size).toBe(1);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('takes off its host what a rule refuses there, and says where no host takes it', async () => {
    fixture = await openEngineFixture({ hosts: 2, strategies: [{ strategy: 'breadth-first', config: {} }] });
    await deploy(MANY_MEMBERS);
    await fixture.store.commit((draft) => {
      const [cloud, two] = [draft.get('cloud', CLOUD_ID), draft.get('host', TWO)];
      const strategies = [
        { strategy: 'labels', config: { labels: ['disk=ssd'] } },
        { strategy: 'max-containers', config: { maxContainers: 5 } },
      ];
      if (cloud) draft.put('cloud', { ...cloud, strategies });
      if (two) draft.put('host', { ...two, labels: { disk: 'ssd' } });
    });
    const { moves, stuck } = propose();
    expect(moves.map(({ cause, fromName, toName }) => [cause, fromName, toName])).toEqual(Array(2).fill(['rule', 'host-1', 'host-2']));
    expect(stuck).toEqual([expect.objectContaining({ reason: expect.stringContaining('by labels') })]);
    const { taskId } = await rebalance(moves);
    await fixture.pass(30_000);
    expect(task(taskId)?.status).toBe('done');
    expect([on(ONE).length, on(TWO).length]).toEqual([1, 5]);
  });

  it('skips what is no longer better when its turn comes, and tells why', async () => {
    await lopsided();
    const members = [...on(ONE), ...on(TWO)].map(({ entityId }) => entityId);
    const moves = members.slice(0, 4).map((entityId) => ({ entityId, toHostId: THREE }));
    const { taskId } = await rebalanceCloud(fixture.engine.context, USER, { cloudId: CLOUD_ID, moves });
    await fixture.pass(60_000);
    expect(task(taskId)?.status).toBe('done');
    expect(on(THREE)).toHaveLength(2);
    expect((await lines(taskId)).filter((line) => line.startsWith('Skipped'))).toEqual([
      expect.stringContaining('host-3 is no better for it than host-'),
      expect.stringContaining('host-3 is no better for it than host-'),
    ]);
  });

  it('fails where nothing was moved, and says why', async () => {
    await lopsided();
    const moves = propose().moves;
    await cordon(THREE, true);
    const { taskId } = await rebalance(moves);
    await fixture.pass(10_000);
    expect(task(taskId)).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('cordoned') } });
    expect(counts()).toEqual([3, 3, 0]);
  });

  it('goes on after a crash, and makes no container twice', async () => {
    await lopsided();
    const { taskId } = await rebalance();
    for (let crash = 0; crash < 8; crash += 1) {
      await fixture.pass(150);
      await fixture.crash();
    }
    await fixture.pass(60_000);
    expect(task(taskId)?.status).toBe('done');
    expect(counts()).toEqual([2, 2, 2]);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('is cancelled: what has moved stays there, the others where they are', async () => {
    await lopsided();
    fixture.machines[2]?.setReachable(false);
    const { taskId } = await rebalance();
    await cancelTask(fixture.engine.context, { taskId });
    await fixture.pass(30_000);
    expect(task(taskId)?.status).toBe('cancelled');
    expect(marked()).toEqual([]);
    expect(counts()).toEqual([3, 3, 0]);
  });

  it('is cancelled with its task in one commit: no crash leaves one without the other', async () => {
    await lopsided();
    const { taskId } = await rebalance();
    const seen: (string | undefined)[] = [];
    fixture.store.subscribe(() => {
      if (fixture.store.view.get('cloud', CLOUD_ID)?.rebalance === undefined) seen.push(task(taskId)?.status);
    });
    await cancelTask(fixture.engine.context, { taskId });
    await fixture.pass(1_000);
    expect(new Set(seen)).toEqual(new Set(['cancelled']));
  });

  it('is refused while the cloud is rebalanced, and for what is not there', async () => {
    await lopsided();
    const { moves } = propose();
    await rebalance(moves);
    await expect(rebalance(moves)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('already') });
    const nowhere = { cloudId: CLOUD_ID, moves: [{ entityId: 'none' as EntityId, toHostId: ONE }] };
    await fixture.pass(60_000);
    await expect(rebalanceCloud(fixture.engine.context, USER, nowhere)).rejects.toMatchObject({ code: 'not-found' });
    const same = { cloudId: CLOUD_ID, moves: [{ entityId: firstOn(ONE), toHostId: ONE }] };
    await expect(rebalanceCloud(fixture.engine.context, USER, same)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('gives way to a drain', async () => {
    await lopsided();
    const { taskId } = await rebalance();
    await fixture.pass(20);
    const drained = await drainHost(fixture.engine.context, USER, { hostId: ONE, afterwards: 'keep' });
    await fixture.pass(60_000);
    expect(task(drained.taskId)?.status).toBe('done');
    expect(task(taskId)?.status).not.toBe('running');
    expect(on(ONE)).toHaveLength(0);
    expect(marked()).toEqual([]);
    expect(checkWorld(fixture)).toEqual([]);
  });
});

describe('a move to a chosen host', () => {
  it('goes there, though placement would choose another', async () => {
    fixture = await openEngineFixture({ hosts: 3, strategies: [{ strategy: 'depth-first', config: {} }] });
    await deploy(MANY_MEMBERS);
    const { taskId } = await moveEntity(fixture.engine.context, USER, { entityId: firstOn(ONE), toHostId: THREE });
    expect(task(taskId)?.name).toMatch(/^Move .* from host-1 to host-3$/);
    await fixture.pass(20_000);
    expect(task(taskId)?.status).toBe('done');
    expect(counts()).toEqual([5, 0, 1]);
    expect(marked()).toEqual([]);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('is told beforehand for each host, and refused where that does not take it', async () => {
    const strategies = [{ strategy: 'max-containers', config: { maxContainers: 3 } }, ...LEAST];
    fixture = await openEngineFixture({ hosts: 3, strategies });
    await cordon(THREE, true);
    await deploy(MANY_MEMBERS);
    const entityId = firstOn(ONE);
    expect(moveTargets(fixture.engine.context, { entityId })).toEqual({
      from: 'host-1',
      problem: null,
      together: [],
      stopsFirst: [],
      hosts: [
        { hostId: TWO, host: 'host-2', reason: 'has 3 of at most 3 containers' },
        { hostId: THREE, host: 'host-3', reason: 'cordoned: takes no new containers' },
      ],
    });
    const refused = [
      [TWO, 'has 3 of at most 3'],
      [ONE, 'already'],
      ['none' as HostId, 'no host'],
    ] as const;
    for (const [toHostId, text] of refused) {
      await expect(moveEntity(fixture.engine.context, USER, { entityId, toHostId })).rejects.toThrow(text);
    }
    expect(marked()).toEqual([]);
  });

  it('is told to be none for what holds data', async () => {
    fixture = await openEngineFixture({ hosts: 2 });
    const db = fixture.store.view.entitiesOf(await deploy(WITH_DATA)).find(({ planId }) => planId === 'db');
    const { hosts, problem } = moveTargets(fixture.engine.context, { entityId: db?.id ?? ('' as EntityId) });
    expect([hosts, problem]).toEqual([[], expect.stringContaining('its data is on this host')]);
  });

  it('waits where the host takes it no more, and serves; cancelled, it stays', async () => {
    fixture = await openEngineFixture({ hosts: 3, strategies: [{ strategy: 'depth-first', config: {} }] });
    await deploy(MANY_MEMBERS);
    const entityId = firstOn(ONE);
    const moving = moveEntity(fixture.engine.context, USER, { entityId, toHostId: THREE });
    await cordon(THREE, true);
    const { taskId } = await moving;
    await fixture.pass(20_000);
    expect(fixture.store.view.get('entity', entityId)).toMatchObject({
      actual: 'RUNNING',
      moveTo: THREE,
      waitingFor: expect.stringContaining('cordoned'),
    });
    await cancelTask(fixture.engine.context, { taskId });
    await fixture.pass(10_000);
    expect(counts()).toEqual([6, 0, 0]);
    expect(marked()).toEqual([]);
    expect(fixture.store.view.get('entity', entityId)?.waitingFor).toBeNull();
  });

  it('is healed where it is when it dies before it got there', async () => {
    fixture = await openEngineFixture({ hosts: 2, strategies: [{ strategy: 'depth-first', config: {} }] });
    await deploy(MANY_MEMBERS);
    const entityId = firstOn(ONE);
    const moving = moveEntity(fixture.engine.context, USER, { entityId, toHostId: TWO });
    await cordon(TWO, true);
    await moving;
    await fixture.pass(5_000);
    const name = on(ONE).find((instance) => instance.entityId === entityId)?.containerName ?? '';
    const container = fixture.machines[0]?.find(name);
    if (container) fixture.machines[0]?.end(container, 1);
    await fixture.pass(20_000);
    expect(on(ONE)).toHaveLength(6);
    expect(fixture.store.view.get('entity', entityId)?.actual).toBe('RUNNING');
  });
});
