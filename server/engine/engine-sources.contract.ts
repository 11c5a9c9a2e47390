import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BlueprintParts } from '../domain/blueprint/blueprint-input.ts';
import { packContext } from '../domain/build/build-context.ts';
import { BUILD_LABEL } from '../domain/build/mark-stages.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId, HostId } from '../domain/shared/ids.ts';
import { ownAddress } from '../testing/own-address.ts';
import { docker, ensureTestImage, sharedEngine, TEST_IMAGE } from '../testing/real-engine.ts';
import { type RealSshd, startRealSshd } from '../testing/real-sshd.ts';
import { openRealWorld, REAL_CLOUD, type RealWorld } from '../testing/real-world.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { removeImages } from './commands/hosts/remove-images.ts';
import type { EngineContext } from './engine-context.ts';
import { hostImages } from './queries/host-images.ts';
import { bringContext } from './sources/keep-context.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
/** Ends at once when it is told to. */
const COMMAND = `command: [sh, -c, "trap 'exit 0' TERM; sleep 600 & wait"]`;
let socketPath: string;
let sshd: RealSshd;
let world: RealWorld;
let server: Server;
let archives: string;
let served: Buffer;

beforeAll(async () => {
  socketPath = await sharedEngine();
  await ensureTestImage(socketPath, TEST_IMAGE);
  sshd = await startRealSshd();
  world = await openRealWorld({ target: sshd.target, engineSocketPath: socketPath });
  await world.until('the host is ready', () => world.engine.context.hosts.ready('host-1' as never) !== undefined);
  server = createServer((_, response) => response.end(served));
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  archives = `http://${ownAddress()}:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await world.close();
  await sshd.stop();
});

async function deploy(text: string, parts: BlueprintParts = {}): Promise<ApplicationId> {
  const { applicationId } = await deployApplication(world.engine.context, USER, { text, parts, location: REAL_CLOUD });
  await world.until('it runs', () => containerOf(applicationId) !== undefined, 60_000);
  return applicationId;
}

function containerOf(applicationId: ApplicationId) {
  const { view } = world.open.store;
  const instances = view.entitiesOf(applicationId).flatMap(({ id }) => view.instancesOf(id));
  return instances.find(({ state, ready }) => state === 'running' && ready);
}

async function inContainer(applicationId: ApplicationId, ...command: readonly string[]): Promise<string> {
  return (await docker(socketPath, ['exec', containerOf(applicationId)?.containerId ?? '', ...command])).trim();
}

async function remove(applicationId: ApplicationId): Promise<void> {
  const image = containerOf(applicationId)?.spec.image ?? '';
  await deleteApplication(world.engine.context, USER, { applicationId, removeVolumes: true });
  await world.until('it is gone', () => world.open.store.view.get('application', applicationId) === undefined);
  await docker(socketPath, ['image', 'rm', image]);
}

describe('an image of a Compose project', () => {
  it('is built from its folder without what .dockerignore leaves out, with arguments, labels and permissions', async () => {
    const files = [
      {
        path: 'Dockerfile.prod',
        text: `ARG BASE\nFROM ${TEST_IMAGE} AS run\nARG VERSION\nCOPY . /app\nRUN echo $VERSION > /version\nFROM ${TEST_IMAGE}\nRUN exit 1\n`,
      },
      { path: 'bin/start.sh', text: '#!/bin/sh\n', executable: true },
      { path: 'secrets/key', text: 'hidden' },
      { path: 'logo.bin', text: '\u0000\u00ff' },
      { path: '.dockerignore', text: 'secrets\nDockerfile*\n.dockerignore\n' },
    ].map(({ path, text, executable = false }) => ({ path, bytes: new TextEncoder().encode(text), executable }));
    const { hash } = await bringContext(world.engine.context, packContext(files));
    const build = `{ context: ./web, dockerfile: Dockerfile.prod, target: run, args: { VERSION: "7" }, labels: { owner: ann } }`;
    const text = `name: built\nservices:\n  web:\n    build: ${build}\n    ${COMMAND}\n`;
    const id = await deploy(text, { contexts: { web: hash }, files: { 'web/added.txt': 'text' } });
    const found = await inContainer(
      id,
      'sh',
      '-c',
      'cd /app && find . -type f | sort && cat /version && test -x bin/start.sh && echo runs',
    );
    expect(found.split('\n')).toEqual(['./added.txt', './bin/start.sh', './logo.bin', '7', 'runs']);
    const label = await docker(socketPath, ['image', 'inspect', '--format', '{{.Config.Labels.owner}}', containerOf(id)?.spec.image ?? '']);
    expect(label.trim()).toBe('ann');
    await remove(id);
  });

  it('is built from a Dockerfile that stands in the file, which nobody sees among the copied files', async () => {
    const build = `{ context: ., dockerfile_inline: "FROM ${TEST_IMAGE}\\nCOPY . /app\\n" }`;
    const id = await deploy(`name: inline\nservices:\n  web:\n    build: ${build}\n    ${COMMAND}\n`, { files: { 'a.txt': 'a' } });
    expect(await inContainer(id, 'sh', '-c', 'cd /app && find . -type f')).toBe('./a.txt');
    await remove(id);
  });
});

describe('an image of a URL', () => {
  it('is built from the archive that it gives, also after the address is gone', async () => {
    served = await packed({ 'web-1.0/Dockerfile': `FROM ${TEST_IMAGE}\nCOPY page.txt /page\n`, 'web-1.0/page.txt': 'hello' });
    const id = await deploy(webOf(`docker.dockerfile.url: "${archives}/web.tar.gz"`));
    expect(await inContainer(id, 'cat', '/page')).toBe('hello');
    served = Buffer.from('gone');
    const before = containerOf(id);
    await docker(socketPath, ['image', 'rm', '--force', before?.spec.image ?? '']);
    await docker(socketPath, ['rm', '--force', before?.containerId ?? '']);
    await world.until('it runs again', () => (containerOf(id)?.id ?? before?.id) !== before?.id, 60_000);
    expect(await inContainer(id, 'cat', '/page')).toBe('hello');
    await remove(id);
  });

  it('is built from the Dockerfile that it gives', async () => {
    served = Buffer.from(`FROM ${TEST_IMAGE}\nRUN echo fetched > /made\n`);
    const id = await deploy(webOf(`docker.dockerfile.url: "${archives}/Dockerfile"`));
    expect(await inContainer(id, 'cat', '/made')).toBe('fetched');
    await remove(id);
  });

  it('is refused before anything is written, where its archive is larger than a build takes', async () => {
    served = await packed({
      Dockerfile: `FROM ${TEST_IMAGE}\nCOPY . /\n`,
      'a.bin': Buffer.alloc(11 * 1024 ** 2),
      'b.bin': Buffer.alloc(10 * 1024 ** 2),
    });
    await expect(deploy(webOf(`docker.dockerfile.url: "${archives}/large.tar.gz"`))).rejects.toMatchObject({
      message: expect.stringContaining('more than 20 MiB; the largest are a.bin (11 MiB), b.bin (10 MiB)'),
    });
    expect([...world.open.store.view.all('application').values()]).toEqual([]);
  });
});

describe('what a build that fails leaves', () => {
  it('is told as that, removed on request once no build can need it, and never what others left', async () => {
    const { context } = world.engine;
    const { store } = world.open;
    const hostId = 'host-1' as HostId;
    const nameless = async () =>
      (await docker(socketPath, ['image', 'ls', '--quiet', '--no-trunc', '--filter', 'dangling=true']))
        .split('\n')
        .filter((id) => id !== '');
    const already = await nameless();
    const broken = (word: string) => `FROM ${TEST_IMAGE}\nRUN echo ${word} > /step\nRUN exit 3\n`;
    const theirs = await mkdtemp(path.join(tmpdir(), 'clocker-theirs-'));
    await writeFile(path.join(theirs, 'Dockerfile'), broken('theirs'));
    await expect(docker(socketPath, ['build', '--force-rm', theirs])).rejects.toThrow(/returned a non-zero code: 3/);
    await rm(theirs, { recursive: true });
    const contents = broken('ours')
      .split('\n')
      .map((line) => `      ${line}\n`)
      .join('');
    const text = webOf(`docker.dockerfile.contents: |\n${contents}`);
    const { applicationId } = await deployApplication(context, USER, { text, location: REAL_CLOUD });
    await world.until(
      'the build fails',
      () => store.view.entitiesOf(applicationId).some(({ problems }) => Object.keys(problems).length > 0),
      60_000,
    );
    await deleteApplication(context, USER, { applicationId, removeVolumes: true });
    await world.until('it is gone', () => store.view.get('application', applicationId) === undefined);

    const steps = async (later: EngineContext) => (await hostImages(later, hostId)).images.filter(({ how }) => how === 'build step');
    const [fresh] = await steps(context);
    expect(fresh).toMatchObject({ keptBy: 'came less than 10 minutes ago', sizeBytes: expect.any(Number) });
    const later = { ...context, clock: { ...context.clock, now: () => context.clock.now() + 11 * 60_000 } };
    const [left] = await steps(later);
    expect(left).toMatchObject({ name: fresh?.name, keptBy: null });
    const others = (await nameless()).filter((id) => id !== left?.name && !already.includes(id));
    expect(others).toHaveLength(1);
    expect(await removeImages(context, USER, { hostId, names: [left?.name ?? '', ...others] })).toMatchObject({
      removed: [],
      kept: [{ reason: 'came less than 10 minutes ago' }, ...others.map(() => ({ reason: 'Clocker has not brought it' }))],
    });
    expect(await removeImages(later, USER, { hostId, names: [left?.name ?? '', ...others] })).toMatchObject({ removed: [left?.name] });
    expect([await steps(later), (await nameless()).sort()]).toEqual([[], [...already, ...others].sort()]);
    const leaves = await docker(socketPath, [
      'image',
      'ls',
      '--all',
      '--quiet',
      '--filter',
      `label=${BUILD_LABEL}=${context.secrets.planeId}`,
    ]);
    expect(leaves.trim()).toBe('');
    await docker(socketPath, ['image', 'rm', ...others]);
  });
});

describe('a container that is given an archive', () => {
  it('has its files as it starts, of a URL and of a folder beside the blueprint, and so has each that takes its place', async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 31) % 256));
    served = await packed({ 'site/index.html': 'hello', 'site/logo.bin': bytes });
    const volumes = `{ "${archives}/site.tgz": /opt/www/, pages: /opt/pages }`;
    const text = `name: given\nservices:\n- type: docker:${TEST_IMAGE}\n  id: web\n  ${COMMAND}\n  brooklyn.config: { docker.host.volumes: ${volumes} }\n`;
    const id = await deploy(text, { files: { 'pages/a/b.txt': 'beside' } });
    const look = async () => [
      await inContainer(id, 'sh', '-c', 'cat /opt/www/site/index.html /opt/pages/a/b.txt'),
      (await inContainer(id, 'sha256sum', '/opt/www/site/logo.bin')).split(' ')[0],
    ];
    const wanted = ['hellobeside', createHash('sha256').update(bytes).digest('hex')];
    expect(await look()).toEqual(wanted);
    served = Buffer.from('gone');
    const before = containerOf(id);
    await docker(socketPath, ['rm', '--force', before?.containerId ?? '']);
    await world.until('it runs again', () => (containerOf(id)?.id ?? before?.id) !== before?.id, 60_000);
    expect(await look()).toEqual(wanted);
    await remove(id);
  });

  it('is refused, with what cannot be had, before anything is written', async () => {
    served = Buffer.from('no archive');
    const text = `name: none\nservices:\n- type: docker:${TEST_IMAGE}\n  brooklyn.config: { docker.host.volumes: { "${archives}/site.tgz": /opt/www } }\n`;
    await expect(deploy(text)).rejects.toMatchObject({ message: expect.stringContaining('gives no archive') });
  });
});

function webOf(config: string): string {
  return `name: web\nservices:\n- type: docker-container\n  id: web\n  ${COMMAND}\n  brooklyn.config:\n    ${config}\n`;
}

async function packed(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name }, content);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return gzipSync(Buffer.concat(chunks));
}
