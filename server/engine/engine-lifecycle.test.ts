import { afterEach, describe, expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { shopBlueprint, soloBlueprint, storageBlueprint } from '../testing/engine-blueprints.ts';
import { type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { resizeEntity, restartEntity, startEntity, stopEntity } from './commands/entity-effectors.ts';
import { previewDeletion } from './queries/deletion-preview.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function deploy(text: string): Promise<ApplicationId> {
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(5_000);
  return applicationId;
}

function entity(applicationId: ApplicationId, planId: string): Entity {
  const found = fixture.store.view.entitiesOf(applicationId).find((one) => one.planId === planId && one.slot === null);
  if (!found) throw new Error(`no entity ${planId}`);
  return found;
}

function root(applicationId: ApplicationId): Entity | undefined {
  return fixture.store.view.get('entity', fixture.store.view.get('application', applicationId)?.rootId ?? '');
}

function containers(
  state: 'all' | 'running' = 'running',
): readonly { readonly id: string; readonly name: string; readonly image: string; readonly host: string }[] {
  return fixture.machines.flatMap((machine) =>
    [...machine.containers.values()]
      .filter((one) => state === 'all' || one.status === 'running')
      .map((one) => ({ id: one.id, name: one.name, image: one.request.spec.image, host: machine.name })),
  );
}

function only(image: string): { readonly id: string; readonly name: string; readonly host: string } {
  const found = containers().filter((one) => one.image.startsWith(image));
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} containers of ${image}`);
  return found[0];
}

function taskStatus(taskId: string): string | undefined {
  const task = fixture.store.view.get('task', taskId);
  return task?.error ? `${task.status}: ${task.error.message}` : task?.status;
}

describe('engine, life of an application', () => {
  it('starts everything, the web servers once the database is up, and the load balancer serves them', async () => {
    fixture = await openEngineFixture();
    const { applicationId, taskId } = await deployApplication(fixture.engine.context, USER, { text: shopBlueprint() });
    await fixture.pass(5_000);
    expect(root(applicationId)?.actual).toBe('RUNNING');
    expect(taskStatus(taskId)).toBe('done');
    expect(containers().length).toBe(5);
    expect(entity(applicationId, 'lb').sensors['proxy.servers']).toHaveLength(3);
    const children = [...fixture.store.view.all('task').values()].filter((task) => task.parentId === taskId);
    expect(children.filter((task) => task.name === 'Start container')).toHaveLength(5);
    expect(children.every((task) => task.status === 'done')).toBe(true);
  });

  it('pulls an image once a host, and not where it is present', async () => {
    fixture = await openEngineFixture({ hosts: 2 });
    fixture.machines[0]?.images.add('nginx:1');
    await deploy(shopBlueprint({ size: 8 }));
    const pulls = [...fixture.store.view.all('task').values()].filter((task) => task.name === 'Pull nginx:1');
    expect(pulls.map((task) => task.hostId)).toEqual(['host-2']);
  });

  it('gives the same application for the same idempotency key', async () => {
    fixture = await openEngineFixture();
    const input = { text: soloBlueprint(), idempotencyKey: 'k1' };
    const [first, second] = await Promise.all([
      deployApplication(fixture.engine.context, USER, input),
      deployApplication(fixture.engine.context, USER, input),
    ]);
    expect(second).toEqual(first);
    expect(fixture.store.view.all('application').size).toBe(1);
  });

  it('replaces a container that dies at once, on the same host with the same port, and removes the dead one', async () => {
    fixture = await openEngineFixture();
    await deploy(soloBlueprint());
    const before = only('redis');
    const machine = fixture.machines.find((one) => one.name === before.host);
    const port = machine?.find(before.id)?.request.ports;
    machine?.end(machine.find(before.id) as never, 1);
    await fixture.pass(500);
    const after = only('redis');
    expect(after.id).not.toBe(before.id);
    expect(after.host).toBe(before.host);
    expect(machine?.find(after.id)?.request.ports).toEqual(port);
    expect(containers('all')).toHaveLength(1);
  });

  it('backs off from a container that keeps failing, tells its last words, and recovers', async () => {
    fixture = await openEngineFixture();
    for (const machine of fixture.machines) machine.behaviourOf = () => ({ exitCode: 3, exitAfterMs: 10 });
    const applicationId = await deploy(soloBlueprint());
    await fixture.pass(60_000);
    const burning = entity(applicationId, 'cache');
    expect(burning.actual).toBe('ON_FIRE');
    expect(burning.problems['crash-loop']).toContain('exit code 3');
    expect(burning.problems['crash-loop']).toContain('says goodbye');
    expect(containers('all').length).toBeLessThan(4);
    for (const machine of fixture.machines) machine.behaviourOf = () => ({});
    await fixture.pass(130_000);
    expect(entity(applicationId, 'cache').actual).toBe('RUNNING');
    expect(entity(applicationId, 'cache').crash.failures).toBe(0);
    expect(containers('all')).toHaveLength(1);
  });

  it('resizes up and down, newest members first, and keeps the task open until it is done', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(shopBlueprint({ size: 2 }));
    const entityId = entity(applicationId, 'web').id;
    const up = await resizeEntity(fixture.engine.context, USER, { entityId, size: 5 });
    expect(taskStatus(up.taskId)).toBe('running');
    await fixture.pass(3_000);
    expect(taskStatus(up.taskId)).toBe('done');
    expect(containers().filter((one) => one.image === 'nginx:1')).toHaveLength(5);
    const down = await resizeEntity(fixture.engine.context, USER, { entityId, size: 1 });
    await fixture.pass(5_000);
    expect(taskStatus(down.taskId)).toBe('done');
    expect(fixture.store.view.childrenOf(entityId).map((member) => member.slot)).toEqual([1]);
    expect(containers('all')).toHaveLength(3);
  });

  it('stops and starts the same containers', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(shopBlueprint());
    const before = containers().map((one) => one.id);
    const entityId = root(applicationId)?.id ?? entity(applicationId, 'web').id;
    const stop = await stopEntity(fixture.engine.context, USER, { entityId });
    await fixture.pass(20_000);
    expect(taskStatus(stop.taskId)).toBe('done');
    expect(root(applicationId)?.actual).toBe('STOPPED');
    expect(containers()).toHaveLength(0);
    const start = await startEntity(fixture.engine.context, USER, { entityId });
    await fixture.pass(5_000);
    expect(taskStatus(start.taskId)).toBe('done');
    expect(containers().map((one) => one.id)).toEqual(before);
    expect(root(applicationId)?.actual).toBe('RUNNING');
  });

  it('restarts the same container once', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(soloBlueprint());
    const before = only('redis');
    const { taskId } = await restartEntity(fixture.engine.context, USER, { entityId: entity(applicationId, 'cache').id });
    await fixture.pass(3_000);
    expect(taskStatus(taskId)).toBe('done');
    expect(only('redis').id).toBe(before.id);
    expect(fixture.machines.find((one) => one.name === before.host)?.find(before.id)?.starts).toBe(2);
  });

  it('deletes everything but volumes, and volumes when told so', async () => {
    fixture = await openEngineFixture();
    fixture.machines[0]?.addForeign('mine');
    for (const removeVolumes of [false, true]) {
      const applicationId = await deploy(storageBlueprint());
      expect(previewDeletion(fixture.store.view, applicationId).volumes).toHaveLength(1);
      const { taskId } = await deleteApplication(fixture.engine.context, USER, { applicationId, removeVolumes });
      await fixture.pass(5_000);
      expect(taskStatus(taskId)).toBe('done');
      expect(fixture.store.view.all('entity').size).toBe(0);
      expect(fixture.store.view.all('instance').size).toBe(0);
      expect(fixture.store.view.all('lease').size).toBe(0);
      expect(fixture.store.view.all('decision').size).toBe(0);
      expect(fixture.machines.reduce((sum, machine) => sum + machine.volumes.size, 0)).toBe(1);
    }
    expect(containers().map((one) => one.name)).toEqual(['mine']);
  });

  it('takes a member out of the load balancer before it stops it', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(shopBlueprint());
    const served: string[] = [];
    const unsubscribe = fixture.store.subscribe((event) => {
      for (const { kind, record } of event.changes) {
        if (kind !== 'instance' || !record || !('stoppingSince' in record) || record.state !== 'exited') continue;
        const balancer = [...fixture.store.view.all('instance').values()].find((one) => one.spec.image.startsWith('haproxy'));
        if (balancer?.serves.includes(record.id)) served.push(record.id);
      }
    });
    await resizeEntity(fixture.engine.context, USER, { entityId: entity(applicationId, 'web').id, size: 1 });
    await fixture.pass(5_000);
    unsubscribe();
    expect(served).toEqual([]);
    expect(entity(applicationId, 'lb').sensors['proxy.servers']).toHaveLength(1);
  });
});
