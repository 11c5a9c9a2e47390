import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { docker, ensureTestImage, type OwnDockerd, startOwnDockerd, TEST_IMAGE } from '../testing/real-engine.ts';
import { type RealSshd, startRealSshd } from '../testing/real-sshd.ts';
import { openRealWorld, REAL_CLOUD, type RealWorld } from '../testing/real-world.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { resizeEntity, restartEntity, startEntity, stopEntity } from './commands/entity-effectors.ts';
import { updateApplication } from './commands/update-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let dockerd: OwnDockerd;
let sshd: RealSshd;
let world: RealWorld;
let home: string;

beforeAll(async () => {
  dockerd = await startOwnDockerd();
  sshd = await startRealSshd();
  await ensureTestImage(dockerd.socketPath);
  home = await mkdtemp(path.join(tmpdir(), 'clocker-engine-'));
  world = await openRealWorld({ target: sshd.target, engineSocketPath: dockerd.socketPath, home });
});

afterAll(async () => {
  await world.close();
  await sshd.stop();
  await dockerd.stop();
  await rm(home, { recursive: true, force: true });
});

function blueprint({ size = 3, message = 'one', memory = '64m' }: { size?: number; message?: string; memory?: string } = {}): string {
  return `
name: real
location: ${REAL_CLOUD}
services:
- type: cluster
  id: web
  brooklyn.config:
    cluster.initial.size: ${size}
    dynamiccluster.memberspec:
      $brooklyn:entitySpec:
        type: docker:${TEST_IMAGE}
        brooklyn.config:
          docker.container.openPorts: [80]
          docker.memory: ${memory}
          stopTimeout: 1s
          docker.image.commands: [sh, -c, "trap 'exit 0' TERM; httpd -f -p 80 -h /www & wait"]
          docker.container.files:
            /www/index.html: "${message}"
`;
}

async function names(all = false): Promise<readonly string[]> {
  const listed = await docker(dockerd.socketPath, [
    'ps',
    '--filter',
    'label=io.clocker.plane',
    '--format',
    '{{.Names}}',
    ...(all ? ['-a'] : []),
  ]);
  return listed.split('\n').filter(Boolean).sort();
}

function rootState(applicationId: ApplicationId): string | undefined {
  const { view } = world.open.store;
  return view.get('entity', view.get('application', applicationId)?.rootId ?? '')?.actual;
}

function cluster(applicationId: ApplicationId) {
  const found = world.open.store.view.entitiesOf(applicationId).find((entity) => entity.size !== null);
  if (!found) throw new Error('no cluster');
  return found;
}

async function taskEnds(taskId: string): Promise<void> {
  const { view } = world.open.store;
  await world.until('the task ends', () => view.get('task', taskId)?.status !== 'running');
  expect(view.get('task', taskId)).toMatchObject({ status: 'done', error: null });
}

describe('engine on a real host', () => {
  let applicationId: ApplicationId;

  it('deploys a cluster that answers on its ports', async () => {
    const deployed = await deployApplication(world.engine.context, USER, { text: blueprint() });
    applicationId = deployed.applicationId;
    await taskEnds(deployed.taskId);
    expect(rootState(applicationId)).toBe('RUNNING');
    expect(await names()).toHaveLength(3);
    for (const instance of world.open.store.view.all('instance').values()) {
      const answer = await fetch(`http://127.0.0.1:${instance.ports[0]?.host}/`);
      expect(await answer.text()).toBe('one');
    }
  });

  it('heals a container whose process is killed, on the same port', async () => {
    const before = await names();
    const [victim] = [...world.open.store.view.all('instance').values()];
    const startedAt = performance.now();
    await docker(dockerd.socketPath, ['kill', victim?.containerName ?? '']);
    await world.until('another incarnation runs', () =>
      [...world.open.store.view.all('instance').values()].some((one) => one.incarnation === 2 && one.state === 'running'),
    );
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    await world.until(
      'it is ready and the dead one is gone',
      () => rootState(applicationId) === 'RUNNING' && world.open.store.view.all('instance').size === 3,
    );
    const after = [...world.open.store.view.all('instance').values()].find((one) => one.incarnation === 2);
    expect(after?.ports).toEqual(victim?.ports);
    expect(await names(true)).toHaveLength(before.length);
  });

  it('heals a container that somebody removes', async () => {
    const [victim] = await names();
    await docker(dockerd.socketPath, ['rm', '-f', victim ?? '']);
    await world.until('it is replaced', () => {
      const rows = [...world.open.store.view.all('instance').values()];
      return rows.length === 3 && rows.every((one) => one.state === 'running' && one.ready && one.containerName !== victim);
    });
    expect(await names(true)).toHaveLength(3);
  });

  it('grows and shrinks', async () => {
    const entityId = cluster(applicationId).id;
    await taskEnds((await resizeEntity(world.engine.context, USER, { entityId, size: 5 })).taskId);
    expect(await names()).toHaveLength(5);
    await taskEnds((await resizeEntity(world.engine.context, USER, { entityId, size: 2 })).taskId);
    expect(await names(true)).toHaveLength(2);
  });

  it('changes the memory limit in place and replaces containers whose files change', async () => {
    const before = await names();
    await updateApplication(world.engine.context, USER, {
      applicationId,
      text: blueprint({ size: 3, memory: '96m' }),
      expectedGeneration: 1,
    });
    const rolloutEnds = (generation: number) =>
      world.until('the rollout ends', () => {
        const rollouts = [...world.open.store.view.all('rollout').values()];
        return rollouts.some((one) => one.to === generation && one.state === 'done');
      });
    await rolloutEnds(2);
    expect(await names()).toEqual(before);
    const limit = await docker(dockerd.socketPath, ['inspect', '--format', '{{.HostConfig.Memory}}', before[0] ?? '']);
    expect(limit).toBe(String(96 * 1024 ** 2));
    await updateApplication(world.engine.context, USER, {
      applicationId,
      text: blueprint({ size: 3, memory: '96m', message: 'two' }),
      expectedGeneration: 2,
    });
    await rolloutEnds(3);
    for (const instance of world.open.store.view.all('instance').values()) {
      expect(await (await fetch(`http://127.0.0.1:${instance.ports[0]?.host}/`)).text()).toBe('two');
    }
  });

  it('stops, starts and restarts the same containers', async () => {
    const { id: entityId } = cluster(applicationId);
    const before = await names();
    await taskEnds((await stopEntity(world.engine.context, USER, { entityId })).taskId);
    expect(await names()).toEqual([]);
    await taskEnds((await startEntity(world.engine.context, USER, { entityId })).taskId);
    await taskEnds((await restartEntity(world.engine.context, USER, { entityId })).taskId);
    expect(await names()).toEqual(before);
  });

  it('leaves containers alone when its process ends and begins again', async () => {
    const list = () => docker(dockerd.socketPath, ['ps', '-q', '--filter', 'label=io.clocker.plane']);
    const before = await list();
    await world.close();
    world = await openRealWorld({ target: sshd.target, engineSocketPath: dockerd.socketPath, home });
    await world.until(
      'it runs',
      () => rootState(applicationId) === 'RUNNING' && world.open.store.view.get('host', 'host-1')?.state === 'ready',
    );
    await world.engine.context.queue.idle();
    expect(await list()).toBe(before);
  });

  it('deletes everything and leaves containers of others alone', async () => {
    await docker(dockerd.socketPath, ['run', '-d', '--name', 'theirs', TEST_IMAGE, 'sleep', '600']);
    await taskEnds((await deleteApplication(world.engine.context, USER, { applicationId, removeVolumes: true })).taskId);
    expect(await names(true)).toEqual([]);
    expect(await docker(dockerd.socketPath, ['ps', '--filter', 'name=theirs', '--format', '{{.Names}}'])).toBe('theirs');
    for (const kind of ['application', 'entity', 'instance', 'lease', 'decision'] as const) {
      expect([...world.open.store.view.all(kind).values()]).toEqual([]);
    }
  });
});
