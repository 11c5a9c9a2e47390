import { afterEach, describe, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function deploy(policy: string): Promise<void> {
  fixture = await openEngineFixture();
  const text = `
name: solo
location: ${CLOUD}
services:
- type: docker:web:1
  id: web
  brooklyn.policies:
  - ${policy}
`;
  await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(5_000);
}

const ofPolicies = (): readonly string[] =>
  [...fixture.store.view.all('task').values()].filter(({ cause }) => cause.kind === 'policy').map(({ name }) => name);
const highlight = () => [...fixture.store.view.all('adjunct').values()][0]?.highlight;
const web = () => [...fixture.store.view.all('entity').values()].find(({ planId }) => planId === 'web');

describe('a schedule', () => {
  it('calls its effector at each time, also after a restart of the console', async () => {
    await deploy('{ type: PeriodicEffectorPolicy, brooklyn.config: { effector: restart, period: 10m } }');
    await fixture.pass(601_000);
    expect(ofPolicies()).toEqual(['Restart web']);
    await fixture.crash();
    await fixture.pass(600_000);
    expect(ofPolicies()).toHaveLength(2);
  });

  it('does not make up for what it missed while the console was down, and says so', async () => {
    await deploy('{ type: scheduled-effector, brooklyn.config: { effector: restart, cron: "*/10 * * * *" } }');
    await fixture.pass(600_000);
    expect(ofPolicies()).toHaveLength(1);
    await fixture.stop();
    await fixture.pass(3_600_000);
    await fixture.crash();
    await fixture.pass(5_000);
    expect(ofPolicies()).toHaveLength(1);
    expect(highlight()).toMatchObject({ level: 'failed', text: expect.stringMatching(/missed, .* not made up for/) });
  });

  it('stops an entity when its time is over, also while the console was down', async () => {
    await deploy('{ type: StopAfterDurationPolicy, brooklyn.config: { lifetime: 10m } }');
    await fixture.crash();
    await fixture.pass(605_000);
    expect([ofPolicies(), web()?.goal]).toEqual([['Stop web'], 'stopped']);
  });
});
