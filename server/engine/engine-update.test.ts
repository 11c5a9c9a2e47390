import { afterEach, describe, expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { shopBlueprint, soloBlueprint } from '../testing/engine-blueprints.ts';
import { type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { restoreGeneration, updateApplication } from './commands/update-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function deploy(text: string): Promise<ApplicationId> {
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(5_000);
  return applicationId;
}

function images(): readonly string[] {
  return fixture.machines.flatMap((machine) => machine.running().map((one) => one.request.spec.image)).sort();
}

function root(applicationId: ApplicationId): Entity | undefined {
  return fixture.store.view.get('entity', fixture.store.view.get('application', applicationId)?.rootId ?? '');
}

function rolloutState(rolloutId: string): string {
  const rollout = fixture.store.view.get('rollout', rolloutId);
  return `${rollout?.state}${rollout?.message ? `: ${rollout.message}` : ''}`;
}

describe('engine, updates', () => {
  it('replaces one member after the other and leaves the others alone', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(shopBlueprint());
    const least: number[] = [];
    fixture.store.subscribe(() => least.push(images().filter((image) => image.startsWith('nginx')).length));
    const text = shopBlueprint({ image: 'nginx:2' });
    const { rolloutId } = await updateApplication(fixture.engine.context, USER, { applicationId, text, expectedGeneration: 1 });
    await fixture.pass(20_000);
    expect(rolloutState(rolloutId)).toBe('done: generation 2 runs');
    expect(images()).toEqual(['haproxy:2.6', 'mariadb:10.11', 'nginx:2', 'nginx:2', 'nginx:2']);
    expect(Math.min(...least)).toBe(2);
    expect(root(applicationId)?.actual).toBe('RUNNING');
  });

  it('never goes below the number of members when the new one starts first', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(shopBlueprint());
    const least: number[] = [];
    fixture.store.subscribe(() => least.push(images().filter((image) => image.startsWith('nginx')).length));
    const text = shopBlueprint({ image: 'nginx:2', update: 'update: { order: start-first, batch: 2 }' });
    const { rolloutId } = await updateApplication(fixture.engine.context, USER, { applicationId, text, expectedGeneration: 1 });
    await fixture.pass(20_000);
    expect(rolloutState(rolloutId)).toBe('done: generation 2 runs');
    expect(Math.min(...least)).toBe(3);
    expect(images().filter((image) => image === 'nginx:2')).toHaveLength(3);
    expect(images()).toHaveLength(5);
  });

  it('turns back when the image does not exist, without stopping anything', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(shopBlueprint());
    for (const machine of fixture.machines) machine.behaviourOf = (image) => ({ unknown: image === 'nginx:404' });
    const before = fixture.machines.flatMap((machine) => machine.running().map((one) => one.id));
    const text = shopBlueprint({ image: 'nginx:404' });
    const { rolloutId } = await updateApplication(fixture.engine.context, USER, { applicationId, text, expectedGeneration: 1 });
    await fixture.pass(30_000);
    expect(rolloutState(rolloutId)).toMatch(/^reverted: .*No registry has nginx:404/);
    expect(fixture.machines.flatMap((machine) => machine.running().map((one) => one.id))).toEqual(before);
    expect(fixture.store.view.get('application', applicationId)?.generation).toBe(3);
    expect(root(applicationId)?.actual).toBe('RUNNING');
  });

  it('turns back when a new container ends again and again', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(shopBlueprint());
    for (const machine of fixture.machines) machine.behaviourOf = (image) => (image === 'nginx:2' ? { exitCode: 1, deaf: true } : {});
    const text = shopBlueprint({ image: 'nginx:2' });
    const { rolloutId } = await updateApplication(fixture.engine.context, USER, { applicationId, text, expectedGeneration: 1 });
    await fixture.pass(60_000);
    expect(rolloutState(rolloutId)).toMatch(/^reverted: /);
    expect(images().filter((image) => image === 'nginx:1')).toHaveLength(3);
    expect(root(applicationId)?.actual).toBe('RUNNING');
  });

  it('turns back when a new container does not get ready in time', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(shopBlueprint());
    for (const machine of fixture.machines) machine.behaviourOf = (image) => ({ deaf: image === 'nginx:2' });
    const text = shopBlueprint({ image: 'nginx:2' });
    const rollout = { healthTimeoutMs: 10_000 };
    const { rolloutId } = await updateApplication(fixture.engine.context, USER, { applicationId, text, expectedGeneration: 1, rollout });
    await fixture.pass(60_000);
    expect(rolloutState(rolloutId)).toBe('reverted: not up 10 s after its turn');
    expect(images().filter((image) => image === 'nginx:1')).toHaveLength(3);
  });

  it('changes memory limits in place', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(shopBlueprint());
    const before = fixture.machines.flatMap((machine) => machine.running().map((one) => one.id));
    const text = shopBlueprint({ memory: '128m' });
    const { rolloutId } = await updateApplication(fixture.engine.context, USER, { applicationId, text, expectedGeneration: 1 });
    await fixture.pass(10_000);
    expect(rolloutState(rolloutId)).toBe('done: generation 2 runs');
    expect(fixture.machines.flatMap((machine) => machine.running().map((one) => one.id))).toEqual(before);
    const limits = fixture.machines.flatMap((machine) => machine.running().map((one) => one.limits.memoryBytes));
    expect(limits.filter((bytes) => bytes === 128 * 1024 ** 2)).toHaveLength(3);
  });

  it('adds and removes services and restores an earlier generation', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(soloBlueprint());
    const more = `${soloBlueprint()}- type: docker:memcached:1\n  id: second\n`;
    await updateApplication(fixture.engine.context, USER, { applicationId, text: more, expectedGeneration: 1 });
    await fixture.pass(5_000);
    expect(images()).toEqual(['memcached:1', 'redis:7']);
    await restoreGeneration(fixture.engine.context, USER, { applicationId, generation: 1 });
    await fixture.pass(5_000);
    expect(images()).toEqual(['redis:7']);
    expect(fixture.store.view.get('application', applicationId)?.generation).toBe(3);
  });

  it('refuses an update of a blueprint that somebody else has changed, and says who and when', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(soloBlueprint());
    const update = { applicationId, text: soloBlueprint({ image: 'redis:8' }), expectedGeneration: 1 };
    await updateApplication(fixture.engine.context, { kind: 'user', by: 'bob' }, update);
    await expect(updateApplication(fixture.engine.context, USER, update)).rejects.toMatchObject({
      code: 'conflict.stale',
      message: expect.stringMatching(/by bob at 2023-/),
    });
  });
});
