import type { Page } from '@playwright/test';
import { buildAppImages } from '../server/plugins/hosts/lab/build-images.ts';
import { APP_IMAGES } from '../server/plugins/hosts/lab/image-catalog.ts';
import { CLOUD } from './support/api.ts';
import { dockerLines, dockerOn, SENTINEL } from './support/lab-hosts.ts';
import { beginLoad } from './support/load.ts';
import { ensureSignedIn, expect, test } from './support/story.ts';

test.describe.configure({ mode: 'serial' });

const PAGES = `
name: Pages
services:
- { type: haproxy, id: lb, name: Load balancer, target: $brooklyn:component("pages"), proxy.http.port: 8300+ }
- type: dynamic-cluster
  id: pages
  initialSize: 4
  memberSpec: { type: 'docker:nginx:1.22', name: Page server, openPorts: [80] }
`;

test.beforeEach(async ({ page, world }) => {
  await ensureSignedIn(page, world);
});

test('a host is drained under load: nothing is lost, and nothing of ours is left on it', async ({ page, world }) => {
  test.setTimeout(300_000);
  await buildAppImages(
    world.lab.world,
    APP_IMAGES.filter(({ repository }) => repository === 'nginx'),
    'changed',
  );
  const { applicationId } = await world.api.application.deploy.mutate({ text: PAGES, location: CLOUD });
  const read = () => world.api.application.get.query({ applicationId });
  await expect.poll(async () => (await read()).entities.every(({ actual }) => actual === 'RUNNING'), { timeout: 120_000 }).toBe(true);
  const { entities, instances } = await read();
  const balancer = entities.find(({ type }) => type === 'haproxy');
  const uri = String(balancer?.sensors['main.uri']);
  const away = instances.find(({ entityId }) => entityId === balancer?.id)?.hostId;
  const drained = instances.find(({ hostId }) => hostId !== away)?.hostId;
  const host = await world.api.host.get.query({ hostId: drained ?? '' });
  const machine = world.lab.hosts.find(({ name }) => name === host.name);
  if (!machine) throw new Error(`no lab host ${host.name}`);
  await dockerOn(machine, 'run', '--detach', '--name', 'of-others', '--label', SENTINEL, 'busybox:1.35', 'sleep', '1000000');

  const load = beginLoad(uri);
  await page.goto(`/hosts/${host.id}`);
  await act(page, host.name, 'Drain: move its containers…');
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('will leave');
  await dialog.getByRole('button', { name: `Drain ${host.name}` }).click();
  await expect(page.getByText('draining', { exact: true }).first()).toBeVisible();
  await expect.poll(async () => (await read()).instances.some(({ hostId }) => hostId === host.id), { timeout: 120_000 }).toBe(false);
  await expect(page.getByText('cordoned', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('table', { name: `Containers of others on ${host.name}` })).toContainText('of-others');

  const { sent, failed } = await load.end();
  expect(failed).toEqual([]);
  expect(sent).toBeGreaterThan(20);
  expect(dockerLines(await dockerOn(machine, 'ps', '--quiet'))).toHaveLength(1);
  await page.getByRole('button', { name: 'Allow new containers' }).click();
  await world.api.application.delete.mutate({ applicationId, removeVolumes: true });
  await dockerOn(machine, 'rm', '--force', 'of-others');
});

test('what is known of a host is edited, and maintenance is told', async ({ page, world }) => {
  const [host] = await world.api.host.list.query();
  if (!host) throw new Error('no host');
  await page.goto(`/hosts/${host.id}`);
  await act(page, host.name, 'Edit…');
  const edit = page.getByRole('dialog');
  await edit.getByLabel('Labels').fill('rack=2');
  await edit.getByLabel('Region').fill('eu-central');
  await edit.getByLabel('Coordinates').fill('91, 0');
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(edit).toContainText('Latitude and longitude');
  await edit.getByLabel('Coordinates').fill('52.52, 13.4');
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('eu-central, 52.52°, 13.4°')).toBeVisible();
  await expect(page.getByText('rack=2')).toBeVisible();

  await act(page, host.name, 'Maintenance…');
  await page.getByLabel('What is done').fill('New disk');
  await page.getByRole('button', { name: 'Begin maintenance' }).click();
  await expect(page.getByRole('region', { name: 'Maintenance' })).toContainText('New disk');
  await page.getByRole('button', { name: 'End maintenance' }).click();
  await expect(page.getByRole('region', { name: 'Maintenance' })).toBeHidden();
});

test('several hosts are sorted, labelled and cordoned together, by keyboard too', async ({ page, world }) => {
  await page.goto('/hosts');
  const table = page.getByRole('table', { name: 'Hosts' });
  const names = async () => await table.getByRole('row').getByRole('link').allTextContents();
  await expect(table.getByRole('link')).toHaveCount(world.lab.hosts.length);
  const first = await names();
  await table.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await table.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await expect(page).toHaveURL(/sort=-name/);
  await expect(table.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending');
  expect(await names()).toEqual([...first].sort().reverse());
  await page.reload();
  await expect.poll(names).toEqual([...first].sort().reverse());

  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await table.getByRole('checkbox', { name: `Choose ${[...first].sort()[1]}` }).click({ modifiers: ['Shift'] });
  const bar = page.getByRole('region', { name: 'Chosen hosts' });
  await expect(bar).toContainText('2 hosts chosen');
  await bar.getByRole('button', { name: 'Labels…' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('shift=late');
  await page.getByRole('button', { name: 'Change 2 hosts' }).click();
  await expect(table.getByText('shift=late')).toHaveCount(2);
  await expect(bar).toBeHidden();

  await page.getByRole('checkbox', { name: 'Choose all hosts that are shown' }).click();
  await bar.getByRole('button', { name: 'Cordon' }).click();
  await expect(table.getByText('cordoned')).toHaveCount(first.length);
  await bar.getByRole('button', { name: 'Allow new containers' }).click();
  await expect(table.getByText('cordoned')).toHaveCount(0);
  await bar.getByRole('button', { name: 'Remove…' }).click();
  await expect(page.getByRole('alertdialog')).toContainText(`${first.length} hosts will be removed`);
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect((await world.api.host.list.query()).length).toBe(first.length);
});

async function act(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Acts on ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}
