import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { buildAppImages } from '../server/plugins/hosts/lab/build-images.ts';
import { APP_IMAGES } from '../server/plugins/hosts/lab/image-catalog.ts';
import { forwardPort } from '../server/testing/forward-port.ts';
import { CLOUD } from './support/api.ts';
import { dockerOn } from './support/lab-hosts.ts';
import { ensureSignedIn, expect, test, type World } from './support/story.ts';

test.describe.configure({ mode: 'serial' });

const CLUSTER = readFileSync('blueprints/rabbitmq-cluster.yaml', 'utf8');
/** Two networks, a load balancer on both, and a database that only one of them reaches. */
const MESH = `
name: Mesh
services:
- type: docker:busybox:1.35
  id: edge
  brooklyn.config: { docker.image.commands: [sleep, infinity], docker.container.networks: [front, back] }
- type: docker:busybox:1.35
  id: visitor
  brooklyn.config: { docker.image.commands: [sleep, infinity], docker.container.networks: [front] }
- type: docker:busybox:1.35
  id: store
  brooklyn.config: { docker.image.commands: [sleep, infinity], docker.container.networks: [back] }
`;

/** Other files have stories of the same cloud. */
test.afterAll(async ({ world: { api } }) => {
  const cloud = (await api.cloud.list.query()).find(({ name }) => name === CLOUD);
  if (cloud?.networking) await api.cloud.update.mutate({ cloudId: cloud.id, networking: null });
});

test('a cloud gets networks that reach all of its hosts, in its settings', async ({ world, page }) => {
  await ensureSignedIn(page, world);
  await page.goto('/networks');
  await expect(page.getByText('No networks yet')).toBeVisible();
  await page.goto('/settings?tab=clouds');
  await page
    .getByRole('row', { name: new RegExp(`^${CLOUD}\\b`) })
    .getByRole('button', { name: 'Edit' })
    .click();
  await page.getByRole('combobox', { name: 'Networks of applications' }).click();
  await page.getByRole('option', { name: 'Reach all hosts (VXLAN)' }).click();
  await page.getByRole('button', { name: 'Save cloud' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  const cloud = (await world.api.cloud.list.query()).find(({ name }) => name === CLOUD);
  expect(cloud?.networking).toMatchObject({ provider: 'vxlan', pool: '10.208.0.0/12', prefix: 24 });
});

test('RabbitMQ forms a cluster over three hosts by name, with no port published, and shows on the Networks screen', async ({
  world,
  page,
}) => {
  test.setTimeout(600_000);
  await buildAppImages(
    world.lab.world,
    APP_IMAGES.filter(({ repository }) => repository === 'rabbitmq'),
    'changed',
  );
  const applicationId = await deploy(world, CLUSTER);
  const containers = await containersOf(world, applicationId);
  expect(new Set(containers.map(({ host }) => host)).size).toBe(3);
  expect(containers.map(({ ports }) => ports)).toEqual(['', '', '']);
  await expect
    .poll(
      async () => {
        const one = containers[0];
        const ask = ['rabbitmqctl', '--quiet', 'cluster_status', '--formatter', 'json'];
        const status = one ? await dockerOn(hostOf(world, one.host), 'exec', one.id, ...ask).catch(() => '{}') : '{}';
        const { running_nodes: nodes = [] }: { readonly running_nodes?: readonly string[] } = JSON.parse(status.slice(status.indexOf('{')));
        return nodes.toSorted();
      },
      { timeout: 240_000, intervals: [2_000] },
    )
    .toEqual(['rabbit@mq1', 'rabbit@mq2', 'rabbit@mq3']);

  await page.goto('/networks');
  const row = page.getByRole('row', { name: /queue/ });
  await expect(row.getByText('ready')).toBeVisible();
  await expect(row.getByText('10.208.')).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details.getByRole('heading', { name: '3 containers' })).toBeVisible();
  await expect(details.getByRole('heading', { name: '3 hosts' })).toBeVisible();
  await expect(details.getByText('mq2', { exact: true })).toBeVisible();
  await expect(details.getByText('rabbitmq-cluster.clocker.internal')).toBeVisible();
  expect(page.url()).toContain('network=');

  // As its page tells.
  const { entities } = await world.api.application.get.query({ applicationId: applicationId as never });
  const node = entities.find(({ planId }) => planId === 'mq2');
  await page.goto(`/applications/${applicationId}?entity=${node?.id}`);
  await expect(page.getByText(`clocker forward ${node?.id} PORT`)).toBeVisible();
  expect(await greetingOf(world, node?.id ?? '', 5672)).toContain('RabbitMQ');
  await page.goto('/networks');
  await remove(world, applicationId);
  await expect(page.getByText('No networks yet')).toBeVisible();
});

test('what is on one network reaches what is on it, and nothing else, on whatever host; the console tells which', async ({
  world,
  page,
}) => {
  test.setTimeout(300_000);
  const applicationId = await deploy(world, MESH);
  const containers = await containersOf(world, applicationId);
  const find = (name: string) => containers.find((one) => one.name === name);
  const reaches = async (from: string, to: string): Promise<boolean> => {
    const one = find(from);
    if (!one) throw new Error(`no ${from}`);
    return await dockerOn(hostOf(world, one.host), 'exec', one.id, 'ping', '-c', '1', '-W', '1', to).then(
      () => true,
      () => false,
    );
  };
  await expect.poll(() => reaches('edge', 'visitor')).toBe(true);
  await expect.poll(() => reaches('edge', 'store')).toBe(true);
  expect(await reaches('visitor', 'store')).toBe(false);
  const [store] = (await world.api.network.list.query()).filter(({ name }) => name === 'back').flatMap(({ members }) => members);
  expect(await reaches('visitor', store?.address ?? '')).toBe(false);
  await ensureSignedIn(page, world);
  await page.goto('/networks');
  await page.getByRole('button', { name: 'back' }).click();
  const details = page.getByRole('complementary', { name: 'Details' });
  for (const [end, name] of [
    ['From', /^edge on /],
    ['To', /^store on /],
  ] as const) {
    await details.getByRole('combobox', { name: end }).click();
    await page.getByRole('option', { name }).click();
  }
  await details.getByRole('button', { name: 'Try' }).click();
  await expect(details.getByText(/^Yes: edge reaches store in /)).toBeVisible();
  await details.getByLabel('TCP port').fill('81');
  await page.reload();
  await expect(details.getByText(/^No: edge does not reach store on port 81\. .* nothing listens there/)).toBeVisible();
  await remove(world, applicationId);
});

/** What a broker says to AMQP 0-9-1 through `clocker forward`. */
async function greetingOf({ console }: World, entityId: string, port: number): Promise<string> {
  const { child, port: local } = await forwardPort({ entityId, port, url: console.url, token: console.localToken() });
  try {
    const socket = connect(local, '127.0.0.1');
    socket.write(Buffer.from([...Buffer.from('AMQP'), 0, 0, 9, 1]));
    const [greeting] = await once(socket, 'data');
    socket.destroy();
    return String(greeting);
  } finally {
    child.kill('SIGINT');
  }
}

async function deploy({ api }: World, text: string): Promise<string> {
  const { applicationId } = await api.application.deploy.mutate({ text, location: CLOUD });
  const unwell = async () =>
    (await api.application.get.query({ applicationId })).entities.flatMap(({ name, actual, problems, waitingFor }) =>
      actual === 'RUNNING' ? [] : [{ name, actual, problems, waitingFor }],
    );
  await expect.poll(unwell, { timeout: 240_000 }).toEqual([]);
  return applicationId;
}

async function remove({ api, lab }: World, applicationId: string): Promise<void> {
  await api.application.delete.mutate({ applicationId: applicationId as never, removeVolumes: true });
  await expect.poll(async () => (await api.network.list.query()).length, { timeout: 60_000 }).toBe(0);
  for (const host of lab.hosts) expect(await dockerOn(host, 'network', 'ls', '--quiet', '--filter', 'label=io.clocker.plane')).toBe('');
}

function hostOf({ lab }: World, name: string) {
  const host = lab.hosts.find((one) => one.name === name);
  if (!host) throw new Error(`no host ${name}`);
  return host;
}

interface Found {
  readonly host: string;
  readonly id: string;
  /** Id in the blueprint. */
  readonly name: string;
  readonly ports: string;
}

async function containersOf({ lab, api }: World, applicationId: string): Promise<readonly Found[]> {
  const { entities } = await api.application.get.query({ applicationId: applicationId as never });
  const format = '{{.ID}}|{{.Ports}}|{{.Label "io.clocker.entity"}}';
  const lists = await Promise.all(
    lab.hosts.map(async (host) => {
      const text = await dockerOn(host, 'ps', '--format', format, '--filter', `label=io.clocker.application=${applicationId}`);
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => {
          const [id = '', ports = '', entityId] = line.split('|');
          return {
            host: host.name,
            id,
            ports: ports.includes('->') ? ports : '',
            name: entities.find((one) => one.id === entityId)?.planId ?? '',
          };
        });
    }),
  );
  return lists.flat();
}
