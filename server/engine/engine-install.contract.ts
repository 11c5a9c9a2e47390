import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { labServices } from '../plugins/hosts/lab/lab-services.ts';
import { prepareEngine, prepareLan } from '../plugins/hosts/lab/prepare-lab.ts';
import { dockerCloud } from '../testing/docker-cloud.ts';
import { type EmptyWorld, openEmptyWorld } from '../testing/empty-world.ts';
import { testLab } from '../testing/test-lab.ts';
import { deployApplication } from './commands/deploy-application.ts';

const MINUTES = 60_000;
const USER: TaskCause = { kind: 'user', by: 'ann' };
const { env, lab } = testLab('installtest');
/** Whoever runs it gets another answer: the same answer in two containers is one install. */
const ONCE = 'cat /proc/sys/kernel/random/uuid > /installed';

let world: EmptyWorld;
let registry: string;

async function deploy(text: string, location: string): Promise<ApplicationId> {
  const { applicationId } = await deployApplication(world.engine.context, USER, { text, location });
  const states = () => world.store.view.entitiesOf(applicationId).map(({ name, actual, problems }) => ({ name, actual, problems }));
  await vi.waitFor(() => expect(states().filter(({ actual }) => actual !== 'RUNNING')).toEqual([]), { timeout: 3 * MINUTES, interval: 50 });
  return applicationId;
}

/** Starts one more of the same install on this host; what its container says of who installed it. */
async function start(type: string, host: string): Promise<string> {
  const text = `name: installs
services:
- type: ${type}
  id: installed
  brooklyn.config:
    docker.image.name: busybox:1.35
    docker.container.strategies:
    - $brooklyn:object: { type: hostname, brooklyn.config: { hostname: ${host} } }
    install.command: ${ONCE}
    ${type === 'vanilla-process' ? 'launch.command: (sleep 1000000 & echo $! > "$PID_FILE")' : 'docker.image.commands: [sleep, "1000000"]'}
`;
  const applicationId = await deploy(text, 'install-cloud');
  const [instance] = [...world.store.view.all('instance').values()].filter((one) => one.applicationId === applicationId);
  if (!instance) throw new Error('nothing of it runs');
  expect(world.store.view.get('host', instance.hostId)?.name).toBe(host);
  return await world.engine.context.hosts.operate(instance.hostId, async ({ engine }) => {
    const { stdout } = await engine.exec(instance.containerName, { argv: ['cat', '/installed'], timeoutMs: 10_000 });
    return stdout.trim();
  });
}

const tasks = (beginning: string) => [...world.store.view.all('task').values()].filter(({ name }) => name.startsWith(beginning));

describe('what is installed once', () => {
  beforeAll(async () => {
    await labDown(lab);
    const { docker, inputs } = await prepareEngine(lab);
    registry = labServices((await prepareLan(lab, docker, inputs)).subnet).registry;
    world = await openEmptyWorld({ env });
    const cloud = `${dockerCloud({ location: 'install-cloud', hosts: 2 })}    docker.registry.url: ${registry}\n    docker.registry.writeable: true\n`;
    await deploy(cloud, 'lab:(memory=512m)');
  }, 8 * MINUTES);

  afterAll(async () => {
    await world.close();
    await labDown(lab);
  }, 5 * MINUTES);

  it.each(['docker-container', 'vanilla-process'])(
    'as %s is used again on its host, and on another that gets it from the registry of the cloud',
    async (type) => {
      const before = { builds: tasks('Build ').length, pushes: tasks('Push ').length };
      const pushes = () => tasks('Push ').map(({ name, status }) => `${name.startsWith(`Push ${registry}/`)} ${status}`);
      const [one = '', two = ''] = [...world.store.view.all('host').values()].map(({ name }) => name).sort();
      const installed = await start(type, one);
      expect(installed).toMatch(/^[0-9a-f-]{36}$/);
      const wanted = Array.from({ length: before.pushes + 1 }, () => 'true done');
      await vi.waitFor(() => expect(pushes()).toEqual(wanted), { timeout: MINUTES, interval: 50 });
      expect([await start(type, one), await start(type, two)]).toEqual([installed, installed]);
      expect(tasks('Build ')).toHaveLength(before.builds + 1);
      expect(pushes()).toEqual(wanted);
    },
    4 * MINUTES,
  );
});
