import { AxeBuilder } from '@axe-core/playwright';
import { ensureSignedIn, expect, removeApplications, test } from './support/story.ts';

test.describe.configure({ mode: 'serial' });

const BLUEPRINT = `
name: Operations
location: lab
services:
- type: cluster
  name: team
  brooklyn.config:
    cluster.initial.size: 2
    docker.memory: 32m
    shell.env: { API_TOKEN: not-for-eyes, MODE: fast }
    dynamiccluster.memberspec:
      $brooklyn:entitySpec:
        type: docker:busybox:1.35
        name: worker
        brooklyn.config: { docker.image.commands: [sleep, infinity], stopTimeout: 0s, note: '$brooklyn:config("docker.memory")' }
`;
let applicationId: string;
let clusterId: string;
let memberId: string;

test.beforeAll(async ({ world }) => {
  await removeApplications(world.api);
  ({ applicationId } = await world.api.application.deploy.mutate({ text: BLUEPRINT }));
  const detail = () => world.api.application.get.query({ applicationId });
  await expect.poll(async () => (await detail()).instances.filter(({ ready }) => ready).length, { timeout: 120_000 }).toBe(2);
  const { entities } = await detail();
  clusterId = entities.find(({ size }) => size !== null)?.id ?? '';
  memberId = entities.find(({ parentId }) => parentId === clusterId)?.id ?? '';
});

test('a numeric sensor shows its line and its history, and the address holds which', async ({ page, world }) => {
  await ensureSignedIn(page, world);
  await page.goto(`/applications/${applicationId}?entity=${clusterId}`);
  await page.getByRole('button', { name: 'Show history of group.members.count' }).click();
  const chart = page.getByRole('img', { name: /^group\.members\.count: now 2/ });
  await expect(chart).toBeVisible();
  await page.getByRole('group', { name: 'Range of group.members.count' }).getByRole('button', { name: '1 h' }).click();
  await expect(page).toHaveURL(/sensor=group\.members\.count&range=1h/);
  await page.reload();
  await expect(chart).toBeVisible();
  await page.goto(`/applications/${applicationId}?entity=${memberId}&sensor=docker.container.memory`);
  await expect(page.getByRole('img', { name: /^docker\.container\.memory: now [\d.]+ [KM]iB/ })).toBeVisible();
});

test('config says where each value comes from, and shows no secret', async ({ page }) => {
  await page.goto(`/applications/${applicationId}?entity=${memberId}&tab=config`);
  const inherited = page.getByRole('region', { name: 'Inherited' });
  await expect(inherited).toContainText('docker.memory');
  await expect(inherited.getByRole('link', { name: 'team' }).first()).toBeVisible();
  await expect(inherited).toContainText('***');
  await expect(page.getByText('not-for-eyes')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Its own' })).toContainText('$brooklyn:config("docker.memory")');
  await page.getByRole('searchbox', { name: 'Filter config' }).or(page.getByLabel('Filter config')).fill('memory');
  await expect(page.getByRole('region', { name: 'Its own' })).toHaveCount(0);
});

test('an effector is called from its form, and again from its task with another parameter', async ({ page }) => {
  await page.goto(`/applications/${applicationId}?entity=${clusterId}&tab=effectors`);
  await page.getByRole('button', { name: 'Resize team' }).click();
  await page.getByLabel(/desiredSize/).fill('1');
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('1 of 2 members goes');
  await dialog.getByRole('button', { name: 'Resize team' }).click();
  await expect(page.getByRole('treeitem', { name: /worker/ })).toHaveCount(1, { timeout: 60_000 });
  await page.goto('/activity');
  const act = page.getByRole('listitem').filter({ hasText: 'Resize team' }).first();
  await act.getByRole('button', { name: 'Show steps of Resize team' }).click();
  await act.getByRole('button', { name: 'Run Resize team again' }).click();
  await page.getByLabel(/desiredSize/).fill('2');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Resize team' }).click();
  await page.goto(`/applications/${applicationId}?entity=${clusterId}`);
  await expect(page.getByRole('treeitem', { name: /worker/ })).toHaveCount(2, { timeout: 60_000 });
});

test('an act that waits says what for, is found by its link, and a cancel says what it does', async ({ page, world }) => {
  const text = BLUEPRINT.replace('name: Operations', 'name: Waiting').replace(
    'MODE: fast',
    `MODE: '$brooklyn:attributeWhenReady("never.there")'`,
  );
  const { taskId, applicationId: waiting } = await world.api.application.deploy.mutate({ text });
  await page.goto(`/activity?task=${taskId}`);
  await expect(page.getByRole('list', { name: /^What .* waits for$/ })).toContainText(/worker.* waits for /);
  await expect(page.locator('[aria-current=true]')).toBeInViewport();
  await page
    .getByRole('button', { name: /^Cancel / })
    .first()
    .click();
  await expect(page.getByRole('alertdialog')).toContainText('What is not up yet is given up.');
  await expect(page.getByRole('alertdialog')).toContainText('2 new members are removed again');
  await page.getByRole('button', { name: 'Cancel the task' }).click();
  await expect.poll(async () => (await world.api.task.get.query({ taskId })).status).toBe('cancelled');
  await world.api.application.delete.mutate({ applicationId: waiting, removeVolumes: true });
  await page.goto('/activity?task=01ZZZZZZZZZZZZZZZZZZZZZZZZ');
  await expect(page.getByRole('status').filter({ hasText: 'no longer kept' })).toBeVisible();
});

test('the keys are told by ?, and a view is kept under a name', async ({ page }) => {
  await page.goto('/activity?status=failed');
  await expect(page.getByRole('heading', { name: 'Activity' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Leave the terminal');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('option', { name: 'Save this view…' }).click();
  await page.getByLabel('Name of this view').fill('What failed');
  await page.keyboard.press('Enter');
  await page.goto('/hosts');
  await expect(page.getByRole('heading', { name: 'Hosts' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('option', { name: /What failed/ }).click();
  await expect(page).toHaveURL(/\/activity\?status=failed/);
});
