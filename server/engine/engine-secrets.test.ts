import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maskValue } from '../api/masking/mask-value.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { removeSecret } from './commands/secrets/remove-secret.ts';
import { setSecret } from './commands/secrets/set-secret.ts';
import { restoreGeneration, updateApplication } from './commands/update-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
const KEY = { provider: 'secrets', name: 'db' };
let fixture: EngineFixture;

beforeEach(async () => {
  fixture = await openEngineFixture();
});
afterEach(() => fixture.stop());

async function deploy(text: string): Promise<ApplicationId> {
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(5_000);
  return applicationId;
}

async function set(secret: string): Promise<readonly string[]> {
  const { applications } = await setSecret(fixture.engine.context, USER, { ...KEY, secret });
  return applications;
}

function environments(image: string): readonly Readonly<Record<string, string>>[] {
  return fixture.machines
    .flatMap((machine) => machine.running().map((one) => one.request.spec))
    .flatMap((spec) => (spec.image === image ? [spec.env] : []));
}

const SECRET = '$brooklyn:external("secrets", "db")';
const blueprint = (size = 2) => `
name: shop
location: ${CLOUD}
services:
- type: cluster
  id: web
  brooklyn.config: { cluster.initial.size: ${size} }
  memberSpec:
    $brooklyn:entitySpec:
      type: docker:web:1
      brooklyn.config:
        docker.container.environment:
          PLAIN: ${SECRET}
          URL: $brooklyn:formatString("http://u:%s@db/", external("secrets", "db"))
- type: docker:cache:1
  id: cache
`;

describe('engine, secrets', () => {
  it('refuses a deploy whose secret is not there, at its place, and says how it is set', async () => {
    await expect(deploy(blueprint())).rejects.toMatchObject({
      code: 'blueprint.invalid',
      message: expect.stringMatching(/^Line 13, column \d+: There is no provider “secrets”, and so no secret “db”\. \(and 1 more\)$/),
      hint: 'An administrator sets it: clocker secrets set secrets db',
    });
    expect(fixture.store.view.all('application').size).toBe(0);
  });

  it('gives a secret to the container, and to nothing else', async () => {
    await set('hunter 2');
    await deploy(blueprint());
    const given = { PLAIN: 'hunter 2', URL: 'http://u:hunter 2@db/' };
    expect(environments('web:1')).toEqual([given, given]);
    for (const kind of ['entity', 'instance', 'generation', 'task', 'decision'] as const) {
      expect(JSON.stringify([...fixture.store.view.all(kind).values()])).not.toContain('hunter');
    }
    const [instance] = [...fixture.store.view.all('instance').values()].filter(({ spec }) => spec.image === 'web:1');
    expect(maskValue(instance?.spec.env)).toEqual({ PLAIN: '***', URL: '***' });
  });

  it('rolls a new secret out, one after the other, to those that read it', async () => {
    await set('one');
    const applicationId = await deploy(blueprint());
    const least: number[] = [];
    const stop = fixture.store.subscribe(() => least.push(environments('web:1').length));
    expect(await set('two')).toEqual(['shop']);
    await fixture.pass(30_000);
    stop();
    expect(environments('web:1').map(({ PLAIN }) => PLAIN)).toEqual(['two', 'two']);
    expect(Math.min(...least)).toBe(1);
    const { generation, rolloutId } = fixture.store.view.get('application', applicationId) ?? {};
    expect([generation, fixture.store.view.get('rollout', rolloutId ?? '')?.steps.length]).toEqual([2, 2]);
    expect(fixture.store.view.get('generation', `${applicationId}:2`)?.reason).toBe('secret secrets/db');
  });

  it('changes nothing when the same secret is set again', async () => {
    await set('one');
    const applicationId = await deploy(blueprint());
    expect(await set('one')).toEqual([]);
    await fixture.pass(5_000);
    expect(fixture.store.view.get('application', applicationId)?.generation).toBe(1);
  });

  it('keeps a secret that is read, and says by whom', async () => {
    await set('one');
    const applicationId = await deploy(blueprint());
    await expect(removeSecret(fixture.engine.context, KEY)).rejects.toMatchObject({
      code: 'conflict',
      message: 'The secret secrets/db is read by web-1 of shop, web-2 of shop',
    });
    await deleteApplication(fixture.engine.context, USER, { applicationId, removeVolumes: false });
    await fixture.pass(10_000);
    await removeSecret(fixture.engine.context, KEY);
    expect(fixture.store.view.all('secret').size).toBe(0);
  });

  it('refuses to restore a generation whose secret is gone', async () => {
    await set('one');
    const applicationId = await deploy(blueprint());
    const text = `name: shop\nlocation: ${CLOUD}\nservices:\n- { type: 'docker:cache:1', id: cache }\n`;
    await updateApplication(fixture.engine.context, USER, { applicationId, text, expectedGeneration: 1 });
    await fixture.pass(10_000);
    await removeSecret(fixture.engine.context, KEY);
    await expect(restoreGeneration(fixture.engine.context, USER, { applicationId, generation: 1 })).rejects.toMatchObject({
      code: 'blueprint.invalid',
      hint: 'An administrator sets it: clocker secrets set secrets db',
    });
  });

  it('gives a secret to those that read it by the config of another, also after a restart', async () => {
    await set('one');
    await deploy(`
name: shop
location: ${CLOUD}
services:
- type: mariadb
  id: db
  brooklyn.config: { user: ann, password: '${SECRET}' }
- type: docker:web:1
  id: web
  brooklyn.config:
    docker.container.environment: { DB: '$brooklyn:component("db").config("password")' }
`);
    expect(environments('web:1')).toEqual([{ DB: 'one' }]);
    await fixture.crash();
    await fixture.pass(5_000);
    for (const machine of fixture.machines)
      for (const one of machine.running()) if (one.request.spec.image === 'web:1') machine.end(one, 1);
    await fixture.pass(10_000);
    expect(environments('web:1')).toEqual([{ DB: 'one' }]);
  });
});
