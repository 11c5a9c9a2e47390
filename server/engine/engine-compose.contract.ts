// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Compose writes variables.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { docker, sharedEngine, TEST_IMAGE } from '../testing/real-engine.ts';
import { freePort, type RealSshd, startRealSshd } from '../testing/real-sshd.ts';
import { openRealWorld, REAL_CLOUD, type RealWorld } from '../testing/real-world.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let socketPath: string;
let sshd: RealSshd;
let world: RealWorld;
let port: number;
let applicationId: ApplicationId;

/** A proxy before three copies of a service, which needs a database that is healthy and a job that has completed. */
const COMPOSE = `
name: shapes
services:
  proxy:
    image: ${TEST_IMAGE}
    command: httpd -f -p 80 -h /www
    ports: ["\${PORT}:80"]
    networks: [front, back]
    configs: [{ source: ask, target: /www/cgi-bin/ask, mode: 0555 }]
    depends_on: [api]
  api:
    image: ${TEST_IMAGE}
    command: [sh, -c, "mkdir /www && hostname > /www/index.html && exec httpd -f -p 80 -h /www"]
    deploy: { replicas: 3 }
    networks: [back]
    depends_on:
      db: { condition: service_healthy }
      init: { condition: service_completed_successfully }
  db:
    image: ${TEST_IMAGE}
    command: [sh, -c, "mkdir -p /tmp; sleep 2; touch /tmp/ready; exec httpd -f -p 80 -h /tmp"]
    networks: { back: { aliases: [database] } }
    healthcheck: { test: [CMD, test, -e, /tmp/ready], interval: 1s, timeout: 5s, retries: 60 }
    secrets: [word]
  init:
    image: ${TEST_IMAGE}
    command: "true"
    networks: [back]
  outsider:
    image: ${TEST_IMAGE}
    command: sleep 600
    networks: [front]
networks:
  front: {}
  back: { internal: true }
configs:
  ask:
    content: |
      #!/bin/sh
      printf 'Content-type: text/plain\\r\\n\\r\\n'
      printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 3 api 80 | tail -n 1
secrets:
  word: { file: ./word.txt }
`;

beforeAll(async () => {
  socketPath = await sharedEngine();
  sshd = await startRealSshd();
  world = await openRealWorld({ target: sshd.target, engineSocketPath: socketPath });
  port = await freePort();
});

afterAll(async () => {
  await world.close();
  await sshd.stop();
});

const planeFilter = () => ['--filter', `label=io.clocker.plane=${world.engine.context.secrets.planeId}`];
const lines = async (...argv: string[]) => (await docker(socketPath, [...argv, ...planeFilter()])).split('\n').filter(Boolean);

function containerOf(planId: string): string {
  const { view } = world.open.store;
  const entity = view.entitiesOf(applicationId).find((one) => one.planId === planId && one.slot === null);
  return view.get('instance', entity?.instanceId ?? '')?.containerName ?? '';
}

/** Whether something answers at port 80 of a name, as seen from a service. */
async function reaches(from: string, name: string): Promise<boolean> {
  const script = `printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 3 ${name} 80 2>/dev/null | grep -q HTTP`;
  return await docker(socketPath, ['exec', containerOf(from), 'sh', '-c', script]).then(
    () => true,
    () => false,
  );
}

describe('a Compose application on a real host', () => {
  it('comes up in the order of its dependencies', async () => {
    const parts = { file: 'shapes/compose.yaml', files: { 'word.txt': 'open sesame' }, variables: { PORT: String(port) } };
    const deployed = await deployApplication(world.engine.context, USER, { text: COMPOSE, parts, location: REAL_CLOUD });
    applicationId = deployed.applicationId;
    const { view } = world.open.store;
    await world.until('the deployment ends', () => view.get('task', deployed.taskId)?.status !== 'running', 120_000);
    expect(view.get('task', deployed.taskId)).toMatchObject({ status: 'done', error: null });
    const state = (planId: string) => view.entitiesOf(applicationId).find((one) => one.planId === planId && one.slot === null)?.actual;
    expect([state('db'), state('init'), state('proxy')]).toEqual(['RUNNING', 'STOPPED', 'RUNNING']);
    const startOf = async (name: string) => Date.parse(await docker(socketPath, ['inspect', '--format', '{{.State.StartedAt}}', name]));
    const members = [...view.all('instance').values()].filter(({ spec }) => spec.command?.join(' ').includes('hostname'));
    expect(members).toHaveLength(3);
    const healthyAt = (await startOf(containerOf('db'))) + 2_000;
    for (const { containerName } of members) expect(await startOf(containerName)).toBeGreaterThan(healthyAt);
  });

  it('is reached from outside, and every copy of the service through the proxy by its name', async () => {
    const seen = new Set<string>();
    for (let count = 0; count < 60 && seen.size < 3; count += 1) {
      const answer = await fetch(`http://127.0.0.1:${port}/cgi-bin/ask`);
      seen.add((await answer.text()).trim());
    }
    seen.delete('');
    expect(seen.size).toBe(3);
  });

  it('finds its services by id and alias on shared networks only', async () => {
    expect(await Promise.all(['db', 'database', 'api'].map((name) => reaches('proxy', name)))).toEqual([true, true, true]);
    expect(await Promise.all(['proxy', 'db', 'api'].map((name) => reaches('outsider', name)))).toEqual([true, false, false]);
  });

  it('has its secret in a file, and shows it to nobody', async () => {
    expect(await docker(socketPath, ['exec', containerOf('db'), 'cat', '/run/secrets/word'])).toBe('open sesame');
  });

  it('leaves nothing behind', async () => {
    const { taskId } = await deleteApplication(world.engine.context, USER, { applicationId, removeVolumes: true });
    const { view } = world.open.store;
    await world.until('the deletion ends', () => view.get('task', taskId)?.status !== 'running');
    await world.until('the application is gone', () => view.all('application').size === 0);
    expect([
      await lines('ps', '--all', '--quiet'),
      await lines('network', 'ls', '--quiet'),
      await lines('volume', 'ls', '--quiet'),
    ]).toEqual([[], [], []]);
    for (const kind of ['entity', 'instance', 'network', 'lease', 'decision', 'volume'] as const) expect(view.all(kind).size).toBe(0);
  });
});
