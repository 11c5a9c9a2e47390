import { afterEach, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

const installed = (command: string) => `
name: installed
location: ${CLOUD}
services:
- type: dynamic-cluster
  id: web
  initialSize: 3
  memberSpec:
    type: docker:web:1
    brooklyn.config: { install.command: '${command}', launch.command: run --now }
`;

async function deploy(text: string) {
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(10_000);
  return fixture.store.view.entitiesOf(applicationId).flatMap(({ id }) => fixture.store.view.instancesOf(id));
}

it('builds an image once on each host, and anew for another install', async () => {
  fixture = await openEngineFixture({ hosts: 1 });
  const instances = await deploy(installed('make a'));
  const images = new Set(instances.map(({ spec }) => spec.image));
  expect([...images]).toEqual([expect.stringMatching(/^clocker\/docker-container:[0-9a-f]{24}$/)]);
  expect(instances.map(({ state, spec }) => [state, spec.entrypoint])).toEqual(
    Array.from({ length: 3 }, () => ['running', ['/bin/sh', '-c', 'run --now']]),
  );
  const builds = () => [...fixture.store.view.all('task').values()].filter(({ name }) => name.startsWith('Build ')).length;
  expect(builds()).toBe(1);
  await deploy(installed('make a'));
  expect(builds()).toBe(1);
  await deploy(installed('make b'));
  expect(builds()).toBe(2);
});
