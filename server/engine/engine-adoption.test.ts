import { afterEach, describe, expect, it } from 'vitest';
import type { SimulatedContainer } from '../adapters/simulated/simulated-machine.ts';
import type { AdoptionSource } from '../domain/adoption/plan-adoption.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { Instance } from '../domain/entity/instance.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId, HostId } from '../domain/shared/ids.ts';
import { type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { runForeign, runProject } from '../testing/foreign-project.ts';
import { type Adoption, readAdoption } from './adoption/read-adoption.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { resizeEntity, restartEntity, startEntity, stopEntity } from './commands/entity-effectors.ts';
import { adoptContainers } from './commands/hosts/adopt-containers.ts';
import { previewRelease, releaseApplication } from './commands/release-application.ts';
import { updateApplication } from './commands/update-application.ts';
import { previewDeletion } from './queries/deletion-preview.ts';
import { foreignContainers } from './queries/foreign-containers.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
const HOST = 'host-1' as HostId;
const BLOG: AdoptionSource = { kind: 'project', name: 'blog' };
const WEB: AdoptionSource = { kind: 'container', name: 'web' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

const machine = () => {
  const [first] = fixture.machines;
  if (!first) throw new Error('no machine');
  return first;
};
const look = (source: AdoptionSource, name?: string): Promise<Adoption> =>
  readAdoption(fixture.engine.context, { hostId: HOST, source, name });
const entityOf = (planId: string): Entity[] =>
  [...fixture.store.view.all('entity').values()].filter((one) => one.planId === planId || one.path === planId);
const instances = (): readonly Instance[] => [...fixture.store.view.all('instance').values()];
const calls = () =>
  Object.fromEntries(
    ['create', 'start', 'stop', 'remove', 'volume-remove', 'network-remove'].map((call) => [call, machine().calls.get(call) ?? 0]),
  );
const still = ({ id, status, starts }: SimulatedContainer) => ({ id, status, starts });

async function adopt(source: AdoptionSource, name?: string): Promise<ApplicationId> {
  const { members } = await look(source, name);
  const containerIds = members.map(({ container }) => container.id);
  const { applicationId } = await adoptContainers(fixture.engine.context, USER, { hostId: HOST, source, name, containerIds });
  await fixture.pass(5_000);
  return applicationId;
}

async function open(hosts = 1): Promise<void> {
  fixture = await openEngineFixture({ hosts });
}

function rootOf(applicationId: ApplicationId): Entity | undefined {
  return fixture.store.view.get('entity', fixture.store.view.get('application', applicationId)?.rootId ?? '');
}

async function update(applicationId: ApplicationId, change: (text: string) => string): Promise<void> {
  const generation = fixture.store.view.get('generation', `${applicationId}:1`);
  const text = change(generation?.text ?? '');
  await updateApplication(fixture.engine.context, USER, { applicationId, text, parts: generation?.parts, expectedGeneration: 1 });
  await fixture.pass(60_000);
}

describe('engine, adoption', () => {
  it('makes a Compose project an application whose containers are those that ran, and does nothing on the host', async () => {
    await open();
    const containers = runProject(machine());
    await fixture.pass(5_000);
    const before = calls();
    const applicationId = await adopt(BLOG);
    expect(rootOf(applicationId)?.actual).toBe('RUNNING');
    expect(calls()).toEqual(before);
    expect(
      instances()
        .map(({ containerId }) => containerId)
        .sort(),
    ).toEqual(containers.map(({ id }) => id).sort());
    expect(entityOf('web')[0]?.size).toBe(2);
    const [db] = entityOf('db');
    expect(db?.sensors).toMatchObject({
      'service.isUp': true,
      'docker.container.id': containers[0]?.id,
      'docker.container.name': 'blog-db-1',
    });
    expect(db?.dataHostId).toBe(HOST);
    expect(fixture.store.view.get('host', HOST)?.foreignContainers).toBe(0);
    expect(fixture.store.view.all('image').size + fixture.store.view.all('volume').size + fixture.store.view.all('network').size).toBe(0);
    expect(fixture.store.view.get('lease', `port:${HOST}:tcp:8081`)).toBeDefined();
    expect(await foreignContainers(fixture.engine.context, HOST)).toEqual([]);
  });

  it('knows them again after a crash, and makes none twice', async () => {
    await open();
    const containers = runProject(machine());
    await adopt(BLOG);
    const before = calls();
    await fixture.crash();
    await fixture.pass(60_000);
    expect(machine().running().map(still)).toEqual(containers.map(still));
    expect(calls()).toEqual(before);
    expect(instances().every(({ state, ready }) => state === 'running' && ready)).toBe(true);
  });

  it('starts the very container again when it dies', async () => {
    await open();
    const container = runForeign(machine(), { name: 'web' });
    await adopt(WEB);
    machine().end(container, 1);
    await fixture.pass(5_000);
    expect(still(container)).toEqual({ id: container.id, status: 'running', starts: 2 });
    expect(machine().containers.size).toBe(1);
    expect(instances()).toMatchObject([{ state: 'running', ready: true, incarnation: 1 }]);
    expect(entityOf('web')[0]?.crash.failures).toBe(1);
  });

  it('makes a container of its own when that one is gone, and never takes another of its name for it', async () => {
    await open();
    const container = runForeign(machine(), { name: 'web', port: { container: 80, host: 8_080, protocol: 'tcp' } });
    await adopt(WEB);
    machine().remove(container);
    const impostor = machine().addForeign('web');
    const namesake = machine().addForeign(container.id);
    await fixture.pass(10_000);
    const [row] = instances();
    expect(row?.adopted).toBeUndefined();
    expect(row?.containerName).toMatch(/^ck-plane1-.*-2$/);
    expect(row?.ports).toMatchObject([{ host: 8_080 }]);
    expect([still(impostor), still(namesake)]).toMatchObject([
      { status: 'running', starts: 1 },
      { status: 'running', starts: 1 },
    ]);
    expect((await foreignContainers(fixture.engine.context, HOST)).map(({ name }) => name)).toEqual([container.id, 'web']);
    const { applicationId } = row ?? {};
    await deleteApplication(fixture.engine.context, USER, { applicationId: applicationId as ApplicationId, removeVolumes: true });
    await fixture.pass(20_000);
    expect(
      machine()
        .running()
        .map(({ name }) => name)
        .sort(),
    ).toEqual([container.id, 'web'].sort());
  });

  it('is told of it by events that name its id, not by those of another of its name', async () => {
    await open();
    const container = runForeign(machine(), { name: 'web' });
    await adopt(WEB);
    const { hosts } = fixture.engine;
    const before = hosts.counters.changesByEvent;
    machine().end(container, 0);
    await fixture.pass(2_000);
    expect(hosts.counters.changesByEvent).toBeGreaterThan(before);
  });

  it('stops, starts and restarts the very container', async () => {
    await open();
    const container = runForeign(machine(), { name: 'web' });
    await adopt(WEB);
    const [web] = entityOf('web');
    if (!web) throw new Error('no entity');
    await stopEntity(fixture.engine.context, USER, { entityId: web.id });
    await fixture.pass(5_000);
    expect(container.status).toBe('exited');
    await startEntity(fixture.engine.context, USER, { entityId: web.id });
    await fixture.pass(5_000);
    expect(still(container)).toMatchObject({ status: 'running', starts: 2 });
    await restartEntity(fixture.engine.context, USER, { entityId: web.id });
    await fixture.pass(5_000);
    expect(still(container)).toMatchObject({ status: 'running', starts: 3 });
    expect(machine().containers.size).toBe(1);
  });

  it('recreates it with a changed blueprint, on the same volume and network, which stay the host’s', async () => {
    await open();
    const [db] = runProject(machine());
    const applicationId = await adopt(BLOG);
    await update(applicationId, (text) => text.replace('docker:postgres:16', 'docker:postgres:17'));
    const [entity] = entityOf('db');
    const row = fixture.store.view.get('instance', entity?.instanceId ?? '');
    expect([entity?.actual, row?.adopted, row?.spec.image]).toEqual(['RUNNING', undefined, 'postgres:17']);
    const made = machine().find(row?.containerName ?? '');
    expect(made?.request.volumeNames).toEqual({ data: 'blog_data' });
    expect(made?.request.networkNames).toEqual({ default: 'blog_default' });
    expect(made?.request.spec.networks?.[0]?.aliases).toEqual(expect.arrayContaining(['db', 'blog-db-1']));
    expect(machine().containers.has(db?.id ?? '')).toBe(false);
    await deleteApplication(fixture.engine.context, USER, { applicationId, removeVolumes: true });
    await fixture.pass(30_000);
    expect(machine().containers.size).toBe(0);
    expect([[...machine().volumes.keys()], [...machine().networks.keys()]]).toEqual([['blog_data'], ['blog_default']]);
  });

  it('grows a cluster of adopted containers by containers of its own, on the host that has their network', async () => {
    await open(3);
    const containers = runProject(machine(), { published: false });
    const applicationId = await adopt(BLOG);
    const [web] = entityOf('web');
    if (!web) throw new Error('no cluster');
    await resizeEntity(fixture.engine.context, USER, { entityId: web.id, size: 3 });
    await fixture.pass(20_000);
    const members = fixture.store.view.childrenOf(web.id);
    expect(members.map(({ actual }) => actual)).not.toContain('ON_FIRE');
    expect(instances().filter(({ adopted }) => adopted)).toHaveLength(3);
    expect(containers.map(still)).toMatchObject(containers.map(({ id }) => ({ id, status: 'running', starts: 1 })));
    expect(new Set(instances().map(({ hostId }) => hostId))).toEqual(new Set([HOST]));
    expect(rootOf(applicationId)?.goal).toBe('running');
  });

  it('removes them when the application is deleted, and says so before; others are left alone', async () => {
    await open();
    runProject(machine());
    const other = machine().addForeign('other');
    const applicationId = await adopt(BLOG);
    const preview = previewDeletion(fixture.store.view, applicationId);
    expect(preview.containers.map(({ name, adopted }) => [name, adopted])).toEqual([
      ['blog-db-1', true],
      ['blog-web-1', true],
      ['blog-web-2', true],
    ]);
    await deleteApplication(fixture.engine.context, USER, { applicationId, removeVolumes: false });
    await fixture.pass(30_000);
    expect([...machine().containers.keys()]).toEqual([other.id]);
    expect(still(other)).toMatchObject({ status: 'running', starts: 1 });
    expect(fixture.store.view.all('lease').size).toBe(0);
  });

  it('gives them back: they run on, and are foreign again', async () => {
    await open();
    const containers = runProject(machine());
    const applicationId = await adopt(BLOG);
    const before = calls();
    await releaseApplication(fixture.engine.context, USER, { applicationId });
    await fixture.pass(60_000);
    expect(machine().running().map(still)).toEqual(containers.map(still));
    expect(calls()).toEqual(before);
    const left = (['application', 'entity', 'instance', 'lease', 'generation'] as const).map((kind) => fixture.store.view.all(kind).size);
    expect(left).toEqual([0, 0, 0, 0, 0]);
    expect(fixture.store.view.get('host', HOST)?.foreignContainers).toBe(3);
    await adopt(BLOG);
    expect(instances()).toHaveLength(3);
  });

  it('does not give back what holds a container of Clocker', async () => {
    await open();
    runProject(machine());
    const applicationId = await adopt(BLOG);
    await update(applicationId, (text) => text.replace('docker:postgres:16', 'docker:postgres:17'));
    expect(previewRelease(fixture.engine.context, fixture.store.view, applicationId).blockers).toEqual([
      expect.stringMatching(/^db runs in ck-plane1-.* which Clocker made\.$/),
    ]);
    await expect(releaseApplication(fixture.engine.context, USER, { applicationId })).rejects.toMatchObject({ code: 'conflict' });
    expect(fixture.store.view.get('application', applicationId)).toBeDefined();
  });

  it('adopts nothing but what was shown', async () => {
    await open();
    runProject(machine());
    const containerIds = (await look(BLOG)).members.map(({ container }) => container.id).slice(1);
    const asked = adoptContainers(fixture.engine.context, USER, { hostId: HOST, source: BLOG, containerIds });
    await expect(asked).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('other containers') });
    expect(fixture.store.view.all('application').size).toBe(0);
  });

  it('tells why it cannot be: a name or a port that is taken, one that is ours, none at all', async () => {
    await open();
    runProject(machine());
    runForeign(machine(), { name: 'late', port: { container: 80, host: 9_000, protocol: 'tcp' } });
    await fixture.store.commit((draft) => draft.put('lease', { id: `port:${HOST}:tcp:9000`, ownerId: 'somebody', at: 0 }));
    const errorsOf = async (source: AdoptionSource, name?: string) =>
      (await look(source, name)).findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    expect(await errorsOf({ kind: 'container', name: 'late' })).toEqual([
      'late: port 9000/tcp of host-1 is leased to a container of Clocker.',
    ]);
    await adopt(BLOG);
    await expect(look(BLOG)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('already') });
    await expect(look({ kind: 'container', name: 'nobody' })).rejects.toMatchObject({ code: 'not-found' });
    runForeign(machine(), { name: 'more' });
    expect(await errorsOf({ kind: 'container', name: 'more' }, 'blog')).toEqual(['There is an application blog already.']);
  });
});
