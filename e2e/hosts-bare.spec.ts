import { ensureMachine, removeMachine } from '../server/plugins/hosts/lab/one-machine.ts';
import { ensureSignedIn, expect, test, type World } from './support/story.ts';

const CLOUD = `
name: Bare cloud
services:
- type: docker-infrastructure
  id: bare
  brooklyn.config:
    entity.dynamicLocation.name: bare
    docker.host.cluster.initial.size: 3
    docker.host.nameFormat: bare-%2$d
`;

/** How long a machine may take from the deploy to ready, with all of them at once. Milliseconds. */
const LIMIT_MS = 90_000;

test('three bare machines become a Docker cloud, and setting one up again changes nothing', async ({ world, page }) => {
  test.setTimeout(600_000);
  await ensureSignedIn(page, world);
  const { api } = world;
  const { applicationId } = await api.application.deploy.mutate({ text: CLOUD, location: 'lab:(bare=true,memory=1g)' });
  await expect.poll(async () => (await hostsOf(world)).length, { timeout: 120_000 }).toBe(3);
  const [first] = await hostsOf(world);
  await page.goto(`/hosts/${first?.id}`);
  const panel = page.getByRole('region', { name: 'Set-up' });
  await expect(panel).toContainText('Install Docker Engine with apt');
  await expect
    .poll(async () => (await hostsOf(world)).map(({ state }) => state), { timeout: 300_000 })
    .toEqual(['ready', 'ready', 'ready']);
  for (const { name, createdAt, since } of await hostsOf(world)) expect(since - createdAt, name).toBeLessThan(LIMIT_MS);
  await expect(panel).toBeHidden();

  await api.host.setUp.mutate({ hostId: first?.id ?? '' });
  await expect.poll(async () => (await stepsOf(world, first?.id ?? '')).at(-1), { timeout: 60_000 }).toEqual(['Run a container']);
  await expect.poll(async () => (await api.host.get.query({ hostId: first?.id ?? '' })).setUp?.state, { timeout: 60_000 }).toBe('done');

  const load = await api.application.deploy.mutate({
    text: 'services: [{ type: "docker:busybox:1.35", command: [sleep, infinity] }]',
    location: 'bare',
  });
  await expect
    .poll(
      async () =>
        (await api.application.get.query({ applicationId: load.applicationId })).entities.every(({ actual }) => actual === 'RUNNING'),
      { timeout: 120_000 },
    )
    .toBe(true);
  // A page of a host asks for what it shows, and would be told that the host is gone.
  await page.goto('/hosts');
  await api.application.delete.mutate({ applicationId, removeVolumes: true, onClouds: 'delete' });
  await expect.poll(() => api.application.list.query({}), { timeout: 180_000 }).toEqual([]);
  expect(await hostsOf(world)).toEqual([]);
});

test('a bare machine is looked at in the wizard, added, set up, and its connection checked', async ({ world, page }) => {
  test.setTimeout(600_000);
  await ensureSignedIn(page, world);
  const location = { kind: 'lab', target: '', options: { memory: '1g', bare: true } };
  const machine = await ensureMachine(world.lab.world, { machine: 'bare-9', location });
  await page.goto('/hosts');
  await page.getByRole('button', { name: 'Add host' }).first().click();
  const wizard = page.getByRole('dialog');
  await wizard.getByLabel('Name', { exact: true }).fill('wizard');
  await wizard.getByLabel('Address').fill(machine.address);
  await wizard.getByRole('button', { name: 'Next: credential' }).click();
  await wizard.getByRole('button', { name: 'Next: host key' }).click();
  await expect(wizard).toContainText(machine.hostKey.fingerprint);
  await wizard.getByRole('button', { name: 'It matches: check first' }).click();
  const checks = wizard.getByRole('list', { name: 'Checks' });
  await expect(checks.getByRole('listitem').filter({ hasText: 'Docker Engine' })).toContainText('is not installed');
  await expect(checks.getByRole('listitem')).toHaveCount(11);
  await wizard.getByRole('checkbox').check();
  await wizard.getByRole('button', { name: 'It matches: add wizard' }).click();

  await expect(page).toHaveURL(/\/hosts\/\w+$/);
  await expect(page.getByRole('region', { name: 'Set-up' })).toContainText('Install Docker Engine with apt');
  await expect(page.getByRole('heading', { name: /wizard/ })).toContainText('ready', { timeout: 180_000 });
  await page.getByRole('button', { name: 'Acts on wizard' }).click();
  await page.getByRole('menuitem', { name: 'Check the connection…' }).click();
  await expect(page.getByRole('dialog')).toContainText('Nothing stands in the way.');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  const [hostId = ''] = page.url().match(/\w+$/) ?? [];
  // Not looked at any more: what the page has on its way would be of a host that is not there.
  await page.goto('/hosts');
  await world.api.host.remove.mutate({ hostId });
  await removeMachine(world.lab.world, 'bare-9');
});

async function hostsOf({ api }: World) {
  const cloud = (await api.cloud.list.query({})).find(({ name }) => name === 'bare');
  return cloud ? await api.host.list.query({ cloudId: cloud.id }) : [];
}

/** The names of the steps of each set-up of a host, the latest last. */
async function stepsOf({ api }: World, hostId: string): Promise<readonly (readonly string[])[]> {
  const tasks = (await api.task.list.query({ hostId, limit: 100 })).toSorted((a, b) => a.startedAt - b.startedAt);
  return tasks
    .filter(({ name }) => name.startsWith('Set up '))
    .map(({ id }) => tasks.filter(({ parentId }) => parentId === id).map(({ name }) => name));
}
