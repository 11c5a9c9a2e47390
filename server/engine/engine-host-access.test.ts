import { afterEach, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function deploy(text: string, hostAccess: boolean) {
  fixture = await openEngineFixture({ hosts: 2 });
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text, parts: { hostAccess } });
  await fixture.pass(10_000);
  return fixture.store.view.entitiesOf(applicationId).find(({ planId }) => planId === 'agent');
}

const agent = (config: string) => `
name: agents
location: ${CLOUD}
services:
- type: docker:agent:1
  id: agent
  ${config}
`;

it('refuses what reaches the host, and makes it where that is allowed', async () => {
  const text = agent('volumes: ["/srv/data:/data"]');
  await expect(deploy(text, false)).rejects.toMatchObject({ code: 'blueprint.invalid', message: expect.stringContaining('/srv/data') });
  await fixture.stop();
  const entity = await deploy(text, true);
  const instance = fixture.store.view.get('instance', entity?.instanceId ?? '');
  expect(instance?.spec.options?.hostFolders).toEqual([{ source: '/srv/data', path: '/data', readOnly: false }]);
  expect([entity?.actual, entity?.dataHostId]).toEqual(['RUNNING', instance?.hostId]);
});

it('makes nothing of a value that turns out to reach the host and was not allowed', async () => {
  const entity = await deploy(agent('volumes: [\'$brooklyn:formatString("%s:/x", "/etc")\']'), false);
  expect(entity?.instanceId).toBeNull();
  expect(JSON.stringify(entity?.problems)).toContain('was not allowed');
});
