import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Client, connect } from '../cli/client/connect.ts';
import type { DockerCli } from '../plugins/hosts/lab/docker-cli.ts';
import { applyFault, type Fault } from '../plugins/hosts/lab/faults.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { labUp } from '../plugins/hosts/lab/lab-up.ts';
import { prepareEngine } from '../plugins/hosts/lab/prepare-lab.ts';
import { dockerCloud } from '../testing/docker-cloud.ts';
import { runCli } from '../testing/run-cli.ts';
import { testLab } from '../testing/test-lab.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const MINUTES = 60_000;
const { lab } = testLab('troubletest');
/** A member for each host, and data on one of them. */
const SHOP = `
name: Shop
services:
- { type: "docker:busybox:1.35", id: web, name: Web, command: [sleep, "1000000"], stopSignal: SIGKILL }
- { type: "docker:busybox:1.35", id: data, name: Data, command: [sleep, "1000000"], stopSignal: SIGKILL, volumes: ["kept:/data"] }
`;

let server: TestServer;
let client: Client;
let token: string;
let docker: DockerCli;
let cloudId: string;
let shopId: string;

const fault = (what: Fault) => applyFault(lab, docker, what);
const entity = async (applicationId: string, name: string) =>
  (await client.api.application.get.query({ applicationId })).entities.find((one) => one.name === name);
const host = async (name: string) => (await client.api.host.list.query()).find((one) => one.name === name);
const cli = async (...argv: readonly string[]) => (await runCli(argv, { env: { CLOCKER_URL: server.url, CLOCKER_TOKEN: token } })).stdout;

async function until<T>(what: () => Promise<T>, wanted: (value: T) => void, timeout = MINUTES): Promise<void> {
  await vi.waitFor(async () => wanted(await what()), { timeout, interval: 100 });
}

/** Where the host of an entity is in the lab: what it is called there. */
async function placeOf(name: string): Promise<{ readonly host: string; readonly machine: string }> {
  const { instances, hosts, entities } = await client.api.application.get.query({ applicationId: shopId });
  const hostId = instances.find(({ id }) => id === entities.find((one) => one.name === name)?.instanceId)?.hostId;
  const record = await host(hosts.find(({ id }) => id === hostId)?.name ?? '');
  return { host: record?.name ?? '', machine: machines.get(record?.address ?? '') ?? '' };
}

/** Names in the lab, by address. */
let machines: ReadonlyMap<string, string>;

describe('a Docker cloud of own machines in trouble', () => {
  beforeAll(async () => {
    await labDown(lab);
    ({ docker } = await prepareEngine(lab));
    const made = await labUp(lab, { count: 2, memoryBytes: 512 * 1024 ** 2 });
    machines = new Map(made.map(({ address, name }) => [address, name]));
    server = await startTestServer();
    ({ token } = await server.user('ann', [{ role: 'admin', scope: 'system' }]));
    client = connect({ url: server.url, token });
    await client.api.credential.create.mutate({ name: 'lab-key', privateKey: made[0]?.privateKeyPem ?? '' });
    const location = `byon:(hosts="${made.map(({ address }) => `root@${address}`).join(',')}",trustOnFirstUse=true)`;
    const text = `${dockerCloud({ location: 'own-cloud', hosts: 3 })}    skip.install: true\n    docker.container.strategies: [{ $brooklyn:object: { type: breadth-first } }]\n`;
    ({ applicationId: cloudId } = await client.api.application.deploy.mutate({ text, location }));
    await until(
      () => client.api.host.list.query(),
      (hosts) => expect(hosts.filter(({ state }) => state === 'ready')).toHaveLength(2),
      3 * MINUTES,
    );
  }, 8 * MINUTES);

  afterAll(async () => {
    await client.close();
    await server.stop();
    await labDown(lab);
  }, 5 * MINUTES);

  it('says that no machine is left, where one more is wanted than there are, and asks for none in between', async () => {
    const all = async () => (await client.api.application.get.query({ applicationId: cloudId })).entities;
    await until(all, (entities) => expect(entities.filter(({ problems }) => problems.machine)).toHaveLength(1));
    const missing = (await all()).find(({ problems }) => problems.machine);
    expect(missing?.actual).toBe('ON_FIRE');
    for (const words of ['No machine is left: every one of byon is in use', 'Add machines to the location', 'asked again once a minute'])
      expect(missing?.problems.machine).toContain(words);
    const cloud = (await all()).find(({ id }) => id === missing?.parentId);
    expect(cloud?.problems.members).toContain(`1 of 3 not well: ${missing?.name}`);
    expect(await cli('show', cloudId)).toContain('Add machines to the location');
    const tasks = await client.api.task.list.query({ applicationId: cloudId });
    expect(tasks.filter(({ name }) => name.startsWith('Obtain machine'))).toHaveLength(2);
  });

  it('says what a drained host keeps, and why, and that it takes nothing more', async () => {
    ({ applicationId: shopId } = await client.api.application.deploy.mutate({ text: SHOP, location: 'own-cloud' }));
    for (const name of ['Web', 'Data'])
      await until(
        () => entity(shopId, name),
        (one) => expect(one?.actual).toBe('RUNNING'),
      );
    const place = await placeOf('Data');
    const { taskId } = await client.api.host.drain.mutate({ hostId: (await host(place.host))?.id ?? '' });
    await until(
      () => client.api.task.get.query({ taskId }),
      (task) => expect(task.status).toBe('failed'),
    );
    const { error } = await client.api.task.get.query({ taskId });
    expect(error?.message).toContain(`1 stays on ${place.host}: Data its data is on this host`);
    expect(error?.hint).toContain('Stop or delete these, or let them be');
    expect((await placeOf('Web')).host).not.toBe(place.host);
    expect(await entity(shopId, 'Data')).toMatchObject({ actual: 'RUNNING', problems: {} });
    expect(await host(place.host)).toMatchObject({ state: 'ready', cordoned: true });
    expect(await cli('hosts')).toMatch(new RegExp(`${place.host} +ready, cordoned`));
    await client.api.host.cordon.mutate({ hostId: (await host(place.host))?.id ?? '', cordoned: false });
  });

  it('says what is lost with a host, and what can be done', async () => {
    const place = await placeOf('Data');
    await fault({ kind: 'kill', host: place.machine });
    await until(
      () => host(place.host),
      (one) => expect(one?.state).toBe('lost'),
    );
    await until(
      () => entity(shopId, 'Data'),
      (one) => expect(one?.question).not.toBeNull(),
    );
    expect((await host(place.host))?.reason).toMatch(
      /docker-\d .*\(nothing answers at its address, other hosts are heard\)\. Start the machine again, or remove the host/,
    );
    const data = await entity(shopId, 'Data');
    expect(data).toMatchObject({ actual: 'ON_FIRE', problems: { question: `Its data is on ${place.host}, which is lost` } });
    expect(data?.question?.choices.map(({ id }) => id)).toEqual(['wait', 'start-empty', 'stop']);
    expect(await entity(shopId, 'Web')).toMatchObject({ actual: 'RUNNING' });
    expect(await cli('show', shopId)).toContain(`To be answered in the console: Wait for ${place.host}, Start empty elsewhere, Stop`);
    const burning = { actual: 'ON_FIRE', problems: { host: expect.stringContaining('Start the machine again') } };
    await until(
      () => entity(cloudId, place.host),
      (one) => expect(one).toMatchObject(burning),
    );
  });
});
