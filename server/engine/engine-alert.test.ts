import { afterEach, describe, expect, it } from 'vitest';
import type { WebhookRequest } from '../domain/adjunct/notification.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { Notifier, Refusal } from '../ports/notifier.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { setSecret } from './commands/secrets/set-secret.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;
let posted: WebhookRequest[] = [];
let answer: Refusal = null;

afterEach(async () => {
  await fixture.stop();
  posted = [];
  answer = null;
});

const notifier: Notifier = {
  async post(request) {
    posted.push(request);
    return answer;
  },
  mail: async () => null,
};

const SHOP = `
name: shop
location: ${CLOUD}
services:
- type: docker:web:1
  id: web
  brooklyn.policies:
  - type: alert
    brooklyn.config:
      when: sensors["load"] > 20
      title: Load is high
      webhook.url: $brooklyn:external("ops", "hook")
`;

async function deploy(): Promise<void> {
  fixture = await openEngineFixture({ notifier });
  await setSecret(fixture.engine.context, USER, { provider: 'ops', name: 'hook', secret: 'https://hooks.example.org/s3cr3t' });
  await deployApplication(fixture.engine.context, USER, { text: SHOP });
  await fixture.pass(5_000);
}

async function load(value: number): Promise<void> {
  const web = [...fixture.store.view.all('entity').values()].find(({ planId }) => planId === 'web');
  if (!web) throw new Error('no entity');
  fixture.engine.context.sensors.publish(web.id, fixture.clock.now(), { load: value });
  await fixture.pass(2_000);
}

describe('an alert', () => {
  it('is told once, to the address that the secret holds, and no record knows it', async () => {
    await deploy();
    await load(25);
    await load(26);
    expect(posted.map(({ url, body }) => [url, body.state])).toEqual([['https://hooks.example.org/s3cr3t', 'firing']]);
    await load(3);
    expect(posted.map(({ body }) => body.state)).toEqual(['firing', 'resolved']);
    const { view } = fixture.store;
    const records = JSON.stringify([[...view.all('adjunct').values()], [...view.all('task').values()]]);
    expect(records).not.toContain('s3cr3t');
    expect([...view.all('task').values()].filter(({ name }) => name.startsWith('Tell'))).toMatchObject([
      { status: 'done' },
      { status: 'done' },
    ]);
  });

  it('is told once, whenever the console dies', async () => {
    await deploy();
    await load(25);
    for (let crash = 0; crash < 5; crash += 1) {
      await fixture.crash();
      await fixture.pass(1_000);
      await load(25);
    }
    expect(new Set(posted.map(({ id }) => id)).size).toBe(1);
    expect(posted).toHaveLength(1);
  });

  it('is tried again, with the same id, where it was not taken', async () => {
    await deploy();
    answer = { why: 'it answers 503', retryable: true };
    await load(25);
    const record = [...fixture.store.view.all('adjunct').values()][0];
    expect(record?.highlight).toMatchObject({ level: 'failed', text: expect.stringContaining('it answers 503') });
    answer = null;
    await fixture.pass(60_000);
    expect(posted).toHaveLength(2);
    expect(new Set(posted.map(({ id }) => id)).size).toBe(1);
  });
});
