import { afterEach, describe, expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId, EntityId, TaskId } from '../domain/shared/ids.ts';
import { soloBlueprint } from '../testing/engine-blueprints.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { attachAdjunct, configureAdjunct, detachAdjunct } from './adjuncts/attach-adjunct.ts';
import { performAction } from './adjuncts/perform-action.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { adjunctsOf } from './queries/adjuncts-of.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
const BOUNDS = { metric: 'load', metricLowerBound: 10, metricUpperBound: 20 };
let fixture: EngineFixture;
let applicationId: ApplicationId;

afterEach(() => fixture.stop());

async function deploy(policies = ''): Promise<Entity> {
  fixture = await openEngineFixture();
  const text = `
name: pool
location: ${CLOUD}
services:
- type: cluster
  id: web
  memberSpec: { type: 'docker:web:1' }
  ${policies}
`;
  ({ applicationId } = await deployApplication(fixture.engine.context, USER, { text }));
  await fixture.pass(5_000);
  return cluster();
}

function cluster(): Entity {
  const found = [...fixture.store.view.all('entity').values()].find(({ planId, slot }) => planId === 'web' && slot === null);
  if (!found) throw new Error('no cluster');
  return found;
}

async function load(value: number): Promise<void> {
  fixture.engine.context.sensors.publish(cluster().id, fixture.clock.now(), { load: value });
  await fixture.pass(3_000);
}

const SCALER = `brooklyn.policies: [{ type: auto-scaler, id: scaler, brooklyn.config: { metric: load, metricUpperBound: 20, maxPoolSize: 4 } }]`;

describe('what operators attach to an entity', () => {
  it('works at once and over a restart, and no more once it is detached', async () => {
    const { id: entityId } = await deploy();
    const { key } = await attachAdjunct(fixture.engine.context, { entityId, type: 'AutoScalerPolicy', config: { ...BOUNDS } });
    expect(key).toBe('auto-scaler');
    await load(30);
    expect(cluster().size).toBe(2);
    await fixture.crash();
    await fixture.pass(5_000);
    // What was heard before the restart is of another size.
    expect(cluster().size).toBe(2);
    await load(30);
    expect(cluster().size).toBe(3);
    await detachAdjunct(fixture.engine.context, { entityId, key });
    await load(90);
    expect(cluster().size).toBe(3);
    expect(fixture.store.view.adjunctsOf(entityId)).toEqual([]);
  });

  it('is refused with wrong config, an unknown type, a taken key, and beside another that writes the same', async () => {
    const { id: entityId } = await deploy(SCALER);
    const attach = (type: string, config: Record<string, string | number>, key?: string) =>
      attachAdjunct(fixture.engine.context, { entityId, type, config, key });
    await expect(attach('nonsense', {})).rejects.toThrow('There is no policy or enricher nonsense');
    await expect(attach('auto-scaler', { metricLowerBound: 'high' })).rejects.toThrow('autoscaler.metricLowerBound: needs a number');
    await expect(attach('auto-scaler', { colour: 'red' })).rejects.toThrow('Auto-scaler takes no colour');
    await expect(attach('auto-scaler', { metric: '$brooklyn:config("x")' })).rejects.toThrow('an expression is not evaluated here');
    await expect(attach('auto-scaler', BOUNDS, 'scaler')).rejects.toThrow('web has a scaler already');
    await expect(attach('auto-scaler', BOUNDS)).rejects.toThrow('scaler of web writes the same');
  });

  it('is refused beside one whose bound is an expression, and of two at once one is', async () => {
    const { id: entityId } = await deploy(SCALER.replace('metricUpperBound: 20', `metricUpperBound: $brooklyn:config("most")`));
    const attach = () => attachAdjunct(fixture.engine.context, { entityId, type: 'auto-scaler', config: BOUNDS });
    await expect(attach()).rejects.toThrow('scaler of web writes the same');
    await fixture.stop();
    const { id } = await deploy();
    const both = [1, 2].map(() => attachAdjunct(fixture.engine.context, { entityId: id, type: 'auto-scaler', config: BOUNDS }));
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  it('reaches no other application', async () => {
    const { id: entityId } = await deploy();
    const text = soloBlueprint();
    const { applicationId: other } = await deployApplication(fixture.engine.context, USER, { text });
    await fixture.pass(5_000);
    const foreign = fixture.store.view.entitiesOf(other)[0]?.id ?? '';
    const config = { ...BOUNDS, entityWithMetric: { $entity: foreign } };
    const attached = attachAdjunct(fixture.engine.context, { entityId, type: 'auto-scaler', config });
    await expect(attached).rejects.toThrow(`${foreign} is no entity of the application of web`);
    const action = { kind: 'effector', entityId: foreign as EntityId, effector: 'stop', why: 'a test' } as const;
    const cause = { kind: 'policy', by: 'a test' } as const;
    const performed = performAction(fixture.engine.context, {
      ...{ entityId, cause, action, taskId: 'task-x' as TaskId },
      signal: new AbortController().signal,
    });
    await expect(performed).rejects.toThrow('It acts on another application');
  });

  it('does not take off what stands in the blueprint', async () => {
    const { id: entityId } = await deploy(SCALER);
    await expect(detachAdjunct(fixture.engine.context, { entityId, key: 'scaler' })).rejects.toThrow('stands in its blueprint');
    await expect(detachAdjunct(fixture.engine.context, { entityId, key: 'other' })).rejects.toThrow('has no policy or enricher other');
  });

  it('goes with its entity', async () => {
    const { id: entityId } = await deploy(SCALER);
    await load(30);
    expect(fixture.store.view.adjunctsOf(entityId)).toHaveLength(1);
    await deleteApplication(fixture.engine.context, USER, { applicationId, removeVolumes: true });
    await fixture.pass(20_000);
    expect(fixture.store.view.all('adjunct').size).toBe(0);
  });
});

describe('config of a policy, changed while it works', () => {
  it('counts at once, and gives way to the blueprint when it is taken back', async () => {
    const { id: entityId } = await deploy(SCALER);
    const configure = (config: Record<string, number | null>) =>
      configureAdjunct(fixture.engine.context, { entityId, key: 'scaler', config });
    await configure({ metricUpperBound: 100 });
    await load(90);
    expect(cluster().size).toBe(1);
    expect(adjunctsOf(fixture.engine.context, entityId)[0]).toMatchObject({
      changed: ['autoscaler.metricUpperBound'],
      config: { 'autoscaler.metricUpperBound': 100, 'autoscaler.maxPoolSize': 4 },
    });
    await configure({ metricUpperBound: null });
    await load(90);
    expect(cluster().size).toBe(4);
    await expect(configure({ maxPoolSize: -1 })).rejects.toThrow('autoscaler.maxPoolSize: ');
  });
});
