import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { dockerLines, dockerOn } from './support/lab-hosts.ts';
import { readMetric } from './support/metrics.ts';
import { expect, makeAdministrator, test, type World } from './support/story.ts';

test.describe.configure({ mode: 'serial' });

const SHOP = 'Sample shop';

test('the first administrator is made with the token from the terminal', async ({ page, world }) => {
  await page.goto('/');
  await expect(page.getByText('There is no administrator yet')).toBeVisible();
  await makeAdministrator(page, world);
  await expect(page.getByRole('heading', { name: 'Applications', exact: true })).toBeVisible();
});

test('the sample is deployed from the Deploy screen and opened through its load balancer', async ({ page, world }) => {
  await page.goto('/blueprints/deploy');
  await page.getByText(SHOP, { exact: true }).locator('xpath=ancestor::*[.//button][1]').getByRole('button', { name: /Use/ }).click();
  await expect(
    page
      .getByLabel(/Blueprint/)
      .getByText('haproxy')
      .first(),
  ).toBeVisible();
  await page.getByRole('combobox', { name: 'Location' }).click();
  await page.getByRole('option', { name: 'lab', exact: true }).click();
  const deploy = page.getByRole('button', { name: /^Deploy/ });
  await expect(deploy).toBeEnabled();
  await deploy.click();
  await expect(page).toHaveURL(/\/applications\/[0-9A-Z]{26}/);
  await expect(page.getByRole('treeitem', { name: /Web server-2/ })).toBeVisible();
  await expect(stateOf(page)).toContainText('RUNNING', { timeout: 90_000 });
  await expectRows(world);
});

test('a sensor is seen to change while one looks', async ({ page, world }) => {
  await openEntity(page, world, /Web servers/);
  const count = page.getByRole('row', { name: /group\.members\.count/ }).getByRole('cell');
  await expect(count).toHaveText('2');
  await page.getByRole('button', { name: 'Scale Web servers up to 3' }).click();
  await expect(count).toHaveText('3');
  await page.getByRole('button', { name: 'Scale Web servers down to 2' }).click();
  await expect(count).toHaveText('2');
});

test('a cluster is scaled from 2 to 5 and back, and the load balancer follows', async ({ page, world }) => {
  await openEntity(page, world, /Web servers/);
  await scaleTo(page, 5);
  await expect(page.getByRole('treeitem', { name: /^RUNNING ?Web server-/ })).toHaveCount(5, { timeout: 90_000 });
  await expect.poll(() => namesServed(world, 40), { timeout: 60_000 }).toBe(5);
  await scaleTo(page, 2);
  await expect(page.getByRole('treeitem', { name: /Web server-/ })).toHaveCount(2, { timeout: 60_000 });
  await expect.poll(() => namesServed(world, 20), { timeout: 30_000 }).toBe(2);
  await expectRows(world);
});

test('a load balancer serves from the moment it is RUNNING, and a shrink cuts no request', async ({ world }) => {
  const name = `Slow ${Date.now()}`;
  const { applicationId: slowId } = await world.api.application.deploy.mutate({ text: slowBlueprint(name), location: 'lab' });
  const detail = () => world.api.application.get.query({ applicationId: slowId });
  const find = async (type: string) => (await detail()).entities.find((entity) => entity.type === type);
  await expect.poll(async () => (await find('haproxy'))?.actual, { timeout: 120_000, intervals: [50] }).toBe('RUNNING');
  const uri = String((await find('haproxy'))?.sensors['main.uri']);
  expect((await fetch(uri)).status).toBe(200);
  const cluster = (await detail()).entities.find((entity) => entity.size !== null);
  if (!cluster) throw new Error('no cluster');
  await expect.poll(async () => (await find('haproxy'))?.sensors['proxy.servers'], { timeout: 60_000 }).toHaveLength(2);
  const requests = Array.from({ length: 8 }, () => slowPost(uri));
  await new Promise((resolve) => setTimeout(resolve, 500));
  await world.api.entity.resize.mutate({ entityId: cluster.id, size: 1 });
  expect(await Promise.all(requests)).toEqual(Array.from({ length: 8 }, () => 200));
  await expect.poll(async () => (await detail()).instances.length, { timeout: 60_000 }).toBe(2);
  await world.api.application.delete.mutate({ applicationId: slowId, removeVolumes: true });
  await expect.poll(async () => (await world.api.application.list.query({})).length, { timeout: 60_000 }).toBe(1);
});

test('a container killed on its host is replaced, as the host tells of it', async ({ world, page }) => {
  await openEntity(page, world, /Web server-1/);
  const before = await instanceOf(world, 'Web server-1');
  const host = world.lab.hosts.find(({ name }) => name === before.host);
  if (!host) throw new Error(`no lab host ${before.host}`);
  const [byEvent, byList] = await changesSeen(world);
  await dockerOn(host, 'kill', '--signal', 'KILL', before.container);
  await expect.poll(async () => (await instanceOf(world, 'Web server-1')).container, { timeout: 60_000 }).not.toBe(before.container);
  const [byEventNow, byListNow] = await changesSeen(world);
  // The full list that is read each half minute would find it too, and hide a stream that tells nothing.
  expect({ byEvent: byEventNow > byEvent, byList: byListNow - byList }).toEqual({ byEvent: true, byList: 0 });
  await expect(
    page
      .getByRole('heading', { name: /Web server-1/ })
      .locator('..')
      .getByText('RUNNING'),
  ).toBeVisible();
  await expect.poll(() => dockerOn(host, 'ps', '-aq', '--filter', `name=${before.container}`)).toBe('');
});

test('one container is restarted with one click', async ({ page, world }) => {
  await openEntity(page, world, /Web server-2/);
  const before = await instanceOf(world, 'Web server-2');
  await page.getByRole('button', { name: 'Restart' }).last().click();
  await expect.poll(async () => (await instanceOf(world, 'Web server-2')).startedAt, { timeout: 60_000 }).toBeGreaterThan(before.startedAt);
  await expect.poll(async () => (await instanceOf(world, 'Web server-2')).ready, { timeout: 60_000 }).toBe(true);
});

test('an update is rolled out, compared, and restored', async ({ page, world }) => {
  const id = await applicationId(world);
  await page.goto(`/applications/${id}?tab=versions`);
  const [first] = await world.api.application.generations.query({ applicationId: id });
  await page.getByRole('button', { name: 'Edit and update' }).click();
  await page.getByRole('textbox', { name: 'Blueprint' }).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText((first?.text ?? '').replace('shop.title: Sample shop', 'shop.title: Winter shop'));
  await page.getByRole('button', { name: 'Deploy changes' }).click();
  await expect.poll(() => title(world), { timeout: 90_000 }).toBe('Winter shop');
  await expectRows(world);
  await page.goto(`/applications/${id}?tab=versions`);
  await expect(page.getByRole('button', { name: /^2 ?current/ })).toBeVisible();
  await settled(world);
  await page.getByRole('button', { name: /^1 ?deploy/ }).click();
  await page.getByRole('button', { name: 'Restore generation 1' }).click();
  await expect.poll(() => title(world), { timeout: 90_000 }).toBe('Sample shop');
  await settled(world);
});

test('the log is followed, paused, searched', async ({ page, world }) => {
  await openEntity(page, world, /Web server-1/);
  await page.getByRole('tab', { name: 'Logs' }).click();
  const log = page.getByRole('log');
  await expect(log).toContainText('GET');
  const mark = `/?mark=${Date.now()}`;
  const { uri } = await instanceOf(world, 'Web server-1');
  await fetch(new URL(mark, uri));
  await expect(log).toContainText(mark);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByLabel('Search the log').fill('mark=');
  await expect(page.getByText(/^[1-9]\d* matches$/)).toBeVisible();
});

test('the log of a cluster is that of all its members', async ({ page, world }) => {
  await openEntity(page, world, /Web servers/);
  await page.getByRole('tab', { name: 'Logs' }).click();
  const mark = `/?member=${Date.now()}`;
  for (const name of ['Web server-1', 'Web server-2'])
    await fetch(new URL(`${mark}&of=${name.at(-1)}`, (await instanceOf(world, name)).uri));
  const log = page.getByRole('log');
  for (const name of ['Web server-1', 'Web server-2'])
    await expect(log).toContainText(new RegExp(`${name}.*member=\\d+&of=${name.at(-1)}`));
});

test('the topology shows hosts and containers, and a click opens the inspector', async ({ page }) => {
  await page.goto('/topology');
  for (const host of ['host-1', 'host-2', 'host-3']) await expect(page.getByLabel(`Host ${host}`)).toBeVisible();
  await page.getByLabel('Container of Database').click();
  await expect(page.getByRole('complementary', { name: 'Inspector' }).getByRole('heading', { name: 'Database' })).toBeVisible();
  await expect(page).toHaveURL(/node=/);
});

test('the screens have no accessibility violations', async ({ page, world }) => {
  const id = await applicationId(world);
  for (const path of ['/applications', `/applications/${id}`, '/topology', '/hosts', '/activity', '/blueprints/deploy', '/settings']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).exclude('.react-flow__viewport').analyze();
    expect(violations.map(({ id: rule, nodes }) => `${path} ${rule}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  }
});

test('a stopped and deleted application leaves nothing on any host', async ({ page, world }) => {
  const id = await applicationId(world);
  await page.goto(`/applications/${id}`);
  await page.getByRole('button', { name: 'Stop' }).first().click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('Load balancer on');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await expect(stateOf(page)).toContainText('STOPPED', { timeout: 90_000 });
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(dialog).toContainText('Database');
  await dialog.getByRole('checkbox').click();
  await dialog.getByRole('textbox').fill(SHOP);
  await dialog.getByRole('button', { name: /^Delete/ }).click();
  await expect(page).toHaveURL(/\/applications$/);
  await expect(page.getByText(SHOP)).toHaveCount(0, { timeout: 60_000 });
  const plane = (await world.api.system.about.query({})).planeId;
  for (const host of world.lab.hosts) {
    const label = ['--filter', `label=io.clocker.plane=${plane}`];
    expect(dockerLines(await dockerOn(host, 'ps', '-aq', ...label)), `containers on ${host.name}`).toEqual([]);
    expect(dockerLines(await dockerOn(host, 'volume', 'ls', '-q', ...label)), `volumes on ${host.name}`).toEqual([]);
  }
});

/** Two servers that take 4 s for each answer and are killed at once when they stop, behind a balancer. */
function slowBlueprint(name: string): string {
  return `
name: ${name}
services:
- type: cluster
  id: slow
  brooklyn.config:
    cluster.initial.size: 2
    dynamiccluster.memberspec:
      $brooklyn:entitySpec:
        type: docker:php:8.2-apache
        brooklyn.config:
          docker.container.openPorts: [80]
          docker.container.files: { /var/www/html/index.php: '<?php sleep(4); echo "done";' }
          stop.timeout: 0
- type: haproxy
  brooklyn.config:
    loadBalancer.target: $brooklyn:component("slow")
    proxy.http.port: 8100-8199
`;
}

/** Never tried again by the balancer: what is cut is seen. */
async function slowPost(uri: string): Promise<number> {
  return (await fetch(uri, { method: 'POST', body: 'x', headers: { connection: 'close' } })).status;
}

/** The header of the application's screen: its name, state and acts. */
function stateOf(page: Page) {
  return page.locator('main header').first();
}

async function applicationId(world: World): Promise<string> {
  const [application] = await world.api.application.list.query({});
  if (!application) throw new Error('nothing is deployed');
  return application.id;
}

async function openEntity(page: Page, world: World, name: RegExp): Promise<void> {
  await page.goto(`/applications/${await applicationId(world)}`);
  await page.getByRole('treeitem', { name }).first().click();
}

async function scaleTo(page: Page, size: number): Promise<void> {
  const input = page.getByLabel('Wanted members of Web servers');
  await input.fill(String(size));
  await page.getByRole('button', { name: `Scale to ${size}` }).click();
}

async function loadBalancer(world: World): Promise<string> {
  const { entities } = await world.api.application.get.query({ applicationId: await applicationId(world) });
  const uri = entities.find((entity) => entity.type === 'haproxy')?.sensors['main.uri'];
  if (typeof uri !== 'string') throw new Error('the load balancer has no address');
  return uri;
}

async function title(world: World): Promise<string> {
  const response = await fetch(await loadBalancer(world));
  return /<title>([^<]*)/.exec(await response.text())?.[1] ?? '';
}

/** No update is on its way. */
async function settled(world: World): Promise<void> {
  const applicationIdOfShop = await applicationId(world);
  await expect
    .poll(async () => (await world.api.application.get.query({ applicationId: applicationIdOfShop })).rollout?.state, { timeout: 120_000 })
    .toBe('done');
}

/** The page that the load balancer serves shows rows of the database. */
async function expectRows(world: World): Promise<void> {
  const uri = await loadBalancer(world);
  await expect.poll(async () => (await fetch(uri)).status, { timeout: 30_000 }).toBe(200);
  const html = await (await fetch(uri)).text();
  expect(html.match(/<tr/g)?.length ?? 0, html).toBeGreaterThan(2);
}

/** How many different web servers answer so many requests; a request that fails counts against it. */
async function namesServed(world: World, requests: number): Promise<number> {
  const uri = await loadBalancer(world);
  const names = new Set<string>();
  for (let n = 0; n < requests; n++) {
    const response = await fetch(uri, { headers: { connection: 'close' } });
    if (!response.ok) return -1;
    names.add(/Served by <b>([^<]+)/.exec(await response.text())?.[1] ?? '');
  }
  return names.size;
}

/** Changes of containers that the console found where an event pointed, and those that only a full list told. */
async function changesSeen(world: World): Promise<readonly [number, number]> {
  return [
    await readMetric(world.console, 'clocker_host_changes_by_event_total'),
    await readMetric(world.console, 'clocker_host_changes_by_list_total'),
  ];
}

async function instanceOf(world: World, name: string) {
  const { entities, instances } = await world.api.application.get.query({ applicationId: await applicationId(world) });
  const entity = entities.find((each) => each.name === name);
  const instance = instances.find((each) => each.id === entity?.instanceId);
  if (!entity || !instance) throw new Error(`${name} has no container`);
  const host = (await world.api.host.get.query({ hostId: instance.hostId })).name;
  return {
    container: instance.containerName,
    host,
    startedAt: instance.startedAt ?? 0,
    ready: instance.ready,
    uri: String(entity.sensors['main.uri']),
  };
}
