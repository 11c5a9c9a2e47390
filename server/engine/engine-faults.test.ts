import { afterEach, describe, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { shopBlueprint, soloBlueprint, storageBlueprint } from '../testing/engine-blueprints.ts';
import { type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { answerQuestion } from './commands/answer-question.ts';
import { cancelTask } from './commands/cancel-task.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function deploy(text: string): Promise<ApplicationId> {
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(5_000);
  return applicationId;
}

function running(): readonly string[] {
  return fixture.machines.flatMap((machine) => machine.running().map(() => machine.name));
}

function stateOf(hostName: string | undefined) {
  return [...fixture.store.view.all('host').values()].find(({ name }) => name === hostName)?.state;
}

function member(applicationId: ApplicationId, planId: string) {
  return fixture.store.view.entitiesOf(applicationId).find((one) => one.planId === planId);
}

describe('engine, faults', () => {
  it('restarts the stateless containers of a lost host elsewhere and removes what comes back with it', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(soloBlueprint());
    const [before] = running();
    const lost = fixture.machines.find((machine) => machine.name === before);
    lost?.setReachable(false);
    await fixture.pass(30_000);
    expect(running()).toHaveLength(2);
    expect(member(applicationId, 'cache')?.actual).toBe('RUNNING');
    lost?.setReachable(true);
    await fixture.pass(30_000);
    expect(running()).toHaveLength(1);
    expect(running()).not.toContain(before);
  });

  it('gives a host up within three seconds when nothing answers at its address and others are heard', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(soloBlueprint());
    const [before] = running();
    fixture.machines.find((machine) => machine.name === before)?.setReachable(false);
    await fixture.pass(3_000);
    expect(stateOf(before)).toBe('lost');
    await fixture.pass(5_000);
    expect(member(applicationId, 'cache')?.actual).toBe('RUNNING');
  });

  it('does not take its own cut cable for the loss of all hosts at once', async () => {
    fixture = await openEngineFixture();
    await deploy(soloBlueprint());
    for (const machine of fixture.machines) machine.setReachable(false);
    await fixture.pass(10_000);
    expect(fixture.machines.map(({ name }) => stateOf(name))).not.toContain('lost');
    for (const machine of fixture.machines) machine.setReachable(true);
    await fixture.pass(10_000);
    expect(new Set(fixture.machines.map(({ name }) => stateOf(name)))).toEqual(new Set(['ready']));
    expect(running()).toHaveLength(1);
  });

  it('asks what to do with data on a lost host, and takes the container up again when the host comes back', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(storageBlueprint());
    const [before] = running();
    const lost = fixture.machines.find((machine) => machine.name === before);
    lost?.setReachable(false);
    await fixture.pass(30_000);
    expect(member(applicationId, 'files')?.question?.text).toContain(before);
    expect(running()).toHaveLength(1);
    lost?.setReachable(true);
    await fixture.pass(30_000);
    expect(member(applicationId, 'files')).toMatchObject({ question: null, actual: 'RUNNING' });
    expect(running()).toEqual([before]);
  });

  it('starts empty elsewhere when the answer says so, and leaves the old data alone', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(storageBlueprint());
    const [before] = running();
    const lost = fixture.machines.find((machine) => machine.name === before);
    lost?.setReachable(false);
    await fixture.pass(30_000);
    const entityId = member(applicationId, 'files')?.id;
    if (entityId) await answerQuestion(fixture.engine.context, USER, { entityId, choice: 'start-empty' });
    await fixture.pass(10_000);
    expect(member(applicationId, 'files')?.actual).toBe('RUNNING');
    lost?.setReachable(true);
    await fixture.pass(30_000);
    expect(running()).toHaveLength(1);
    expect(running()).not.toContain(before);
    expect(lost?.volumes.size).toBe(1);
  });

  it('removes the volumes of what is deleted as soon as their host answers again', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(storageBlueprint());
    const holder = fixture.machines.find((machine) => machine.volumes.size > 0);
    if (holder) {
      const onCall = (name: string) => {
        if (name !== 'volume-remove') return 'none';
        holder.setReachable(false);
        return 'lost-before';
      };
      holder.faults = { onCall, copiesOfEvent: () => 1 };
    }
    await deleteApplication(fixture.engine.context, USER, { applicationId, removeVolumes: true });
    await fixture.pass(4_000);
    expect(running()).toEqual([]);
    expect(holder?.volumes.size).toBe(1);
    if (holder) holder.faults = undefined;
    holder?.setReachable(true);
    await fixture.pass(5_000);
    expect(holder?.volumes.size).toBe(0);
    expect(fixture.store.view.get('application', applicationId)).toBeUndefined();
  });

  it('removes the volumes of what was deleted while their host was lost when that host comes back', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(storageBlueprint());
    const holder = fixture.machines.find((machine) => machine.volumes.size > 0);
    holder?.setReachable(false);
    await fixture.pass(30_000);
    await deleteApplication(fixture.engine.context, USER, { applicationId, removeVolumes: true });
    await fixture.pass(1_000);
    expect(fixture.store.view.get('application', applicationId)).toBeUndefined();
    expect(holder?.volumes.size).toBe(1);
    holder?.setReachable(true);
    await fixture.pass(30_000);
    expect(running()).toEqual([]);
    expect(holder?.volumes.size).toBe(0);
    expect(fixture.store.view.all('volume').size).toBe(0);
  });

  it('goes on where it was after a crash, with the task of the deployment still open', async () => {
    fixture = await openEngineFixture();
    const { applicationId, taskId } = await deployApplication(fixture.engine.context, USER, { text: shopBlueprint() });
    await fixture.clock.settle();
    await fixture.crash();
    await fixture.pass(5_000);
    expect(running()).toHaveLength(5);
    const rootId = fixture.store.view.get('application', applicationId)?.rootId ?? '';
    expect(fixture.store.view.get('entity', rootId)?.actual).toBe('RUNNING');
    expect(fixture.store.view.get('task', taskId)?.status).toBe('done');
  });

  it('takes another host port when one turns out to be in use', async () => {
    fixture = await openEngineFixture({ hosts: 1 });
    const [machine] = fixture.machines;
    const squatter = machine?.addForeign('squatter');
    if (squatter) Object.assign(squatter.request, { ports: [{ container: 1, host: 32_000, protocol: 'tcp' }] });
    const applicationId = await deploy(soloBlueprint());
    const instance = fixture.store.view.get('instance', member(applicationId, 'cache')?.instanceId ?? '');
    expect(instance).toMatchObject({ state: 'running', ready: true, ports: [{ container: 6379, host: 32_001, protocol: 'tcp' }] });
  });

  it('says which image cannot be pulled, tries again, and stops trying when the deployment is cancelled', async () => {
    fixture = await openEngineFixture();
    for (const machine of fixture.machines) machine.behaviourOf = () => ({ unknown: true });
    const { applicationId, taskId } = await deployApplication(fixture.engine.context, USER, { text: soloBlueprint() });
    await fixture.pass(1_000);
    expect(member(applicationId, 'cache')).toMatchObject({
      actual: 'ON_FIRE',
      problems: { pull: expect.stringMatching(/^No registry has redis:7\..* tried again by itself/) },
    });
    expect(fixture.store.view.get('task', taskId)).toMatchObject({ status: 'failed' });
    await expect(cancelTask(fixture.engine.context, { taskId })).rejects.toMatchObject({ code: 'conflict' });
    for (const machine of fixture.machines) machine.behaviourOf = () => ({});
    await fixture.pass(70_000);
    expect(member(applicationId, 'cache')).toMatchObject({ actual: 'RUNNING', problems: {} });
  });
});
