import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Host } from '../domain/entity/host.ts';
import type { Task } from '../domain/entity/task.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { type EmptyWorld, openEmptyWorld } from '../testing/empty-world.ts';
import { testLab } from '../testing/test-lab.ts';
import { cancelTask } from './commands/cancel-task.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { setUpHost } from './commands/hosts/set-up-host.ts';
import { toTarget } from './hosts/host-sessions.ts';

const MINUTES = 60_000;
const { env, lab } = testLab('cloudtest');
const MIRROR = 'http://10.99.99.99:5000';
const POOLS = [{ base: '10.213.0.0/16', size: 26 }];
const CLOUD = `
name: Bare
services:
- type: docker-infrastructure
  brooklyn.config:
    entity.dynamicLocation.name: bare
    docker.host.cluster.initial.size: 1
    docker.engine.registryMirrors: ["${MIRROR}"]
    docker.engine.addressPools: ${JSON.stringify(POOLS)}
    docker.engine.logOptions: { max-size: 5m }
`;

let world: EmptyWorld;

beforeAll(async () => {
  await labDown(lab);
  world = await openEmptyWorld({ env });
}, 5 * MINUTES);

afterAll(async () => {
  await world.close();
  await labDown(lab);
}, 5 * MINUTES);

const tasks = (): readonly Task[] => [...world.store.view.all('task').values()];
const theHost = (): Host | undefined => [...world.store.view.all('host').values()][0];

/** Runs as root on the machine. */
async function onMachine(script: string): Promise<string> {
  const host = theHost();
  if (!host) throw new Error('there is no host');
  const { connector, secrets } = world.engine.context;
  const session = connector.session(toTarget(host, world.store.view.get('credential', host.credentialId), secrets));
  try {
    await session.connect();
    return (await session.shell.run(script, { timeoutMs: MINUTES })).output.trim();
  } finally {
    await session.close();
  }
}

const INSTALLERS = "cat /proc/[0-9]*/comm 2>/dev/null | grep -xE 'apt-get|dpkg|dpkg-deb' | sort -u | tr '\\n' ' '";

it(
  'ends what runs on the machine when it is cancelled; the next try mends that, and the engine has the settings of its cloud',
  async () => {
    const { context } = world.engine;
    await deployApplication(context, { kind: 'user', by: 'ann' }, { text: CLOUD, location: 'lab:(bare=true,memory=512m)' });
    const install = await vi.waitUntil(() => tasks().find(({ name }) => name.startsWith('Install')), {
      timeout: 5 * MINUTES,
      interval: 50,
    });
    for await (const { text } of context.tasks.follow(install.id, AbortSignal.timeout(2 * MINUTES))) if (/^Unpacking /.test(text)) break;
    expect(await onMachine(INSTALLERS)).toContain('apt-get');
    await cancelTask(context, { taskId: install.parentId ?? install.id });
    await vi.waitUntil(() => theHost()?.setUp?.state === 'failed', { timeout: MINUTES, interval: 50 });
    expect(
      tasks()
        .filter(({ id }) => id === install.id || id === install.parentId)
        .map(({ status }) => status),
    ).toEqual(['cancelled', 'cancelled']);
    expect(await onMachine(INSTALLERS)).toBe('');
    expect(await onMachine('dpkg --audit; ls /var/lib/clocker-install')).not.toBe('/var/lib/clocker-install');

    await setUpHost(context, { hostId: theHost()?.id as Host['id'] });
    await vi.waitUntil(() => theHost()?.state === 'ready', { timeout: 5 * MINUTES, interval: 100 });
    const [before, after] = ['daemon.json.before-clocker', 'daemon.json'].map((file) => onMachine(`cat /etc/docker/${file}`));
    const had = JSON.parse((await before) ?? '');
    expect(JSON.parse((await after) ?? '')).toEqual({
      ...had,
      'live-restore': true,
      'registry-mirrors': [...had['registry-mirrors'], MIRROR],
      'default-address-pools': POOLS,
    });
    expect(await onMachine("docker info --format '{{.RegistryConfig.Mirrors}}'")).toContain(MIRROR);
    const subnet = "docker network create probe >/dev/null && docker network inspect probe --format '{{(index .IPAM.Config 0).Subnet}}'";
    expect(await onMachine(`${subnet}; docker network rm probe >/dev/null`)).toMatch(/^10\.213\..*\/26$/);
    expect(await onMachine('dpkg --audit; ls /var/lib/clocker-install 2>&1')).toMatch(/No such file/);
  },
  15 * MINUTES,
);
