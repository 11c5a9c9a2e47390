import { afterEach, describe, expect, it } from 'vitest';
import type { TaskCause } from '../../domain/entity/task.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import { shopBlueprint } from '../../testing/engine-blueprints.ts';
import { type EngineFixture, openEngineFixture } from '../../testing/engine-fixture.ts';
import { cancelTask } from './cancel-task.ts';
import { deployApplication } from './deploy-application.ts';
import { invokeEffector } from './invoke-effector.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function deployedCluster(size: number): Promise<EntityId> {
  fixture = await openEngineFixture();
  await deployApplication(fixture.engine.context, USER, { text: shopBlueprint({ size }) });
  await fixture.pass(5_000);
  for (const entity of fixture.store.view.all('entity').values()) if (entity.size !== null) return entity.id;
  throw new Error('no cluster');
}

const invoke = (entityId: EntityId, effector: string, parameters: unknown) =>
  invokeEffector(fixture.engine.context, USER, { entityId, effector, parameters });

describe('invokeEffector', () => {
  it('resizes with Brooklyn’s parameter', async () => {
    const entityId = await deployedCluster(1);
    await invoke(entityId, 'resize', { desiredSize: 2 });
    await fixture.pass(3_000);
    expect(fixture.store.view.childrenOf(entityId)).toHaveLength(2);
  });

  it('refuses what is not there or makes no sense, and says what would', async () => {
    const entityId = await deployedCluster(1);
    await expect(invoke(entityId, 'explode', {})).rejects.toMatchObject({ code: 'not-found', hint: expect.stringContaining('resize') });
    await expect(invoke(entityId, 'resize', { desiredSize: -1 })).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(invoke(entityId, 'resize', {})).rejects.toMatchObject({
      code: 'input.invalid',
      message: expect.stringContaining('desiredSize'),
    });
    const lb = [...fixture.store.view.all('entity').values()].find((entity) => entity.type === 'haproxy');
    await expect(invoke(lb?.id ?? entityId, 'resize', { desiredSize: 2 })).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(invoke('nobody' as EntityId, 'stop', {})).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('cancelTask', () => {
  it('gives up members that a resize has not brought up in the commit that ends it, and keeps those that are', async () => {
    const entityId = await deployedCluster(2);
    for (const machine of fixture.machines) machine.behaviourOf = (image) => ({ deaf: image === 'nginx:1' });
    const { taskId } = await invoke(entityId, 'resize', { desiredSize: 4 });
    await fixture.pass(3_000);
    const seen: (string | undefined)[] = [];
    fixture.store.subscribe(() => {
      const { view } = fixture.store;
      if (view.get('entity', entityId)?.size === 2) seen.push(view.get('task', taskId)?.status);
    });
    await cancelTask(fixture.engine.context, { taskId });
    await fixture.pass(5_000);
    expect(new Set(seen)).toEqual(new Set(['cancelled']));
    expect(fixture.store.view.get('task', taskId)?.status).toBe('cancelled');
    expect(fixture.store.view.get('entity', entityId)?.size).toBe(2);
    expect(fixture.store.view.childrenOf(entityId).map((member) => member.actual)).toEqual(['RUNNING', 'RUNNING']);
  });
});
