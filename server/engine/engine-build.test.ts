import { afterEach, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import { ClockerError } from '../domain/shared/clocker-error.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { updateCloud } from './commands/hosts/update-cloud.ts';
import { setSecret } from './commands/secrets/set-secret.ts';

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

it('has the registry of the cloud between hosts: one builds and pushes, the others pull', async () => {
  fixture = await openEngineFixture({ hosts: 3 });
  const pushed = () =>
    [...fixture.store.view.all('task').values()].some(({ name, status }) => name.startsWith('Push ') && status === 'done');
  for (const machine of fixture.machines) machine.behaviourOf = (image) => ({ unknown: image.startsWith('registry:5000/') && !pushed() });
  const [cloud] = fixture.store.view.all('cloud').values();
  await updateCloud(fixture.engine.context, { cloudId: cloud?.id ?? ('' as never), imageRegistry: 'registry:5000' });
  const one = installed('make a').replace('initialSize: 3', 'initialSize: 1');
  const first = await deploy(one);
  const second = await deploy(one.replace('name: installed', 'name: other'));
  const names = [...fixture.store.view.all('task').values()].map(({ name }) => name.split(' ')[0]);
  expect([first[0]?.state, second[0]?.state]).toEqual(['running', 'running']);
  expect(second[0]?.hostId).not.toBe(first[0]?.hostId);
  expect(['Build', 'Push'].map((word) => names.filter((name) => name === word).length)).toEqual([1, 1]);
});

it('starts a container while its image is still being pushed, and pushes again what a crash has broken off', async () => {
  fixture = await openEngineFixture({ hosts: 1 });
  const [machine] = fixture.machines;
  if (!machine) throw new Error('there is no machine');
  machine.behaviourOf = (image) => ({ unknown: image.startsWith('registry:5000/') });
  const call = machine.call.bind(machine);
  let pushes = 0;
  machine.call = (name, work) => {
    if (name === 'push') pushes += 1;
    return name === 'push' && pushes === 1 ? new Promise(() => undefined) : call(name, work);
  };
  const [cloud] = fixture.store.view.all('cloud').values();
  await updateCloud(fixture.engine.context, { cloudId: cloud?.id ?? ('' as never), imageRegistry: 'registry:5000' });
  const instances = await deploy(installed('make a').replace('initialSize: 3', 'initialSize: 1'));
  const image = () => [...fixture.store.view.all('image').values()].find(({ how }) => how === 'built');
  expect([instances[0]?.state, pushes, image()?.unpushed]).toEqual(['running', 1, `registry:5000/${instances[0]?.spec.image}`]);
  await fixture.crash();
  await fixture.pass(1_000);
  expect([pushes, image()?.unpushed]).toEqual([2, undefined]);
  await fixture.crash();
  await fixture.pass(60_000);
  expect(pushes).toBe(2);
});

it('gives up a push that the registry refuses, and runs all the same', async () => {
  fixture = await openEngineFixture({ hosts: 1 });
  const [machine] = fixture.machines;
  if (!machine) throw new Error('there is no machine');
  machine.behaviourOf = (image) => ({ unknown: image.startsWith('registry:5000/') });
  const call = machine.call.bind(machine);
  machine.call = (name, work) =>
    name === 'push' ? Promise.reject(new ClockerError('image.push-failed', { message: 'denied', retryable: true })) : call(name, work);
  const [cloud] = fixture.store.view.all('cloud').values();
  await updateCloud(fixture.engine.context, { cloudId: cloud?.id ?? ('' as never), imageRegistry: 'registry:5000' });
  const instances = await deploy(installed('make a'));
  await fixture.pass(60_000);
  const pushes = [...fixture.store.view.all('task').values()].filter(({ name }) => name.startsWith('Push '));
  expect(instances.map(({ state }) => state)).toEqual(['running', 'running', 'running']);
  expect(pushes.map(({ status, error }) => [status, error?.message])).toEqual([['failed', 'denied']]);
});

it('keeps a secret out of an image', async () => {
  fixture = await openEngineFixture({ hosts: 1 });
  await setSecret(fixture.engine.context, USER, { provider: 'local', name: 'token', secret: 's3cret-text' });
  const instances = await deploy(
    installed('make a').replace('install.command:', `shell.env: { TOKEN: '$brooklyn:external("local", "token")' }, install.command:`),
  );
  expect(instances).toEqual([]);
  const problems = [...fixture.store.view.all('entity').values()].map(({ waitingFor }) => waitingFor).join();
  expect(problems).toContain('holds a secret');
});

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
