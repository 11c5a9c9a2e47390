import { afterEach, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;
let application: ApplicationId;

afterEach(() => fixture.stop());

const blueprint = (location: string): string => `
name: pair
location: ${location}
services:
- type: brooklyn.entity.basic.SameServerEntity
  id: together
  name: together
  brooklyn.children:
  - { type: 'docker:web:1', id: web, name: web }
  - type: cluster
    id: pool
    initialSize: 3
    memberSpec: { type: 'docker:db:1', name: db }
- { type: 'docker:other:1', id: other, name: other }
`;

const find = (name: string) => fixture.store.view.entitiesOf(application).find((entity) => entity.name === name);

function hostOf(name: string): string | undefined {
  const { instanceId } = find(name) ?? {};
  return fixture.store.view.get('instance', instanceId ?? '')?.hostId;
}

it('has all that is below it on one host, also what comes later, and says which', async () => {
  fixture = await openEngineFixture({ strategies: [{ strategy: 'breadth-first', config: {} }] });
  application = (await deployApplication(fixture.engine.context, USER, { text: blueprint(CLOUD) })).applicationId;
  await fixture.pass(8_000);
  const host = hostOf('web');
  expect([host, hostOf('db-1'), hostOf('db-2'), hostOf('db-3')]).toEqual(Array(4).fill(host));
  expect(hostOf('other')).not.toBe(host);
  expect(find('together')).toMatchObject({ actual: 'RUNNING', sensors: { 'host.name': host } });
  fixture.machines.find(({ name }) => name === host)?.setReachable(false);
  await fixture.pass(90_000);
  const next = hostOf('web');
  expect(next).not.toBe(host);
  expect([hostOf('db-1'), hostOf('db-2'), hostOf('db-3')]).toEqual([next, next, next]);
});

it('refuses that processes share a machine, which is for one', async () => {
  fixture = await openEngineFixture();
  const text = blueprint('localhost').replaceAll(/docker:(web|db|other):1/g, 'vanilla-process');
  await expect(deployApplication(fixture.engine.context, USER, { text })).rejects.toMatchObject({
    message: expect.stringContaining('share a host'),
  });
});
