import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { dockerOn } from './support/lab-hosts.ts';
import { ensureSignedIn, expect, removeApplications, signIn, test, type World } from './support/story.ts';

test.describe.configure({ mode: 'serial' });

/** Other files have stories of the same cloud. */
test.afterAll(({ world }) => removeApplications(world.api));

const SERVICE = (id: string, mode: string) => `- type: docker:busybox:1.35
  id: ${id}
  brooklyn.config:
    docker.image.commands: [sleep, infinity]
    stopTimeout: 0s
    env: { MODE: ${mode} }
`;
const BLUEPRINT = `name: Seen
location: lab
services:
- type: cluster
  id: team
  brooklyn.config:
    cluster.initial.size: 2
    dynamiccluster.memberspec:
      $brooklyn:entitySpec:
        type: docker:busybox:1.35
        name: worker
        brooklyn.config: { docker.image.commands: [sleep, infinity], stopTimeout: 0s }
${SERVICE('front', 'slow')}${SERVICE('back', 'slow')}`;

let applicationId: string;
const detail = (world: World) => world.api.application.get.query({ applicationId });
const ready = async (world: World) => (await detail(world)).instances.filter((one) => one.ready && one.state === 'running').length;
const containerOf = async (world: World, name: string) => {
  const [{ entities, instances }, hosts] = await Promise.all([detail(world), world.api.host.list.query({})]);
  const instance = instances.find(({ id }) => id === entities.find((entity) => entity.name === name)?.instanceId);
  const host = world.lab.hosts.find((one) => one.name === hosts.find(({ id }) => id === instance?.hostId)?.name);
  if (!instance || !host) throw new Error(`${name} has no container`);
  return { containerName: instance.containerName, host };
};
const modeOf = async (world: World, name: string) => {
  const { host, containerName } = await containerOf(world, name);
  const env = await dockerOn(host, 'inspect', '--format', '{{json .Config.Env}}', containerName).catch(() => '');
  return /MODE=(\w+)/.exec(env)?.[1];
};
const node = (page: Page, name: RegExp) => page.locator('.react-flow__node').and(page.getByLabel(name));
const chips = (page: Page, state: string) => node(page, /^worker, /).getByRole('button', { name: new RegExp(`^worker-\\d+, ${state}`) });

test.beforeAll(async ({ world }) => {
  await removeApplications(world.api);
  ({ applicationId } = await world.api.application.deploy.mutate({ text: BLUEPRINT }));
  await expect.poll(() => ready(world), { timeout: 120_000 }).toBe(4);
});

test('the Live lens paints what runs, and the stepper on a cluster scales it', async ({ page, world }) => {
  await ensureSignedIn(page, world);
  await page.goto(`/applications/${applicationId}`);
  await page.getByRole('button', { name: 'Live', exact: true }).click();
  await expect(page).toHaveURL(/lens=live/);
  await expect(chips(page, 'RUNNING')).toHaveCount(2);
  await expect(node(page, /^front, /)).toContainText('RUNNING');
  await node(page, /^team, /)
    .getByRole('button', { name: 'Scale team up to 3' })
    .click();
  await expect(chips(page, 'RUNNING')).toHaveCount(3, { timeout: 60_000 });
  await expect.poll(() => ready(world)).toBe(5);
  await page.screenshot({ path: 'test-results/lens-live.png' });
});

test('a container that is killed is seen to fall and to heal on its part', async ({ page, world }) => {
  await page.goto(`/applications/${applicationId}?lens=live`);
  await expect(chips(page, 'RUNNING')).toHaveCount(3);
  const before = await containerOf(world, 'worker-1');
  const fallen = chips(page, '(?!RUNNING)').first().waitFor();
  await dockerOn(before.host, 'kill', '--signal', 'KILL', before.containerName);
  await fallen;
  await expect.poll(async () => (await containerOf(world, 'worker-1')).containerName, { timeout: 60_000 }).not.toBe(before.containerName);
  await expect(chips(page, 'RUNNING')).toHaveCount(3, { timeout: 60_000 });
});

test('what the rule says stands out, and the tree tells the same', async ({ page }) => {
  await page.goto(`/applications/${applicationId}?lens=live&paint=group.members.count`);
  const reading = node(page, /^team, /)
    .getByText('3', { exact: true })
    .first();
  await expect(reading).not.toHaveClass(/text-warn/);
  await page.getByLabel('Highlight where').fill('group.members.count >= 3');
  await expect(reading).toHaveClass(/text-warn/);
  await page.getByRole('button', { name: 'Show as tree' }).click();
  await expect(page.getByRole('treeitem', { name: /worker-\d/ })).toHaveCount(3);
});

test('one service is changed, the Diff lens shows it, and nothing else is restarted', async ({ page, world }) => {
  const [front, back] = [await containerOf(world, 'front'), await containerOf(world, 'back')];
  await page.goto(`/applications/${applicationId}?lens=design`);
  await page.getByRole('textbox', { name: 'Blueprint', exact: true }).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(BLUEPRINT.replace('MODE: slow', 'MODE: fast').concat(SERVICE('late', 'slow')));
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(node(page, /^front, /)).toContainText('restarted');
  await expect(node(page, /^late, /)).toContainText('added');
  await expect(node(page, /^back, /)).toContainText('as it is');
  await expect(page.getByLabel(/^late would go to /)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Drift' })).toContainText('3 members, 2 are written');
  await page.screenshot({ path: 'test-results/lens-diff.png' });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  await page.getByRole('button', { name: 'Deploy 2 changes' }).click();
  await expect(page).toHaveURL(/lens=live/);
  await expect.poll(() => modeOf(world, 'front'), { timeout: 90_000 }).toBe('fast');
  await expect(node(page, /^late, /)).toContainText('RUNNING', { timeout: 60_000 });
  expect((await containerOf(world, 'front')).containerName).not.toBe(front.containerName);
  expect((await containerOf(world, 'back')).containerName).toBe(back.containerName);
});

test('an earlier generation is laid over what runs, and rolled back to', async ({ page, world }) => {
  await page.goto(`/applications/${applicationId}?lens=diff&to=1`);
  await expect(node(page, /^late, /)).toContainText('removed');
  await expect(page.getByRole('region', { name: 'Changes' })).toContainText('late');
  await page.getByRole('button', { name: 'Roll back to generation 1' }).click();
  await expect.poll(() => modeOf(world, 'front'), { timeout: 90_000 }).toBe('slow');
  await expect(node(page, /^late, /)).toHaveCount(0, { timeout: 60_000 });
});

test('a draft that somebody else has overtaken is merged with what they deployed', async ({ page, world }) => {
  await page.goto(`/applications/${applicationId}?lens=design`);
  const text = page.getByRole('textbox', { name: 'Blueprint', exact: true });
  await text.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(BLUEPRINT.replace('name: worker', 'name: toiler'));
  await expect(page.getByText(/^Draft of generation/)).toBeVisible();
  const { application } = await detail(world);
  await world.api.application.update.mutate({
    applicationId,
    text: BLUEPRINT.replace(/slow(?![\s\S]*slow)/, 'theirs'),
    expectedGeneration: application.generation,
  });
  await page.getByRole('button', { name: /^Merge with generation/ }).click();
  await expect(text).toContainText('MODE: theirs');
  await expect(text).toContainText('name: toiler');
  await expect(page.getByRole('button', { name: 'Deploy changes' })).toBeEnabled();
});

test('two who change the same field in two browsers lose nothing: the conflict is shown, decided and deployed', async ({
  page,
  browser,
  world,
}) => {
  const base = (await detail(world)).application.generation;
  const text = page.getByRole('textbox', { name: 'Blueprint', exact: true });
  const write = async (on: Page, mode: string) => {
    await on.goto(`/applications/${applicationId}?lens=design`);
    await on.evaluate(() => localStorage.clear());
    await on.reload();
    await on.getByRole('textbox', { name: 'Blueprint', exact: true }).click();
    await on.keyboard.press('ControlOrMeta+A');
    await on.keyboard.insertText(BLUEPRINT.replace('MODE: slow', `MODE: ${mode}`));
    await expect(on.getByRole('button', { name: 'Deploy changes' })).toBeEnabled();
  };
  await write(page, 'mine');
  const context = await browser.newContext({ baseURL: world.console.url });
  const other = await context.newPage();
  await signIn(other);
  await write(other, 'theirs');
  await other.getByRole('button', { name: 'Deploy changes' }).click();
  await expect.poll(async () => (await detail(world)).application.generation).toBe(base + 1);
  await expect.poll(() => modeOf(world, 'front'), { timeout: 90_000 }).toBe('theirs');
  await context.close();

  await page.getByRole('button', { name: `Merge with generation ${base + 1}` }).click();
  const dialog = page.getByRole('dialog', { name: `Merge with generation ${base + 1}` });
  await expect(dialog.getByText('MODE: mine')).toBeVisible();
  await expect(dialog.getByText('MODE: theirs')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Take over' })).toBeDisabled();
  await page.screenshot({ path: 'test-results/merge-conflict.png' });
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await dialog.getByRole('button', { name: 'Mine' }).click();
  await dialog.getByRole('button', { name: 'Take over' }).click();
  await expect(text).toContainText('MODE: mine');
  await expect(text).not.toContainText('MODE: theirs');
  await page.getByRole('button', { name: 'Deploy changes' }).click();
  await expect.poll(() => modeOf(world, 'front'), { timeout: 90_000 }).toBe('mine');
});

test('on a phone the lens is above what is selected', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/applications/${applicationId}?lens=live`);
  await expect(chips(page, 'RUNNING')).toHaveCount(3);
  await page.screenshot({ path: 'test-results/lens-live-narrow.png' });
});
