import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdoptionSource } from '../domain/adoption/plan-adoption.ts';
import type { Instance } from '../domain/entity/instance.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId, HostId } from '../domain/shared/ids.ts';
import { composeLabels } from '../testing/foreign-project.ts';
import { docker, sharedEngine, TEST_IMAGE } from '../testing/real-engine.ts';
import { freePort, type RealSshd, startRealSshd } from '../testing/real-sshd.ts';
import { openRealWorld, type RealWorld } from '../testing/real-world.ts';
import { type Adoption, readAdoption } from './adoption/read-adoption.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { resizeEntity, restartEntity } from './commands/entity-effectors.ts';
import { adoptContainers } from './commands/hosts/adopt-containers.ts';
import { releaseApplication } from './commands/release-application.ts';
import { updateApplication } from './commands/update-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
const HOST = 'host-1' as HostId;
/** Names of its own: the engine is shared. */
const PROJECT = `adopt${process.pid}`;
const BLOG: AdoptionSource = { kind: 'project', name: PROJECT };
const ALONE = `${PROJECT}-alone`;
const OTHER = `${PROJECT}-other`;
let socketPath: string;
let sshd: RealSshd;
let home: string;
let world: RealWorld;
let port: number;

const on = (...argv: string[]): Promise<string> => docker(socketPath, argv);
const shown = (name: string): Promise<string> =>
  on('inspect', '--format', '{{.Id}} {{.State.StartedAt}} {{.State.Running}} {{.RestartCount}}', name);
const instances = (): readonly Instance[] => [...world.open.store.view.all('instance').values()];
const stateOf = (id: ApplicationId): string | undefined =>
  world.open.store.view.get('entity', world.open.store.view.get('application', id)?.rootId ?? '')?.actual;
const look = (source: AdoptionSource): Promise<Adoption> => readAdoption(world.engine.context, { hostId: HOST, source });
const open = async (): Promise<void> => {
  world = await openRealWorld({ target: sshd.target, engineSocketPath: socketPath, home });
  await world.until('the host is ready', () => world.open.store.view.get('host', HOST)?.external !== undefined);
};

async function runService(service: string, number: number, more: readonly string[], command: readonly string[]): Promise<string> {
  const name = `${PROJECT}-${service}-${number}`;
  const labels = composeLabels(PROJECT, service, {
    'com.docker.compose.container-number': String(number),
    ...(service === 'web' ? { 'com.docker.compose.depends_on': 'db:service_started:false' } : {}),
  });
  const given = Object.entries(labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]);
  const network = ['--network', `${PROJECT}_default`, '--network-alias', service, '--network-alias', name];
  await on('run', '--detach', '--name', name, '--restart', 'unless-stopped', ...given, ...network, ...more, TEST_IMAGE, ...command);
  return name;
}

async function adopt(source: AdoptionSource): Promise<ApplicationId> {
  const { members } = await look(source);
  const containerIds = members.map(({ container }) => container.id);
  const { applicationId } = await adoptContainers(world.engine.context, USER, { hostId: HOST, source, containerIds });
  await world.until('it runs', () => stateOf(applicationId) === 'RUNNING');
  return applicationId;
}

beforeAll(async () => {
  socketPath = await sharedEngine();
  sshd = await startRealSshd();
  home = await mkdtemp(path.join(tmpdir(), 'clocker-adoption-'));
  port = await freePort();
  await on('network', 'create', `${PROJECT}_default`);
  await on('volume', 'create', `${PROJECT}_data`);
  const db = ['--volume', `${PROJECT}_data:/data`, '--env', 'DB_PASSWORD=hunter $2', '--memory', '64m', '--ulimit', 'nofile=1024:2048'];
  await runService(
    'db',
    1,
    [...db, '--health-cmd', 'test -e /data/ready', '--health-interval', '1s'],
    [...['sh', '-c', 'echo kept > /data/word; touch /data/ready; exec httpd -f -p 80 -h /data']],
  );
  const web = ['sh', '-c', 'mkdir -p /www; hostname > /www/index.html; exec httpd -f -p 80 -h /www'];
  for (const number of [1, 2]) await runService('web', number, ['--tmpfs', '/run:size=1m', '--cap-drop', 'NET_RAW'], web);
  await on('run', '--detach', '--name', ALONE, '--publish', `127.0.0.1:${port}:80`, TEST_IMAGE, ...web);
  await on('run', '--detach', '--name', OTHER, TEST_IMAGE, 'sleep', '600');
  await open();
}, 120_000);

afterAll(async () => {
  await world?.close();
  const left = (await on('ps', '--all', '--quiet', '--filter', `name=${PROJECT}`)).split('\n').filter((id) => id !== '');
  if (left.length > 0) await on('rm', '--force', '--volumes', ...left);
  await on('volume', 'rm', '--force', `${PROJECT}_data`);
  await on('network', 'rm', '--force', `${PROJECT}_default`);
  await sshd?.stop();
  await rm(home, { recursive: true, force: true });
});

describe('adoption on a real host', { timeout: 120_000 }, () => {
  let applicationId: ApplicationId;
  const names = [`${PROJECT}-db-1`, `${PROJECT}-web-1`, `${PROJECT}-web-2`];
  const all = (): Promise<readonly string[]> => Promise.all(names.map(shown));

  it('tells what a project becomes, in the words of a blueprint', async () => {
    const { text, findings, members } = await look(BLOG);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(members.map(({ service, slot }) => [service, slot])).toEqual([
      ['db', null],
      ['web', 1],
      ['web', 2],
    ]);
    expect(text).toContain(`external: ${PROJECT}_default`);
    expect(text).toContain(`external: ${PROJECT}_data`);
    expect(text).toContain('DB_PASSWORD: hunter $2');
    expect(text).not.toContain('com.docker');
    expect(text?.replaceAll(PROJECT, 'blog')).toMatchInlineSnapshot(`
      "name: blog
      brooklyn.config:
        docker.networks:
          default:
            external: blog_default
        docker.volumes:
          data:
            external: blog_data
      services:
      - type: docker:clocker-test/busybox:1
        id: db
        brooklyn.config:
          docker.image.commands:
          - sh
          - -c
          - echo kept > /data/word; touch /data/ready; exec httpd -f -p 80 -h /data
          docker.container.environment:
            DB_PASSWORD: hunter $2
          docker.container.volumes: [data:/data]
          docker.container.networks:
          - name: default
            aliases: [blog-db-1]
          docker.container.healthcheck:
            test: [CMD-SHELL, test -e /data/ready]
            interval: 1s
            timeout: 30s
          docker.container.restartPolicy: unless-stopped
          docker.memory: 64m
          docker.container.ulimits:
            nofile:
              soft: 1024
              hard: 2048
      - type: dynamic-cluster
        id: web
        brooklyn.config:
          cluster.initial.size: 2
          memberSpec:
            $brooklyn:entitySpec:
              type: docker:clocker-test/busybox:1
              name: web
              brooklyn.config:
                docker.image.commands:
                - sh
                - -c
                - mkdir -p /www; hostname > /www/index.html; exec httpd -f -p 80 -h /www
                docker.container.tmpfs: [/run:size=1m]
                docker.container.networks: [default]
                docker.container.restartPolicy: unless-stopped
                docker.container.capDrop: [NET_RAW]
              dependsOn:
                db:
                  condition: started
      "
    `);
  });

  it('takes the very containers, started when they were, and knows what they use', async () => {
    const before = await all();
    applicationId = await adopt(BLOG);
    expect(await all()).toEqual(before);
    expect(
      instances()
        .map(({ containerName, ready }) => [containerName, ready])
        .sort(),
    ).toEqual(names.map((name) => [name, true]));
    const db = [...world.open.store.view.all('entity').values()].find(({ planId }) => planId === 'db');
    await world.until('it is measured', () => world.engine.context.metrics.latest(db?.id ?? '')?.['docker.container.memory'] !== undefined);
    expect(db?.sensors['docker.container.id']).toBe(before[0]?.split(' ')[0]);
  });

  it('knows them again when it was started anew', async () => {
    const before = await all();
    await world.close();
    await open();
    await world.until('it runs', () => stateOf(applicationId) === 'RUNNING' && instances().every(({ ready }) => ready));
    expect(await all()).toEqual(before);
    expect((await on('ps', '--all', '--quiet', '--filter', `name=${PROJECT}`)).split('\n')).toHaveLength(5);
  });

  it('starts the very container again after a crash: Docker where that does, else Clocker', async () => {
    const name = names[0] ?? '';
    const [id, startedAt] = (await shown(name)).split(' ');
    const isBack = (since: string | undefined) => async () => {
      const [, at, runs] = (await shown(name)).split(' ');
      return at !== since && runs === 'true';
    };
    const rowIsUp = () => instances().some(({ containerId, state, ready }) => containerId === id && state === 'running' && ready);
    process.kill(Number(await on('inspect', '--format', '{{.State.Pid}}', name)), 'SIGKILL');
    await expect.poll(isBack(startedAt), { timeout: 20_000 }).toBe(true);
    await world.until('it is up again', rowIsUp);
    const [, restartedAt, , restarts] = (await shown(name)).split(' ');
    expect(restarts).toBe('1');
    // Docker takes a kill by a person for a wish to have it stopped.
    await on('kill', name);
    await expect.poll(isBack(restartedAt), { timeout: 20_000 }).toBe(true);
    await world.until('it is up again', rowIsUp);
    expect((await shown(name)).split(' ')[0]).toBe(id);
    expect((await on('ps', '--all', '--quiet', '--filter', `name=${PROJECT}`)).split('\n')).toHaveLength(5);
  });

  it('restarts the very container when it is asked to', async () => {
    const [id, startedAt] = (await shown(names[0] ?? '')).split(' ');
    const db = [...world.open.store.view.all('entity').values()].find(({ planId }) => planId === 'db');
    if (!db) throw new Error('no entity');
    await restartEntity(world.engine.context, USER, { entityId: db.id });
    await world.until('it was restarted', () => {
      const row = instances().find(({ entityId }) => entityId === db.id);
      return row?.state === 'running' && row.ready && row.restartSerial > db.restartSerial;
    });
    const [sameId, restartedAt] = (await shown(names[0] ?? '')).split(' ');
    expect([sameId, restartedAt === startedAt]).toEqual([id, false]);
  });

  it('grows by a container of its own that is found under the same name, and makes one anew on the same volume', async () => {
    const web = [...world.open.store.view.all('entity').values()].find(({ planId, size }) => planId === 'web' && size !== null);
    if (!web) throw new Error('no cluster');
    const kept = await Promise.all(names.slice(1).map(shown));
    await resizeEntity(world.engine.context, USER, { entityId: web.id, size: 3 });
    await world.until('it has grown', () => instances().filter(({ ready }) => ready).length === 4);
    expect(await Promise.all(names.slice(1).map(shown))).toEqual(kept);
    expect(await on('exec', names[0] ?? '', 'nslookup', 'web')).toContain('web');
    const generation = world.open.store.view.get('generation', `${applicationId}:1`);
    const text = (generation?.text ?? '').replace('echo kept > /data/word; ', '');
    await updateApplication(world.engine.context, USER, { applicationId, text, parts: generation?.parts, expectedGeneration: 1 });
    await world.until('it was made anew', () => {
      const rollout = [...world.open.store.view.all('rollout').values()].at(-1);
      return rollout?.state === 'done' && stateOf(applicationId) === 'RUNNING';
    });
    const row = instances().find(({ spec }) => spec.volumes.length > 0);
    expect(row?.adopted).toBeUndefined();
    expect(await on('exec', row?.containerName ?? '', 'cat', '/data/word')).toBe('kept');
    expect(await on('exec', names[1] ?? '', 'nslookup', 'db')).toContain('db');
    await expect(on('inspect', names[0] ?? '')).rejects.toThrow();
  });

  it('gives a container back that nobody else has touched', async () => {
    const before = await shown(ALONE);
    const single = await adopt({ kind: 'container', name: ALONE });
    expect(instances().find(({ containerName }) => containerName === ALONE)?.ports).toEqual([
      { container: 80, host: port, protocol: 'tcp', address: '127.0.0.1' },
    ]);
    await releaseApplication(world.engine.context, USER, { applicationId: single });
    expect(await shown(ALONE)).toBe(before);
    expect(instances().some(({ containerName }) => containerName === ALONE)).toBe(false);
  });

  it('removes what it has adopted with the application, and nothing else', async () => {
    const before = await Promise.all([ALONE, OTHER].map(shown));
    await deleteApplication(world.engine.context, USER, { applicationId, removeVolumes: true });
    await world.until('it is gone', () => world.open.store.view.get('application', applicationId) === undefined);
    expect(await Promise.all([ALONE, OTHER].map(shown))).toEqual(before);
    expect((await on('ps', '--all', '--format', '{{.Names}}', '--filter', `name=${PROJECT}`)).split('\n').sort()).toEqual([ALONE, OTHER]);
    expect(await on('volume', 'inspect', '--format', '{{.Name}}', `${PROJECT}_data`)).toBe(`${PROJECT}_data`);
    expect(await on('network', 'inspect', '--format', '{{.Name}}', `${PROJECT}_default`)).toBe(`${PROJECT}_default`);
  });
});
