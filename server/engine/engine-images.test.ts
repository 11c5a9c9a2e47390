import { afterEach, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId, HostId } from '../domain/shared/ids.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { removeHost } from './commands/hosts/remove-host.ts';
import { removeImages } from './commands/hosts/remove-images.ts';
import { hostImages } from './queries/host-images.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
const HOST = 'host-1' as HostId;
const MINUTE = 60_000;
let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function deploy(image: string, config = ''): Promise<ApplicationId> {
  const text = `name: one\nlocation: ${CLOUD}\nservices: [{ type: "docker:${image}", id: box${config} }]\n`;
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(5_000);
  return applicationId;
}

async function remove(applicationId: ApplicationId): Promise<void> {
  await deleteApplication(fixture.engine.context, USER, { applicationId, removeVolumes: true });
  await fixture.pass(30_000);
}

const shown = async () => {
  const { images, others } = await hostImages(fixture.engine.context, HOST);
  return [images.map(({ name, how, keptBy }) => [name, how, keptBy]), others];
};

it('shows what it has brought to a host, and removes what nothing needs once it is not fresh any more', async () => {
  fixture = await openEngineFixture({ hosts: 1 });
  const [machine] = fixture.machines;
  machine?.images.add('theirs:1');
  const { context } = fixture.engine;
  const used = await deploy('web:1');
  const theirs = await deploy('theirs:1');
  expect(await shown()).toEqual([[['web:1', 'pulled', 'used by box']], 1]);
  await remove(used);
  await remove(theirs);
  expect(await shown()).toEqual([[['web:1', 'pulled', 'came less than 10 minutes ago']], 1]);
  expect(await removeImages(context, USER, { hostId: HOST, names: ['web:1'] })).toMatchObject({ removed: [] });
  await fixture.pass(10 * MINUTE);
  expect(await removeImages(context, USER, { hostId: HOST, names: ['web:1', 'theirs:1'] })).toEqual({
    removed: ['web:1'],
    kept: [{ name: 'theirs:1', reason: 'Clocker has not brought it' }],
  });
  expect([...(machine?.images ?? [])]).toEqual(['theirs:1']);
  expect(await shown()).toEqual([[], 1]);
  // It is pulled again when it is needed again.
  const again = await deploy('web:1');
  expect(fixture.store.view.entitiesOf(again).every(({ actual }) => actual === 'RUNNING')).toBe(true);
});

it('knows what it has built, also under the name of the registry it was pushed to, and forgets it with the host', async () => {
  fixture = await openEngineFixture({ hosts: 1 });
  const { context, store } = { ...fixture.engine, store: fixture.store };
  const [cloud] = store.view.all('cloud').values();
  if (cloud) await store.commit((draft) => draft.put('cloud', { ...cloud, imageRegistry: 'registry:5000' }));
  const [machine] = fixture.machines;
  if (machine) machine.behaviourOf = (image) => ({ unknown: image.startsWith('registry:5000/') });
  await remove(await deploy('web:1', ', brooklyn.config: { install.command: "make a" }'));
  const [images] = await shown();
  expect(images).toEqual([
    [expect.stringMatching(/^clocker\//), 'built', expect.any(String)],
    ['web:1', 'pulled', expect.any(String)],
  ]);
  await fixture.pass(10 * MINUTE);
  const [built] = [...store.view.all('image').values()].filter(({ how }) => how === 'built');
  await removeImages(context, USER, { hostId: HOST, names: [built?.name ?? ''] });
  expect([...(machine?.images ?? [])]).toEqual(['web:1']);
  await removeHost(context, { hostId: HOST });
  expect([...store.view.all('image').keys()]).toEqual([]);
});
