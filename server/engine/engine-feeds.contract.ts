import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import { ensureTestImage, type OwnDockerd, startOwnDockerd, TEST_IMAGE } from '../testing/real-engine.ts';
import { type RealSshd, startRealSshd } from '../testing/real-sshd.ts';
import { openRealWorld, REAL_CLOUD, type RealWorld } from '../testing/real-world.ts';
import { cancelTask } from './commands/cancel-task.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { invokeEffector } from './commands/invoke-effector.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let dockerd: OwnDockerd;
let sshd: RealSshd;
let world: RealWorld;
let home: string;

/** A web server whose page says how many letters its notes have; its sensors, and what can be done to it. */
const BLUEPRINT = `
name: real
location: ${REAL_CLOUD}
services:
- type: docker:${TEST_IMAGE}
  id: web
  brooklyn.config:
    docker.container.openPorts: [80]
    stopTimeout: 1s
    docker.image.commands: [sh, -c, "trap 'exit 0' TERM; httpd -f -p 80 -h /www & wait"]
    docker.container.files: { /www/index.html: '{"queue": {"size": 12}}', /www/notes: "abc" }
  brooklyn.initializers:
  - { type: ssh-command-sensor, name: notes.size, command: "wc -c < notes", executionDir: /www, period: 1s, targetType: integer }
  - { type: http-request-sensor, name: queue.size, uri: '$brooklyn:attributeWhenReady("main.uri")', jsonPath: $.queue.size, statusSensor: queue.status, period: 1s, onlyIfServiceUp: true }
  - { type: tcp-sensor, name: listens, port: '$brooklyn:attributeWhenReady("docker.port.80")', period: 1s }
  - type: ssh-command-effector
    name: note
    command: |
      printf '%s' "$text" >> notes
      echo "noted $text"
      echo careful >&2
      test "$text" != wrong
    executionDir: /www
    parameters: { text: { type: string, defaultValue: more } }
  - { type: ssh-command-effector, name: sleep, command: "echo before; sleep 61" }
  brooklyn.enrichers:
  - { type: transformer, sourceSensor: notes.size, targetSensor: notes.double, transformation: value * 2 }
`;

beforeAll(async () => {
  dockerd = await startOwnDockerd();
  sshd = await startRealSshd();
  await ensureTestImage(dockerd.socketPath);
  home = await mkdtemp(path.join(tmpdir(), 'clocker-feeds-'));
  world = await openRealWorld({ target: sshd.target, engineSocketPath: dockerd.socketPath, home });
  const { taskId } = await deployApplication(world.engine.context, USER, { text: BLUEPRINT });
  await world.until('it is deployed', () => world.open.store.view.get('task', taskId)?.status === 'done', 60_000);
});

afterAll(async () => {
  await world.close();
  await sshd.stop();
  await dockerd.stop();
  await rm(home, { recursive: true, force: true });
});

function web(): Entity {
  const found = [...world.open.store.view.all('entity').values()].find(({ planId }) => planId === 'web');
  if (!found) throw new Error('no web');
  return found;
}

const sensor = (name: string) => world.engine.context.metrics.heard(web().id, name)?.value ?? web().sensors[name];

async function call(effector: string, parameters: object = {}) {
  const { taskId } = await invokeEffector(world.engine.context, USER, { entityId: web().id, effector, parameters });
  return { taskId, task: () => world.open.store.view.get('task', taskId) };
}

async function linesOf(taskId: Awaited<ReturnType<typeof call>>['taskId']): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const { stream, text } of world.engine.context.tasks.follow(taskId, new AbortController().signal))
    lines.push(`${stream} ${text}`);
  return lines;
}

describe('sensors and effectors on a real host', () => {
  it('are what a command prints in the container, what a page answers, and whether a port is open', async () => {
    await world.until('all have their values', () => sensor('notes.double') === 6 && sensor('queue.size') === 12, 20_000);
    await world.until('the port is open', () => sensor('listens') === true, 20_000);
    expect([sensor('notes.size'), sensor('queue.status')]).toEqual([3, 200]);
  });

  it('run a command with its parameters and lines, and the sensor follows what it did', async () => {
    const { taskId, task } = await call('note', { text: "it's $(here)" });
    expect([...(await linesOf(taskId))].sort()).toEqual(['stderr careful', "stdout noted it's $(here)"]);
    expect(task()).toMatchObject({ status: 'done', result: "noted it's $(here)" });
    await world.until('the sensor follows', () => sensor('notes.size') === 15 && sensor('notes.double') === 30, 20_000);
  });

  it('fail with the exit code of the command', async () => {
    const { task } = await call('note', { text: 'wrong' });
    await world.until('it has ended', () => task()?.status !== 'running', 20_000);
    expect(task()).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('exit code 1') } });
  });

  it('are ended when they are cancelled: the process is gone', async () => {
    const { taskId, task } = await call('sleep');
    await world.until('it runs', () => task()?.hasLog === true, 20_000);
    await cancelTask(world.engine.context, { taskId });
    await world.until('it has ended', () => task()?.status !== 'running', 20_000);
    expect(task()?.status).toBe('cancelled');
    const instance = world.open.store.view.get('instance', web().instanceId ?? '');
    const session = instance && world.engine.context.hosts.ready(instance.hostId);
    const processes = await session?.engine.exec(instance?.containerId ?? '', { argv: ['ps'], timeoutMs: 10_000 });
    expect(processes?.stdout).not.toContain('sleep 61');
  });
});
