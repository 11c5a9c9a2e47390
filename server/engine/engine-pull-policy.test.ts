import { afterEach, describe, expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';

let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function deploy(policy: string, present: boolean): Promise<Entity | undefined> {
  fixture = await openEngineFixture({ hosts: 1 });
  if (present) fixture.machines[0]?.images.add('web:1');
  const text = `name: a\nlocation: ${CLOUD}\nservices:\n- { type: 'docker:web:1', id: web, docker.image.pullPolicy: ${policy} }\n`;
  const { applicationId } = await deployApplication(fixture.engine.context, { kind: 'user', by: 'ann' }, { text });
  await fixture.pass(5_000);
  return fixture.store.view.entitiesOf(applicationId).find(({ planId }) => planId === 'web');
}

const pulls = () => fixture.machines[0]?.calls.get('pull') ?? 0;

describe('pull policy', () => {
  it('is to pull what is missing, unless told otherwise', async () => {
    expect((await deploy('missing', true))?.actual).toBe('RUNNING');
    expect(pulls()).toBe(0);
  });

  it('asks the registry for each new container with always, but not for one that heals', async () => {
    expect((await deploy('always', true))?.actual).toBe('RUNNING');
    expect(pulls()).toBe(1);
    const [machine] = fixture.machines;
    for (const one of machine?.running() ?? []) machine?.end(one, 1);
    await fixture.pass(5_000);
    expect(machine?.running()).toHaveLength(1);
    expect(pulls()).toBe(1);
  });

  it('never asks it with never, and says that the image is not there', async () => {
    const web = await deploy('never', false);
    expect(pulls()).toBe(0);
    expect(web?.problems.pull).toContain('pull policy is never');
  });
});
