import { afterEach, expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { Instance } from '../domain/entity/instance.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { SnapshotId } from '../domain/shared/ids.ts';
import type { Snapshot } from '../domain/snapshot/snapshot.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { answerQuestion } from './commands/answer-question.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { removeHost } from './commands/hosts/remove-host.ts';
import { updateCloud } from './commands/hosts/update-cloud.ts';
import { setSecret } from './commands/secrets/set-secret.ts';
import { pushSnapshot } from './commands/snapshots/push-snapshot.ts';
import { removeSnapshot } from './commands/snapshots/remove-snapshot.ts';
import { leaveSnapshot, restoreSnapshot } from './commands/snapshots/restore-snapshot.ts';
import { takeSnapshot } from './commands/snapshots/take-snapshot.ts';
import { updateApplication } from './commands/update-application.ts';
import { drainPreview } from './queries/drain-preview.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

const shop = (image = 'web:1') => `
name: shop
location: ${CLOUD}
services:
- type: docker:${image}
  id: web
  brooklyn.config:
    env: { MODE: fast, TOKEN: '$brooklyn:external("local", "token")' }
`;

async function deploy(text = shop()): Promise<Entity> {
  await setSecret(fixture.engine.context, USER, { provider: 'local', name: 'token', secret: 's3cret-text' });
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(5_000);
  const entity = fixture.store.view.entitiesOf(applicationId).find(({ planId }) => planId === 'web');
  if (!entity) throw new Error('not deployed');
  return entity;
}

async function take({ id }: Entity): Promise<Snapshot> {
  const { snapshotId } = await takeSnapshot(fixture.engine.context, USER, { entityId: id, note: 'before', pause: true });
  await fixture.pass(1_000);
  return snapshot(snapshotId);
}

function snapshot(id: SnapshotId): Snapshot {
  const found = fixture.store.view.get('snapshot', id);
  if (!found) throw new Error('no snapshot');
  return found;
}

async function restore(of: Snapshot): Promise<void> {
  await restoreSnapshot(fixture.engine.context, USER, { snapshotId: of.id });
  await fixture.pass(5_000);
}

const now = ({ id }: Pick<Entity, 'id'>): Entity | undefined => fixture.store.view.get('entity', id);
const running = ({ id }: Entity): Instance | undefined => fixture.store.view.instancesOf(id).find(({ state }) => state === 'running');
const machineOf = (hostId: string | undefined) => fixture.machines.find(({ name }) => name === hostId);

it('takes a snapshot of a container where it is, without the texts of its secrets', async () => {
  fixture = await openEngineFixture({ hosts: 2 });
  const web = await deploy();
  const taken = await take(web);
  expect(taken).toMatchObject({ state: 'ready', by: 'ann', note: 'before', takenOf: 'web:1', hostId: running(web)?.hostId });
  expect(taken.secrets).toMatchObject({ variables: ['TOKEN'], read: ['local/token'], files: [] });
  const made = machineOf(taken.hostId)?.commits.get(taken.image);
  expect(made).toMatchObject({ pause: true, blank: { variables: ['TOKEN'] }, labels: { 'io.clocker.name': taken.image } });
  expect(fixture.store.view.get('image', `${taken.hostId}:${taken.image}`)?.how).toBe('snapshot');
  expect(JSON.stringify(taken)).not.toContain('s3cret-text');
});

it('restores the container from it with all else of its spec, and goes back to the image of the blueprint', async () => {
  fixture = await openEngineFixture({ hosts: 3 });
  const web = await deploy();
  const taken = await take(web);
  await restore(taken);
  const restored = running(web);
  expect(restored).toMatchObject({ hostId: taken.hostId, spec: { image: taken.image, env: { MODE: 'fast' } } });
  const container = machineOf(taken.hostId)?.find(restored?.containerName ?? '');
  expect(container?.request.spec.env.TOKEN).toBe('s3cret-text');
  expect([...fixture.store.view.all('task').values()].find(({ name }) => name.startsWith('Restore'))?.status).toBe('done');
  await leaveSnapshot(fixture.engine.context, USER, { entityId: web.id });
  await fixture.pass(5_000);
  expect([running(web)?.spec.image, now(web)?.snapshot]).toEqual(['web:1', undefined]);
});

it('makes another container each time that it is restored', async () => {
  fixture = await openEngineFixture({ hosts: 1 });
  const web = await deploy();
  const taken = await take(web);
  await restore(taken);
  const first = running(web)?.containerName;
  await restore(taken);
  expect(running(web)?.containerName).not.toBe(first);
  expect(running(web)?.spec.image).toBe(taken.image);
});

it('heals from the snapshot, on its host even while that takes no new containers', async () => {
  fixture = await openEngineFixture({ hosts: 2 });
  const web = await deploy();
  const taken = await take(web);
  await restore(taken);
  await fixture.store.commit((draft) => {
    const host = draft.get('host', taken.hostId);
    if (host) draft.put('host', { ...host, cordoned: true });
  });
  const machine = machineOf(taken.hostId);
  const container = machine?.find(running(web)?.containerName ?? '');
  if (machine && container) machine.end(container, 1);
  await fixture.pass(5_000);
  expect(running(web)).toMatchObject({ hostId: taken.hostId, spec: { image: taken.image } });
  expect(running(web)?.containerName).not.toBe(container?.name);
});

it('ends with a generation that asks for another image, and with none that changes something else', async () => {
  fixture = await openEngineFixture({ hosts: 2 });
  const web = await deploy();
  const taken = await take(web);
  await restore(taken);
  const update = async (text: string) => {
    const expectedGeneration = fixture.store.view.get('application', web.applicationId)?.generation ?? 0;
    await updateApplication(fixture.engine.context, USER, { applicationId: web.applicationId, text, expectedGeneration });
    await fixture.pass(10_000);
  };
  await update(shop().replace('MODE: fast', 'MODE: slow'));
  expect(running(web)?.spec).toMatchObject({ image: taken.image, env: { MODE: 'slow' } });
  await update(shop('web:2'));
  expect([running(web)?.spec.image, now(web)?.snapshot]).toEqual(['web:2', undefined]);
});

it('waits for the only host that has it, and says why, until somebody takes it back', async () => {
  fixture = await openEngineFixture({ hosts: 2 });
  const web = await deploy();
  const taken = await take(web);
  await restore(taken);
  machineOf(taken.hostId)?.setReachable(false);
  await fixture.pass(60_000);
  expect(now(web)?.question).toMatchObject({ code: 'snapshot-on-lost-host' });
  await expect(removeHost(fixture.engine.context, { hostId: taken.hostId })).rejects.toMatchObject({ code: 'conflict' });
  await expect(answerQuestion(fixture.engine.context, USER, { entityId: web.id, choice: 'start-empty' })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  await answerQuestion(fixture.engine.context, USER, { entityId: web.id, choice: 'leave-snapshot' });
  await fixture.pass(10_000);
  expect(running(web)).toMatchObject({ spec: { image: 'web:1' } });
  expect(running(web)?.hostId).not.toBe(taken.hostId);
  await removeHost(fixture.engine.context, { hostId: taken.hostId });
  expect(fixture.store.view.get('snapshot', taken.id)).toBeUndefined();
});

it('is pushed only when asked, once its files with secrets were named, and starts anywhere then', async () => {
  fixture = await openEngineFixture({ hosts: 2 });
  const [cloud] = fixture.store.view.all('cloud').values();
  const web = await deploy();
  const taken = await take(web);
  const push = (files: readonly string[]) => pushSnapshot(fixture.engine.context, USER, { snapshotId: taken.id, files });
  await expect(push([])).rejects.toMatchObject({ message: expect.stringContaining('no registry') });
  await updateCloud(fixture.engine.context, { cloudId: cloud?.id ?? ('' as never), imageRegistry: 'registry:5000' });
  await fixture.store.commit((draft) => draft.put('snapshot', { ...taken, secrets: { ...taken.secrets, files: ['/etc/app.conf'] } }));
  await expect(push([])).rejects.toMatchObject({ message: expect.stringContaining('/etc/app.conf') });
  expect(machineOf(taken.hostId)?.calls.get('push')).toBeUndefined();
  await push(['/etc/app.conf']);
  await fixture.pass(1_000);
  expect(snapshot(taken.id).push).toMatchObject({ state: 'done', reference: `registry:5000/${taken.image}` });
  await restore(taken);
  machineOf(taken.hostId)?.setReachable(false);
  await fixture.pass(60_000);
  expect(running(web)).toMatchObject({ spec: { image: taken.image } });
  expect(running(web)?.hostId).not.toBe(taken.hostId);
});

it('is kept while an entity runs from it, and its image is removed with it', async () => {
  fixture = await openEngineFixture({ hosts: 1 });
  const web = await deploy();
  const taken = await take(web);
  const [machine] = fixture.machines;
  await restore(taken);
  const remove = () => removeSnapshot(fixture.engine.context, { snapshotId: taken.id });
  await expect(remove()).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('web') });
  await leaveSnapshot(fixture.engine.context, USER, { entityId: web.id });
  await fixture.pass(5_000);
  await remove();
  await fixture.pass(1_000);
  expect([fixture.store.view.all('snapshot').size, machine?.images.has(taken.image)]).toEqual([0, false]);
});

it('leaves an image alone that has its name and is not ours', async () => {
  fixture = await openEngineFixture({ hosts: 1 });
  const web = await deploy();
  const taken = await take(web);
  const [machine] = fixture.machines;
  machine?.commits.delete(taken.image);
  await removeSnapshot(fixture.engine.context, { snapshotId: taken.id });
  await fixture.pass(1_000);
  expect([fixture.store.view.all('snapshot').size, machine?.images.has(taken.image)]).toEqual([0, true]);
});

it('goes with its application', async () => {
  fixture = await openEngineFixture({ hosts: 1 });
  const web = await deploy();
  const taken = await take(web);
  await restore(taken);
  await deleteApplication(fixture.engine.context, USER, { applicationId: web.applicationId, removeVolumes: false });
  await fixture.pass(30_000);
  expect([fixture.store.view.all('application').size, fixture.store.view.all('snapshot').size]).toEqual([0, 0]);
  expect(fixture.machines[0]?.images.has(taken.image)).toBe(false);
});

it('is neither lost nor taken twice by a crash', async () => {
  fixture = await openEngineFixture({ hosts: 1 });
  const web = await deploy();
  const [machine] = fixture.machines;
  const { snapshotId } = await takeSnapshot(fixture.engine.context, USER, { entityId: web.id, note: '', pause: false });
  await fixture.crash();
  await fixture.pass(5_000);
  expect(snapshot(snapshotId)).toMatchObject({ state: 'ready' });
  const { image } = snapshot(snapshotId);
  const made = machine?.commits.get(image);
  if (made) machine?.commits.set(`${image}.part`, made);
  machine?.images.add(`${image}.part`);
  await fixture.store.commit((draft) => draft.put('snapshot', { ...snapshot(snapshotId), state: 'taking', sizeBytes: null }));
  await fixture.crash();
  await fixture.pass(5_000);
  expect(snapshot(snapshotId)).toMatchObject({ state: 'ready', sizeBytes: expect.any(Number) });
  expect([machine?.calls.get('commit'), machine?.images.has(`${image}.part`)]).toEqual([1, false]);
});

it('stays on its host when that is drained, and says why', async () => {
  fixture = await openEngineFixture({ hosts: 2 });
  const web = await deploy();
  const taken = await take(web);
  await restore(taken);
  const host = fixture.store.view.get('host', taken.hostId);
  const verdicts = host ? drainPreview(fixture.engine.context, fixture.store.view, host).map(({ verdict }) => verdict) : [];
  expect(verdicts).toEqual([{ leaves: false, why: expect.stringContaining('only this host has') }]);
});

it('is of a container, and has to have one', async () => {
  fixture = await openEngineFixture({ hosts: 1 });
  const web = await deploy();
  const entityId = web.parentId ?? web.id;
  const asked = takeSnapshot(fixture.engine.context, USER, { entityId, note: '', pause: true });
  await expect(asked).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('no container') });
});
