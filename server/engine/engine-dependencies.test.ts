import { afterEach, describe, expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId, EntityId } from '../domain/shared/ids.ts';
import { checkWorld } from '../testing/check-world.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { restartEntity, startEntity, stopEntity } from './commands/entity-effectors.ts';
import { updateApplication } from './commands/update-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

const withJob = ({ policy = 'on-failure', round = 1, image = 'job:1' } = {}) => `
name: jobs
location: ${CLOUD}
services:
- type: docker:web:1
  id: web
  dependsOn: { init: { condition: completed } }
- type: docker:${image}
  id: init
  brooklyn.config:
    docker.container.restartPolicy: ${policy}
    docker.container.environment: { ROUND: ${round} }
`;

const withRestart = `
name: chain
location: ${CLOUD}
services:
- type: docker:web:1
  id: web
  dependsOn: { db: { condition: healthy, restart: true } }
- { type: 'docker:db:1', id: db, openPorts: [5432] }
- { type: 'docker:other:1', id: other, dependsOn: [db] }
`;

async function open(text: string, behaviour: { readonly exitCode?: number; readonly exitAfterMs?: number; readonly deaf?: boolean } = {}) {
  fixture = await openEngineFixture({ hosts: 2 });
  for (const machine of fixture.machines) machine.behaviourOf = (image) => (/^(?:job|db):/.test(image) ? behaviour : {});
  const { applicationId, taskId } = await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(3_000);
  return { applicationId, taskId };
}

function entity(applicationId: ApplicationId, planId: string): Entity {
  const found = fixture.store.view.entitiesOf(applicationId).find((one) => one.planId === planId);
  if (!found) throw new Error(`no entity ${planId}`);
  return found;
}

const root = (applicationId: ApplicationId): Entity | undefined =>
  fixture.store.view.get('entity', fixture.store.view.get('application', applicationId)?.rootId ?? '');
const starts = (image: string): number =>
  fixture.machines
    .flatMap((machine) => [...machine.containers.values()])
    .reduce((total, { request, starts: n }) => total + (request.spec.image === image ? n : 0), 0);

describe('what depends on others', () => {
  it('is held until a job has completed, and says what it waits for', async () => {
    const { applicationId, taskId } = await open(withJob(), { exitCode: 0, exitAfterMs: 10_000 });
    expect(entity(applicationId, 'web').waitingFor).toBe('init: completed');
    expect(starts('web:1')).toBe(0);
    await fixture.pass(15_000);
    expect(entity(applicationId, 'init')).toMatchObject({ actual: 'STOPPED', goal: 'running', problems: {} });
    expect(entity(applicationId, 'init').sensors).toMatchObject({
      'service.isUp': false,
      'docker.container.exitCode': 0,
      'service.state.expected': 'STOPPED',
    });
    expect(entity(applicationId, 'web').actual).toBe('RUNNING');
    expect(root(applicationId)?.actual).toBe('RUNNING');
    expect(fixture.store.view.get('task', taskId)?.status).toBe('done');
  });

  it('is not started by a job that fails, which stays as it ended', async () => {
    const { applicationId } = await open(withJob({ policy: '"no"' }), { exitCode: 4 });
    await fixture.pass(60_000);
    expect(entity(applicationId, 'init').problems.ended).toContain('exit code 4');
    expect(entity(applicationId, 'web').waitingFor).toBe('init: completed (it ended with exit code 4)');
    expect(starts('job:1')).toBe(1);
    expect(root(applicationId)?.actual).toBe('ON_FIRE');
  });

  it('waits while a job is tried as often as its policy says, and goes on when it succeeds', async () => {
    const { applicationId } = await open(withJob({ policy: 'on-failure:3' }), { exitCode: 1 });
    await fixture.pass(60_000);
    expect(entity(applicationId, 'init')).toMatchObject({ incarnation: 4, actual: 'ON_FIRE' });
    for (const machine of fixture.machines) machine.behaviourOf = (image) => (image === 'job:1' ? { exitCode: 0 } : {});
    await startEntity(fixture.engine.context, USER, { entityId: entity(applicationId, 'init').id });
    await fixture.pass(10_000);
    expect(entity(applicationId, 'init')).toMatchObject({ actual: 'STOPPED', problems: {} });
    expect(entity(applicationId, 'web').actual).toBe('RUNNING');
  });

  it('leaves a completed job alone through crashes, lost hosts and resyncs', async () => {
    const { applicationId } = await open(withJob(), { exitCode: 0 });
    const before = entity(applicationId, 'init').instanceId;
    await fixture.crash();
    for (const machine of fixture.machines) machine.setReachable(false);
    await fixture.pass(60_000);
    for (const machine of fixture.machines) machine.setReachable(true);
    await fixture.pass(120_000);
    expect(entity(applicationId, 'init')).toMatchObject({ actual: 'STOPPED', instanceId: before, incarnation: 1 });
    expect(root(applicationId)?.actual).toBe('RUNNING');
  });

  it('runs a job once more when that is asked for, or when it has changed, and not otherwise', async () => {
    const { applicationId } = await open(withJob(), { exitCode: 0 });
    expect(starts('job:1')).toBe(1);
    const again = await restartEntity(fixture.engine.context, USER, { entityId: entity(applicationId, 'init').id });
    await fixture.pass(5_000);
    expect(fixture.store.view.get('task', again.taskId)?.status).toBe('done');
    expect(starts('job:1')).toBe(2);
    const update = async (text: string) => {
      const expectedGeneration = fixture.store.view.get('application', applicationId)?.generation ?? 0;
      await updateApplication(fixture.engine.context, USER, { applicationId, text, expectedGeneration });
      await fixture.pass(20_000);
    };
    await update(withJob());
    expect(entity(applicationId, 'init').incarnation).toBe(1);
    await update(withJob({ round: 2 }));
    expect(entity(applicationId, 'init')).toMatchObject({ incarnation: 2, actual: 'STOPPED' });
    expect([...fixture.store.view.all('rollout').values()].map(({ state }) => state)).toEqual(['done', 'done']);
  });

  it('goes back to the job that worked when the new one fails before it is ready', async () => {
    const { applicationId } = await open(withJob({ policy: '"no"' }), { exitCode: 0 });
    for (const machine of fixture.machines) {
      machine.behaviourOf = (image) =>
        image === 'job:2' ? { exitCode: 7, exitAfterMs: 500, deaf: true } : image === 'job:1' ? { exitCode: 0 } : {};
    }
    const text = withJob({ policy: '"no"', image: 'job:2' }).replace('ROUND: 1 }', 'ROUND: 1 }\n    docker.container.openPorts: [9]');
    await updateApplication(fixture.engine.context, USER, { applicationId, text, expectedGeneration: 1 });
    await fixture.pass(60_000);
    const [rollout] = [...fixture.store.view.all('rollout').values()];
    expect(rollout).toMatchObject({ state: 'reverted', message: expect.stringContaining('exit code 7') });
    expect(entity(applicationId, 'init').actual).toBe('STOPPED');
    expect(root(applicationId)?.actual).toBe('RUNNING');
  });

  it('is restarted with what it depends on only where it says so', async () => {
    const { applicationId } = await open(withRestart);
    expect(root(applicationId)?.actual).toBe('RUNNING');
    await restartEntity(fixture.engine.context, USER, { entityId: entity(applicationId, 'db').id });
    await fixture.pass(10_000);
    expect([starts('db:1'), starts('web:1'), starts('other:1')]).toEqual([2, 2, 1]);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('starts in order again after a stop, and heals without waiting', async () => {
    const { applicationId } = await open(withRestart);
    const entityId = root(applicationId)?.id as EntityId;
    await stopEntity(fixture.engine.context, USER, { entityId });
    await fixture.pass(10_000);
    for (const machine of fixture.machines) machine.behaviourOf = (image) => (image === 'db:1' ? { deaf: true } : {});
    await startEntity(fixture.engine.context, USER, { entityId });
    await fixture.pass(10_000);
    expect(entity(applicationId, 'web').waitingFor).toBe('db: healthy');
    expect(entity(applicationId, 'other').actual).toBe('RUNNING');
    for (const machine of fixture.machines) machine.behaviourOf = () => ({});
    await fixture.pass(10_000);
    expect(root(applicationId)?.actual).toBe('RUNNING');
    for (const machine of fixture.machines) machine.behaviourOf = (image) => (image === 'db:1' ? { deaf: true } : {});
    for (const machine of fixture.machines) {
      for (const one of machine.running()) if (one.request.spec.image !== 'other:1') machine.end(one, 1);
    }
    await fixture.pass(10_000);
    expect(entity(applicationId, 'web').actual).toBe('RUNNING');
  });
});
