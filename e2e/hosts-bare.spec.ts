import { appendFileSync, readFileSync, statSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { ensureMachine, removeMachine } from '../server/plugins/hosts/lab/one-machine.ts';
import { type LabHost, labHostAt } from './support/lab-hosts.ts';
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

const BARE = { kind: 'lab', target: '', options: { memory: '1g', bare: true } };

/** How long a machine may take from the deploy to ready, with all of them at once. Milliseconds. */
const LIMIT_MS = 90_000;

test('three bare machines become a Docker cloud, and setting one up again changes nothing', async ({ world, page }) => {
  test.setTimeout(600_000);
  await ensureSignedIn(page, world);
  const { api } = world;
  const { applicationId } = await api.application.deploy.mutate({ text: CLOUD, location: 'lab:(bare=true,memory=1g)' });
  await expect.poll(async () => (await hostsOf(world)).length, { timeout: 120_000 }).toBeGreaterThan(0);
  const [first] = await hostsOf(world);
  await page.goto(`/hosts/${first?.id}`);
  const panel = page.getByRole('region', { name: 'Set-up' });
  await expect(panel).toContainText('Install Docker Engine with apt');
  await expect
    .poll(async () => (await hostsOf(world)).map(({ state }) => state), { timeout: 300_000 })
    .toEqual(['ready', 'ready', 'ready']);
  const tookMs = (await hostsOf(world)).map(({ createdAt, since }) => since - createdAt);
  process.stdout.write(`bare to ready, three at once: ${tookMs.map((ms) => `${(ms / 1_000).toFixed(1)} s`).join(', ')}\n`);
  expect(Math.max(...tookMs)).toBeLessThan(LIMIT_MS);
  await expect(panel).toBeHidden();

  const machines = await Promise.all((await hostsOf(world)).map(({ address }) => labHostAt(world.lab, address)));
  const before = machines.map(describeEngine);
  const setUps = async () => await Promise.all((await hostsOf(world)).map(({ id }) => stepsOf(world, id)));
  await api.host.setUp.mutate({ hostId: first?.id ?? '' });
  await expect.poll(async () => (await setUps())[0]?.at(-1), { timeout: 60_000 }).toEqual(['Run a container']);
  const isDone = async () => (await hostsOf(world)).every(({ state, setUp }) => state === 'ready' && setUp?.state === 'done');
  await expect.poll(isDone, { timeout: 60_000 }).toBe(true);
  expect(machines.map(describeEngine)).toEqual(before);

  const hosts = async () => (await hostsOf(world)).map(({ id, address, state, since, setUp }) => ({ id, address, state, since, setUp }));
  const [had, done] = [await hosts(), await setUps()];
  await expect(api.application.deploy.mutate({ text: CLOUD, location: 'lab:(bare=true,memory=1g)' })).rejects.toThrow(
    'There is already a cloud bare',
  );
  const { generation } = await api.application.update.mutate({ applicationId, text: CLOUD, expectedGeneration: 1 });
  const rollout = async () => (await api.application.get.query({ applicationId })).rollout;
  await expect.poll(rollout).toMatchObject({ to: generation, state: 'done' });
  await page.goto(`/applications/${applicationId}?lens=diff&to=1`);
  await expect(page.getByRole('region', { name: 'Changes' })).toContainText('Nothing that runs would change.');
  expect(await hosts()).toEqual(had);
  expect(await setUps()).toEqual(done);
  expect(machines.map(describeEngine)).toEqual(before);

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

test.describe
  .serial('the wizard', () => {
    test('a bare machine is given a key that the console has made, looked at in the wizard, added, set up, and its connection checked', async ({
      world,
      page,
    }) => {
      test.setTimeout(600_000);
      await ensureSignedIn(page, world);
      const machine = await ensureMachine(world.lab.world, { machine: 'bare-9', location: BARE });
      const wizard = await beginWizard(page, { name: 'wizard', address: machine.address });
      await wizard.getByRole('button', { name: 'Another key' }).click();
      await wizard.getByLabel('Name of the key').fill('made-here');
      await wizard.getByRole('button', { name: 'Generate the key' }).click();
      await expect(wizard.getByLabel('SSH key')).toContainText('made-here');
      await expect(wizard).toContainText(`Add this line to /root/.ssh/authorized_keys on ${machine.address}`);
      const line = await wizard.getByRole('code').filter({ hasText: /^ssh-/ }).innerText();
      await wizard.getByRole('button', { name: 'Next: host key' }).click();
      await expect(wizard).toContainText(machine.hostKey.fingerprint);
      const check = wizard.getByRole('button', { name: 'It matches: check first' });
      await check.click();
      await expect(checkOf(wizard, 'Login')).toContainText('failed');

      const { pid } = await labHostAt(world.lab, machine.address);
      appendFileSync(`/proc/${pid}/root/root/.ssh/authorized_keys`, `${line}\n`);
      await check.click();
      await expect(checkOf(wizard, 'Login')).toContainText('root logs in');
      await expect(checkOf(wizard, 'Docker Engine')).toContainText('is not installed');
      await expect(checksOf(wizard)).toHaveCount(11);
      await wizard.getByRole('checkbox').check();
      await wizard.getByRole('button', { name: 'It matches: add wizard' }).click();

      await expect(page).toHaveURL(/\/hosts\/\w+$/);
      await expect(page.getByRole('region', { name: 'Set-up' })).toContainText('Install Docker Engine with apt');
      await expect(page.getByRole('heading', { name: /wizard/ })).toContainText('ready', { timeout: 180_000 });
      await page.getByRole('button', { name: 'Acts on wizard' }).click();
      await page.getByRole('menuitem', { name: 'Check the connection…' }).click();
      await expect(page.getByRole('dialog')).toContainText('Nothing stands in the way.');
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
      await removeShown(page, world);
    });

    test('the machine, which has Docker now, is added with a key that is pasted', async ({ world, page }) => {
      const { lab, api } = world;
      await ensureSignedIn(page, world);
      const machine = await ensureMachine(lab.world, { machine: 'bare-9', location: BARE });
      const wizard = await beginWizard(page, { name: 'again', address: machine.address });
      await wizard.getByRole('button', { name: 'Another key' }).click();
      await wizard.getByLabel('Name of the key').fill('pasted');
      await wizard.getByLabel('Where it comes from').click();
      await page.getByRole('option', { name: 'Paste a private key' }).click();
      await wizard.getByLabel('Private key').fill(machine.privateKeyPem);
      await wizard.getByRole('button', { name: 'Keep the key' }).click();
      await expect(wizard.getByLabel('SSH key')).toContainText('pasted');
      await wizard.getByRole('button', { name: 'Next: host key' }).click();
      await wizard.getByRole('button', { name: 'It matches: check first' }).click();
      await expect(checksOf(wizard).getByText('ok', { exact: true })).toHaveCount(11);
      await wizard.getByRole('button', { name: 'It matches: add again' }).click();

      await page.getByRole('link', { name: 'again' }).click();
      await expect(page.getByRole('heading', { name: /again/ })).toContainText('ready');
      await removeShown(page, world);
      await removeMachine(lab.world, 'bare-9');
      const keys = (await api.credential.list.query()).filter(({ name }) => name === 'made-here' || name === 'pasted');
      expect(keys).toHaveLength(2);
      for (const { id: credentialId } of keys) await api.credential.remove.mutate({ credentialId });
    });
  });

interface NewHost {
  readonly name: string;
  readonly address: string;
}

/** The wizard at its second step. */
async function beginWizard(page: Page, { name, address }: NewHost): Promise<Locator> {
  await page.goto('/hosts');
  await page.getByRole('button', { name: 'Add host' }).first().click();
  const wizard = page.getByRole('dialog');
  await wizard.getByLabel('Name', { exact: true }).fill(name);
  await wizard.getByLabel('Address').fill(address);
  await wizard.getByRole('button', { name: 'Next: credential' }).click();
  return wizard;
}

function checksOf(wizard: Locator): Locator {
  return wizard.getByRole('list', { name: 'Checks' }).getByRole('listitem');
}

function checkOf(wizard: Locator, title: string): Locator {
  return checksOf(wizard).filter({ hasText: new RegExp(`^${title}`) });
}

/** Removes the host whose page is open. */
async function removeShown(page: Page, { api }: World): Promise<void> {
  const [hostId = ''] = page.url().match(/\w+$/) ?? [];
  // Not looked at any more: what the page has on its way would be of a host that is not there.
  await page.goto('/hosts');
  await api.host.remove.mutate({ hostId });
}

async function hostsOf({ api }: World) {
  const cloud = (await api.cloud.list.query({})).find(({ name }) => name === 'bare');
  return cloud ? await api.host.list.query({ cloudId: cloud.id }) : [];
}

/** Which dockerd runs on a machine and since when, its configuration, and when a package was last installed. */
function describeEngine({ pid }: LabHost): string {
  const files = ['run/docker.pid', 'etc/docker/daemon.json', 'var/lib/dpkg/status'].map((file) => `/proc/${pid}/root/${file}`);
  const times = files.map((file) => statSync(file, { bigint: true }).mtimeNs);
  return [...times, ...files.slice(0, 2).map((file) => readFileSync(file, 'utf8'))].join('\n');
}

/** The names of the steps of each set-up of a host, the latest last. */
async function stepsOf({ api }: World, hostId: string): Promise<readonly (readonly string[])[]> {
  const tasks = (await api.task.list.query({ hostId, limit: 100 })).toSorted((a, b) => a.startedAt - b.startedAt);
  return tasks
    .filter(({ name }) => name.startsWith('Set up '))
    .map(({ id }) => tasks.filter(({ parentId }) => parentId === id).map(({ name }) => name));
}
