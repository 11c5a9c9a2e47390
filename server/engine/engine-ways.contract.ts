import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { ownAddress } from '../testing/own-address.ts';
import { docker, ensureTestImage, sharedEngine, TEST_IMAGE } from '../testing/real-engine.ts';
import { freePort, type RealSshd, startRealSshd } from '../testing/real-sshd.ts';
import { openRealWorld, REAL_CLOUD, type RealWorld } from '../testing/real-world.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let socketPath: string;
let sshd: RealSshd;
let world: RealWorld;

beforeAll(async () => {
  socketPath = await sharedEngine();
  await ensureTestImage(socketPath, TEST_IMAGE);
  // As a machine on a LAN: containers reach it by its address.
  sshd = await startRealSshd({ ListenAddress: '0.0.0.0' });
  world = await openRealWorld({ target: { ...sshd.target, address: ownAddress() }, engineSocketPath: socketPath });
  await world.until('the host is ready', () => world.engine.context.hosts.ready('host-1' as never) !== undefined);
});

afterAll(async () => {
  await world.close();
  await sshd.stop();
});

const serving = (text: string, port: number) =>
  `command: [sh, -c, "mkdir /www; echo ${text} > /www/index.html; exec httpd -f -p ${port} -h /www"]`;

it('leads to a container by each kind of port, and from one to another by a link, on a real host', async () => {
  const [direct, bound] = [await freePort(), await freePort()];
  const text = `
name: ways
services:
- type: docker:${TEST_IMAGE}
  id: store
  name: Store
  ${serving('rows', 8080)}
  stopSignal: SIGKILL
  env: { SHELF: wood }
  openPorts: ["8080-8081"]
- type: docker:${TEST_IMAGE}
  id: direct
  ${serving('direct', direct)}
  stopSignal: SIGKILL
  directPorts: [${direct}]
- type: docker:${TEST_IMAGE}
  id: web
  ${serving('page', 80)}
  stopSignal: SIGKILL
  links: { db: $brooklyn:component("store") }
  brooklyn.config:
    docker.container.portBindings: { ${bound}: 80 }
    docker.container.directPorts: [90]
    docker.container.tmpfs: ["/scratch:size=1m"]
    docker.memory: 64m
    docker.memory.reservation: 16m
`;
  const { applicationId } = await deployApplication(world.engine.context, USER, { text, location: REAL_CLOUD });
  const one = (planId: string) => {
    const { view } = world.open.store;
    const entity = view.entitiesOf(applicationId as ApplicationId).find((each) => each.planId === planId);
    return { entity, instance: view.get('instance', entity?.instanceId ?? ('' as never)) };
  };
  const ids = ['store', 'direct', 'web'];
  await world.until('all run', () => ids.every((id) => one(id).entity?.actual === 'RUNNING'), 60_000);

  const page = async (address: string) => (await (await fetch(`http://${address}/`)).text()).trim();
  const sensor = (id: string, name: string) => one(id).entity?.sensors[name];
  expect(await page(String(sensor('store', 'mapped.docker.port.8080')))).toBe('rows');
  expect(one('store').instance?.ports.map(({ container }) => container)).toEqual([8080, 8081]);
  expect(await page(`127.0.0.1:${direct}`)).toBe('direct');
  expect(sensor('direct', `docker.port.${direct}`)).toBe(direct);
  expect(await page(`127.0.0.1:${bound}`)).toBe('page');
  // Bindings take the place of direct ports.
  expect(one('web').instance?.ports.map(({ container, host }) => [container, host])).toEqual([[80, bound]]);

  const web = one('web').instance?.containerId ?? '';
  const inside = async (script: string) => (await docker(socketPath, ['exec', web, 'sh', '-c', script])).trim();
  expect(await inside('echo "$DB_NAME $DB_ENV_SHELF"; wget -qO- "http://$DB_PORT_8080_TCP_ADDR:$DB_PORT_8080_TCP_PORT/"')).toBe(
    'Store wood\nrows',
  );
  expect(await inside('wget -qO- "http://db:$DB_PORT_8080_TCP_PORT/"')).toBe('rows');
  expect(await inside('grep " /scratch " /proc/mounts')).toMatch(/^tmpfs \/scratch tmpfs .*size=1024k/);
  const limits = await docker(socketPath, ['inspect', '--format', '{{.HostConfig.Memory}} {{.HostConfig.MemoryReservation}}', web]);
  expect(limits.trim()).toBe(`${64 * 1024 ** 2} ${16 * 1024 ** 2}`);

  await deleteApplication(world.engine.context, USER, { applicationId, removeVolumes: true });
  await world.until('it is gone', () => world.open.store.view.get('application', applicationId) === undefined);
});
