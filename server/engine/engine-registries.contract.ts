import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId, CloudId, EntityId } from '../domain/shared/ids.ts';
import { docker, sharedEngine } from '../testing/real-engine.ts';
import { REGISTRY_LOGIN, type RealRegistry, startRealRegistry } from '../testing/real-registry.ts';
import { type RealSshd, startRealSshd } from '../testing/real-sshd.ts';
import { openRealWorld, REAL_CLOUD, type RealWorld } from '../testing/real-world.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { updateCloud } from './commands/hosts/update-cloud.ts';
import { checkRegistry } from './commands/registries/check-registry.ts';
import { removeRegistry } from './commands/registries/remove-registry.ts';
import { setRegistry } from './commands/registries/set-registry.ts';
import { pushSnapshot } from './commands/snapshots/push-snapshot.ts';
import { restoreSnapshot } from './commands/snapshots/restore-snapshot.ts';
import { takeSnapshot } from './commands/snapshots/take-snapshot.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
/** Ends at once when it is told to. */
const COMMAND = `command: [sh, -c, "trap 'exit 0' TERM; sleep 600 & wait"]`;
let socketPath: string;
let sshd: RealSshd;
let world: RealWorld;
let registry: RealRegistry;
let image: string;

beforeAll(async () => {
  socketPath = await sharedEngine();
  [sshd, registry] = await Promise.all([startRealSshd(), startRealRegistry({ wantsLogin: true })]);
  image = await registry.push(socketPath, 'library/private-web:1', 1_000);
  world = await openRealWorld({ target: sshd.target, engineSocketPath: socketPath });
  await world.until('the host is ready', () => world.engine.context.hosts.ready('host-1' as never) !== undefined);
});

afterAll(async () => {
  await world.close();
  await Promise.all([sshd.stop(), registry.stop()]);
});

async function deploy(service: string): Promise<ApplicationId> {
  const text = `name: private\nservices:\n- ${service}\n`;
  const { applicationId } = await deployApplication(world.engine.context, USER, { text, location: REAL_CLOUD });
  return applicationId;
}

const entityOf = (applicationId: ApplicationId): Entity | undefined =>
  world.open.store.view.entitiesOf(applicationId).find(({ type }) => type === 'docker-container');
const running = (applicationId: ApplicationId) => world.until('it runs', () => entityOf(applicationId)?.actual === 'RUNNING', 20_000);
const problemsOf = (applicationId: ApplicationId): string => JSON.stringify(entityOf(applicationId)?.problems ?? {});

async function remove(applicationId: ApplicationId, ...images: readonly string[]): Promise<void> {
  await deleteApplication(world.engine.context, USER, { applicationId, removeVolumes: true });
  await world.until('it is gone', () => world.open.store.view.get('application', applicationId) === undefined);
  for (const name of images) await docker(socketPath, ['image', 'rm', name]);
}

describe('a registry that wants a login', () => {
  it('is told of by who needs it; with the right login the container starts by itself', async () => {
    const { context } = world.engine;
    const { username, password } = REGISTRY_LOGIN;
    const applicationId = await deploy(`{ type: "docker:${image}", id: web, ${COMMAND} }`);
    await world.until('it says why', () => problemsOf(applicationId).includes('no basic auth credentials'));
    expect(problemsOf(applicationId)).toContain('could not pull');

    await setRegistry(context, USER, { address: registry.address, username, password: 'wrong horse' });
    await world.until('it says who', () => /unauthorized|authentication required/.test(problemsOf(applicationId)));
    const [seen] = await checkRegistry(context, registry.address);
    expect(seen).toMatchObject({ host: sshd.target.name, error: { code: 'registry.login-failed', retryable: false } });
    expect(seen?.error?.message).toContain(`${registry.address} refuses ada`);

    await setRegistry(context, USER, { address: registry.address, username, password });
    await running(applicationId);
    expect((await checkRegistry(context, registry.address))[0]?.error).toBeNull();
    expect(JSON.stringify([...world.open.store.view.all('registry').values()])).not.toContain(password);
    await remove(applicationId, image);
  });

  it('stands for another: images come from there under their own names, also by digest and as the base of a build', async () => {
    const { context } = world.engine;
    await setRegistry(context, USER, { address: registry.address, username: REGISTRY_LOGIN.username, insteadOf: ['docker.io'] });
    const plain = await deploy(`{ type: "docker:private-web:1", id: web, ${COMMAND} }`);
    await running(plain);
    const [digest = ''] = JSON.parse(await docker(socketPath, ['image', 'inspect', '--format', '{{json .RepoDigests}}', 'private-web:1']));
    await remove(plain, 'private-web:1', image);

    const built = await deploy(
      `{ type: "docker:private-web:1", id: web, ${COMMAND}, brooklyn.config: { install.command: "echo ${image} > /made" } }`,
    );
    await running(built);
    const made = world.open.store.view.get('instance', entityOf(built)?.instanceId ?? '')?.spec.image ?? '';
    await remove(built, made, 'private-web:1', image);

    const exact = await deploy(`{ type: "docker:private-web@${digest.split('@')[1]}", id: web, ${COMMAND} }`);
    await running(exact);
    await remove(exact);
    await removeRegistry(context, registry.address);
  });
});

describe('a snapshot', () => {
  it('is pushed with the login of the registry, and a host that does not have it fetches it from there', async () => {
    const { context } = world.engine;
    const { view } = world.open.store;
    await setRegistry(context, USER, { address: registry.address, ...REGISTRY_LOGIN });
    const [cloud] = view.all('cloud').values();
    await updateCloud(context, { cloudId: cloud?.id as CloudId, imageRegistry: `${registry.address}/library` });
    const applicationId = await deploy(`{ type: "docker:${image}", id: web, ${COMMAND}, env: { TOKEN: hunter2-text } }`);
    await running(applicationId);
    const entityId = entityOf(applicationId)?.id as EntityId;
    const container = () => view.instancesOf(entityId).find(({ state }) => state === 'running')?.containerName ?? '';
    await docker(socketPath, ['exec', container(), 'sh', '-c', 'echo kept > /kept']);
    const { snapshotId } = await takeSnapshot(context, USER, { entityId, note: '', pause: true });
    const snapshot = () => view.get('snapshot', snapshotId);
    await world.until('it is taken', () => snapshot()?.state === 'ready', 30_000);
    await pushSnapshot(context, USER, { snapshotId, files: [] });
    await world.until('it is pushed', () => snapshot()?.push?.state === 'done', 30_000);
    const names = [snapshot()?.image ?? '', snapshot()?.push?.reference ?? ''];
    expect(await docker(socketPath, ['image', 'inspect', ...names])).not.toContain('hunter2-text');
    await docker(socketPath, ['image', 'rm', ...names]);

    const { taskId } = await restoreSnapshot(context, USER, { snapshotId });
    await world.until('it runs from it', () => view.get('task', taskId)?.status === 'done', 60_000);
    const words = await docker(socketPath, ['exec', container(), 'sh', '-c', 'cat /kept; echo $TOKEN']);
    expect(words.split('\n')).toEqual(['kept', 'hunter2-text']);
    await remove(applicationId, image);
    await world.until('the snapshot goes with its application', () => snapshot() === undefined, 30_000);
    expect(await docker(socketPath, ['images', '--quiet', names[0] ?? ''])).toBe('');
    await removeRegistry(context, registry.address);
  });
});

describe('what is kept of a registry', () => {
  it.each([
    [{ address: 'https://ghcr.io' }, 'is no registry'],
    [{ address: 'ghcr.io' }, 'Nothing is said'],
    [{ address: 'ghcr.io', username: 'x' }, 'has no password'],
    [{ address: 'ghcr.io', password: 'x' }, 'without a user'],
    [{ address: 'ghcr.io', insteadOf: ['nginx:latest'] }, 'no beginning'],
    [{ address: 'ghcr.io', insteadOf: ['mysql:5'] }, 'no beginning'],
    [{ address: 'ghcr.io', insteadOf: ['ghcr.io'] }, 'cannot stand for itself'],
    [{ address: 'ghcr.io', insteadOf: ['acme', 'docker.io/acme'] }, 'are the same'],
  ])('is refused where it cannot be right: %j', async (input, words) => {
    await expect(setRegistry(world.engine.context, USER, input)).rejects.toMatchObject({
      code: 'input.invalid',
      message: expect.stringContaining(words),
    });
  });

  it('is refused where another stands for the same names', async () => {
    const { context } = world.engine;
    await setRegistry(context, USER, { address: 'a.local', insteadOf: ['docker.io'] });
    await expect(setRegistry(context, USER, { address: 'b.local', insteadOf: ['docker.io'] })).rejects.toMatchObject({ code: 'conflict' });
    await removeRegistry(context, 'a.local');
    await expect(removeRegistry(context, 'a.local')).rejects.toMatchObject({ code: 'not-found' });
  });
});
