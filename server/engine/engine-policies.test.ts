import { afterEach, describe, expect, it } from 'vitest';
import type { Adjunct } from '../domain/adjunct/adjunct.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { suspendAdjunct } from './adjuncts/change-adjunct.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { resizeEntity, stopEntity } from './commands/entity-effectors.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

function pool(policy: string): string {
  return `
name: pool
location: ${CLOUD}
services:
- type: cluster
  id: web
  initialSize: 1
  memberSpec: { type: 'docker:web:1', openPorts: [80] }
  brooklyn.policies:
  - type: AutoScalerPolicy
    id: scaler
    brooklyn.config: { metric: load, metricLowerBound: 10, metricUpperBound: 20, maxPoolSize: 4, flapGuard: 10s, ${policy} }
`;
}

async function deploy(policy = ''): Promise<Entity> {
  fixture = await openEngineFixture();
  await deployApplication(fixture.engine.context, USER, { text: pool(policy) });
  await fixture.pass(5_000);
  return cluster();
}

function cluster(): Entity {
  const found = [...fixture.store.view.all('entity').values()].find(({ planId, slot }) => planId === 'web' && slot === null);
  if (!found) throw new Error('no cluster');
  return found;
}

function scaler(): Adjunct {
  const found = fixture.store.view.adjunctsOf(cluster().id)[0];
  if (!found) throw new Error('nothing is known of the policy');
  return found;
}

async function load(...values: readonly number[]): Promise<void> {
  for (const value of values) {
    fixture.engine.context.sensors.publish(cluster().id, fixture.clock.now(), { load: value });
    await fixture.pass(3_000);
  }
}

describe('a cluster with an auto-scaler', () => {
  it('grows while it is hot and shrinks when it is cold, by tasks of the policy', async () => {
    await deploy();
    await load(50);
    expect(cluster().size).toBe(3);
    await load(15, 15);
    expect(cluster().size).toBe(3);
    await load(1, 1, 1, 1, 1, 1);
    expect(cluster().size).toBe(1);
    const tasks = [...fixture.store.view.all('task').values()].filter(({ cause }) => cause.kind === 'policy');
    expect(tasks.map(({ name, cause, status }) => [name, cause.by, status])).toEqual([
      ['Resize web', 'Auto-scaler', 'done'],
      ['Resize web', 'Auto-scaler', 'done'],
    ]);
  });

  it('says what it sees, and that it sees nothing', async () => {
    await deploy();
    expect(scaler().highlight).toMatchObject({ level: 'frozen', text: 'There is no value of load: the size stays 1' });
    await load(15);
    expect(scaler().highlight).toMatchObject({ level: 'ok', text: 'load is 15 on 1 member, wanted from 10 to 20' });
    await fixture.pass(130_000);
    expect(scaler().highlight?.text).toMatch(/^The last value of load is \d+ s old: the size stays 1$/);
  });

  it('is never grown beyond its most, and pulled back when a person asks for more', async () => {
    await deploy();
    await load(1_000, 1_000);
    expect(cluster().size).toBe(4);
    await resizeEntity(fixture.engine.context, USER, { entityId: cluster().id, size: 9 });
    await fixture.pass(5_000);
    expect(cluster().size).toBe(4);
  });

  it('does nothing while suspended, and says what it would do', async () => {
    const { id } = await deploy();
    await suspendAdjunct(fixture.engine.context, USER, { entityId: id, key: 'scaler', suspended: true, why: 'a test' });
    await load(50);
    expect(cluster().size).toBe(1);
    expect(scaler()).toMatchObject({ suspended: { by: 'ann', why: 'a test' }, highlight: { text: /Suspended; it would: load is 50/ } });
    await fixture.crash();
    await fixture.pass(5_000);
    expect(scaler().suspended?.by).toBe('ann');
    await suspendAdjunct(fixture.engine.context, USER, { entityId: id, key: 'scaler', suspended: false, why: '' });
    await load(50);
    expect(cluster().size).toBe(3);
  });

  it('rests while its cluster is stopped', async () => {
    const { id } = await deploy();
    await stopEntity(fixture.engine.context, USER, { entityId: id });
    await load(50);
    expect([cluster().size, scaler().highlight?.text]).toEqual([1, 'At rest: web is not to run']);
  });

  it('takes the mean of its members where the cluster itself has no value', async () => {
    await deploy('minPoolSize: 2');
    await fixture.pass(5_000);
    for (const [n, member] of fixture.store.view.childrenOf(cluster().id).entries()) {
      fixture.engine.context.sensors.publish(member.id, fixture.clock.now(), { load: 20 + 10 * n });
    }
    await fixture.pass(5_000);
    expect(cluster().size).toBe(3);
  });
});

describe('a cluster that is made with its load balancer', () => {
  const BALANCED = `
name: balanced
location: ${CLOUD}
services:
- type: brooklyn.entity.webapp.ControlledDynamicWebAppCluster
  id: site
  initialSize: 2
  proxy.http.port: 8400+
  memberSpec: { type: 'docker:web:1', openPorts: [80] }
  brooklyn.policies:
  - policyType: brooklyn.policy.autoscaling.AutoScalerPolicy
    brooklyn.config: { metric: load, metricUpperBound: 20, maxPoolSize: 4 }
`;

  it('balances over its members, and its policy and its effector resize them', async () => {
    fixture = await openEngineFixture();
    const { applicationId } = await deployApplication(fixture.engine.context, USER, { text: BALANCED });
    await fixture.pass(5_000);
    const named = (name: string): Entity => {
      const found = fixture.store.view.entitiesOf(applicationId).find((one) => one.name === name);
      if (!found) throw new Error(`no ${name}`);
      return found;
    };
    expect(named('site').actual).toBe('RUNNING');
    expect(named('Load balancer').sensors['proxy.servers']).toHaveLength(2);
    fixture.engine.context.sensors.publish(named('Servers').id, fixture.clock.now(), { load: 30 });
    await fixture.pass(3_000);
    expect(named('Servers').size).toBe(3);
    await resizeEntity(fixture.engine.context, USER, { entityId: named('site').id, size: 4 });
    await fixture.pass(5_000);
    expect(named('Load balancer').sensors['proxy.servers']).toHaveLength(4);
  });
});
