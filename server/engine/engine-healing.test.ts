import { afterEach, describe, expect, it } from 'vitest';
import { isMember } from '../domain/cluster/members.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

const POOL = `
name: pool
location: ${CLOUD}
services:
- type: cluster
  id: web
  initialSize: 2
  memberSpec:
    type: docker:web:1
    openPorts: [80]
    brooklyn.enrichers: [{ type: ServiceFailureDetector }]
    brooklyn.policies: [{ type: ServiceRestarter }]
  brooklyn.policies: [{ type: ServiceReplacer }]
`;

async function deploy(): Promise<void> {
  fixture = await openEngineFixture();
  await deployApplication(fixture.engine.context, USER, { text: POOL });
  // Long enough that its members have come to stay up.
  await fixture.pass(15_000);
}

const all = (): readonly Entity[] => [...fixture.store.view.all('entity').values()];
const members = (): readonly Entity[] => all().filter((one) => isMember(one) && one.goal !== 'destroyed');
const slots = (): readonly (number | null)[] =>
  members()
    .map(({ slot }) => slot)
    .sort();

function ofPolicies(): readonly string[] {
  return [...fixture.store.view.all('task').values()]
    .filter(({ cause }) => cause.kind === 'policy')
    .map(({ name, cause }) => `${cause.by}: ${name}`);
}

function killMember(slot: number): void {
  const member = members().find((one) => one.slot === slot);
  const instance = fixture.store.view.get('instance', member?.instanceId ?? '');
  const machine = fixture.machines.find(({ name }) => name === instance?.hostId);
  const container = machine?.find(instance?.containerName ?? '');
  if (machine && container?.status === 'running') machine.end(container, 1);
}

/** A member that dies again and again. */
async function crashLoop(slot: number, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    killMember(slot);
    await fixture.pass(1_000);
  }
}

describe('a member that fails', () => {
  it('is healed by the engine alone when it dies once', async () => {
    await deploy();
    killMember(1);
    await fixture.pass(10_000);
    expect([members().map(({ actual }) => actual), ofPolicies()]).toEqual([['RUNNING', 'RUNNING'], []]);
  });

  it('is restarted when it dies again and again, then replaced, once each', async () => {
    await deploy();
    await crashLoop(1, 90);
    await fixture.pass(10_000);
    expect(ofPolicies()).toEqual([expect.stringMatching(/^Restarter: Restart/), 'Replacer: Replace a member of web']);
    expect(slots()).toEqual([2, 3]);
    expect(members().map(({ actual }) => actual)).toEqual(['RUNNING', 'RUNNING']);
  });

  it('is given up in no storm where each new one fails as well: the cluster is on fire, with the reason', async () => {
    await deploy();
    for (let second = 0; second < 400; second += 1) {
      const newest = Math.max(...members().map(({ slot }) => slot ?? 0));
      killMember(newest);
      await fixture.pass(1_000);
    }
    const cluster = all().find(({ size }) => size !== null);
    expect(ofPolicies().length).toBeLessThan(20);
    expect(members()).toHaveLength(2);
    expect([cluster?.size, cluster?.actual, cluster?.problems.replacer]).toEqual([
      2,
      'ON_FIRE',
      'Members of web are not replaced any more: 5 replacements failed within 300 s. Mend what they say, then restart web',
    ]);
  });

  it('is restarted once, whenever the console dies', async () => {
    await deploy();
    for (let second = 0; second < 60; second += 1) {
      killMember(1);
      await fixture.pass(1_000);
      if (second % 3 === 0) await fixture.crash();
    }
    await fixture.pass(30_000);
    expect(ofPolicies().filter((task) => task.startsWith('Restarter'))).toHaveLength(1);
    expect(members()).toHaveLength(2);
  });
});
