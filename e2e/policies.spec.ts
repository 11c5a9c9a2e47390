import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { beginLoad } from './support/load.ts';
import { ensureSignedIn, expect, removeApplications, test, type World } from './support/story.ts';

test.describe.configure({ mode: 'serial' });

test.afterAll(({ world }) => removeApplications(world.api));

const APPLICATION = 'Auto-scaled web';
const POLICY = 'Follow the load';

test('web servers grow with their load and shrink again, and no request fails', async ({ page, world }) => {
  test.setTimeout(300_000);
  await ensureSignedIn(page, world);
  await deploy(world);
  await openPolicies(page, world);
  await expect(policy(page)).toContainText('active', { timeout: 60_000 });
  const load = beginLoad(await addressOf(world));
  await expect.poll(() => sizeOf(world), { timeout: 120_000 }).toBeGreaterThan(1);
  await expect(policy(page)).toContainText(/members|acting/);
  const { sent, failed } = await load.end();
  expect(failed).toEqual([]);
  expect(sent).toBeGreaterThan(50);
  await expect.poll(() => sizeOf(world), { timeout: 120_000 }).toBe(1);
  const tasks = await world.api.task.list.query({});
  expect(tasks.filter(({ cause, name }) => cause.kind === 'policy' && name === 'Resize Web servers').length).toBeGreaterThanOrEqual(2);
});

test('what it would have done is rehearsed on what was recorded', async ({ page, world }) => {
  await openPolicies(page, world);
  await page.getByRole('button', { name: `Acts on ${POLICY}` }).click();
  await page.getByRole('menuitem', { name: 'Rehearse…' }).click();
  const dialog = page.getByRole('dialog', { name: `Rehearse ${POLICY}` });
  await expect(dialog.getByText(/It would have (acted|done nothing)/)).toBeVisible({ timeout: 20_000 });
  await expect(dialog.getByText('docker.container.cpu, as recorded')).toBeVisible();
  await page.keyboard.press('Escape');
});

test('it is suspended with a reason, edited, and acts again', async ({ page, world }) => {
  await openPolicies(page, world);
  await act(page, 'Suspend…');
  const suspend = page.getByRole('dialog', { name: `Suspend ${POLICY}` });
  await suspend.getByLabel(/Why/).fill('a rehearsal of the night');
  await suspend.getByRole('button', { name: 'Suspend' }).click();
  await expect(policy(page)).toContainText('suspended');
  await expect(policy(page)).toContainText('a rehearsal of the night');
  await act(page, 'Edit…');
  const edit = page.getByRole('dialog', { name: `Edit ${POLICY}` });
  await edit.getByLabel('Fewest members (optional)').fill('2');
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(edit).toBeHidden();
  await expect(policy(page)).toContainText('changed here');
  expect(await sizeOf(world)).toBe(1);
  await act(page, 'Resume');
  await expect.poll(() => sizeOf(world), { timeout: 30_000 }).toBe(2);
});

test('another that would write the same is refused, with the reason; what does not is attached and detached', async ({ page, world }) => {
  await openPolicies(page, world);
  const { found } = await cluster(world);
  const second = world.api.adjunct.attach.mutate({ entityId: found.id, type: 'auto-scaler', config: { metric: 'load' } });
  await expect(second).rejects.toThrow('scaler of Web servers writes the same: two policies would undo each other’s work');
  await page.getByRole('button', { name: 'Attach…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Attach to Web servers' });
  await dialog.getByRole('combobox', { name: 'What' }).click();
  await page.getByRole('option', { name: 'Failure detector', exact: true }).click();
  await dialog.getByRole('button', { name: 'Attach' }).click();
  await expect(dialog).toBeHidden();
  const attached = page.getByRole('listitem').filter({ hasText: 'attached here' });
  await expect(attached).toContainText('active');
  await attached.getByRole('button', { name: /^Acts on/ }).click();
  await page.getByRole('menuitem', { name: 'Detach…' }).click();
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Detach/ })
    .click();
  await expect(attached).toBeHidden();
});

async function deploy({ api }: World): Promise<void> {
  const text = readFileSync('blueprints/auto-scaled-web.yaml', 'utf8');
  await api.application.deploy.mutate({ text, location: 'lab' });
  await expect
    .poll(async () => (await api.application.list.query({})).find(({ name }) => name === APPLICATION)?.root?.actual, { timeout: 120_000 })
    .toBe('RUNNING');
}

async function cluster({ api }: World) {
  const application = (await api.application.list.query({})).find(({ name }) => name === APPLICATION);
  const { entities } = await api.application.get.query({ applicationId: application?.id ?? '' });
  const found = entities.find(({ planId, slot }) => planId === 'web' && slot === null);
  const balancer = entities.find(({ planId }) => planId === 'lb');
  if (!application || !found || !balancer) throw new Error('the application is not there');
  return { application, found, balancer };
}

async function sizeOf(world: World): Promise<number | null> {
  return (await cluster(world)).found.size;
}

async function addressOf(world: World): Promise<string> {
  return String((await cluster(world)).balancer.sensors['main.uri']);
}

async function openPolicies(page: Page, world: World): Promise<void> {
  const { application, found } = await cluster(world);
  await page.goto(`/applications/${application.id}?entity=${found.id}&tab=policies`);
  await expect(policy(page)).toBeVisible();
}

function policy(page: Page) {
  return page.getByRole('listitem').filter({ hasText: POLICY });
}

async function act(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Acts on ${POLICY}` }).click();
  await page.getByRole('menuitem', { name }).click();
}
