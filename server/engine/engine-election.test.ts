import { afterEach, describe, expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { stopEntity } from './commands/entity-effectors.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

const node = (id: string, weight: number) => `
  - type: docker:node:1
    id: ${id}
    brooklyn.config: { ha.primary.weight: ${weight} }
    brooklyn.initializers:
    - { type: ssh-command-effector, brooklyn.config: { name: promote, command: promote-it } }
    - { type: ssh-command-effector, brooklyn.config: { name: demote, command: demote-it } }`;

const TEXT = `
name: pair
location: ${CLOUD}
brooklyn.policies:
- { type: elect-primary, id: election, brooklyn.config: { primary.target.mode: children, primary.stopped.wait.timeout: 1s } }
services:${node('one', 2)}${node('two', 1)}
`;

function named(planId: string): Entity {
  const found = [...fixture.store.view.all('entity').values()].find((one) => one.planId === planId);
  if (!found) throw new Error(`no ${planId}`);
  return found;
}

function root(): Entity {
  const found = [...fixture.store.view.all('entity').values()].find(({ parentId }) => parentId === null);
  if (!found) throw new Error('no application');
  return found;
}

function calls(): readonly string[] {
  const tasks = [...fixture.store.view.all('task').values()].filter(({ call }) => ['promote', 'demote'].includes(call?.effector ?? ''));
  return tasks.map(
    ({ call, entityId, status }) => `${call?.effector} ${fixture.store.view.get('entity', entityId ?? '')?.planId} ${status}`,
  );
}

describe('an election', () => {
  it('promotes by the effector of the blueprint, and another once the first has stopped', async () => {
    fixture = await openEngineFixture();
    await deployApplication(fixture.engine.context, USER, { text: TEXT });
    await fixture.pass(10_000);
    expect(root().sensors.primary).toBe(named('one').id);
    await stopEntity(fixture.engine.context, USER, { entityId: named('one').id });
    await fixture.pass(30_000);
    expect(root().sensors.primary).toBe(named('two').id);
    expect(calls()).toEqual(['promote one done', 'promote two done']);
  });
});
