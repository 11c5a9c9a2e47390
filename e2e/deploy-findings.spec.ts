import type { Page } from '@playwright/test';
import { BAD_BLUEPRINTS } from '../server/testing/bad-blueprints/all-rows.ts';
import { ensureSignedIn, expect, test } from './support/story.ts';

test.describe.configure({ mode: 'serial' });

/** One of each kind, by its language and name, and what the screen says to do about it. */
const SHOWN: readonly (readonly [string, string])[] = [
  ['camp with a tab', 'Convert tabs to spaces.'],
  ['camp with thousands of brackets', 'Flatten the value, or move a part into its own service.'],
  ['camp with a typing error at the top', 'Did you mean “services”?'],
  ['camp with a name that changes direction', 'A name has 1 to 120 visible characters.'],
  ['camp with too few arguments', 'attributeWhenReady("sensor")'],
  ['compose with privileged', 'let somebody who may administer the cloud deploy it'],
  ['docker-run with a flag that there is not', 'Did you mean “--privileged”?'],
];

const MOST_CHARACTERS = 2 * 1024 * 1024;

/** Too long to be typed in a story: they are opened as files. */
const GIANTS = BAD_BLUEPRINTS.filter(({ text }) => text.length > 20_000);

test.beforeEach(async ({ page, world }) => {
  await ensureSignedIn(page, world);
  await page.goto('/blueprints/deploy');
  await expect(editor(page)).toBeVisible();
});

for (const [which, hint] of SHOWN) {
  test(`a blueprint in ${which} is told of with its line and what to do, and cannot be deployed`, async ({ page, world }) => {
    const before = await world.api.application.list.query({});
    const input = BAD_BLUEPRINTS.find(({ format, name }) => `${format} with ${name}` === which);
    if (input === undefined) throw new Error(`there is no bad blueprint in ${which}`);
    await editor(page).click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(input.text);
    const finding = page
      .getByRole('list', { name: 'Findings' })
      .getByRole('listitem')
      .filter({ hasText: `${input.line}:${input.column}` })
      .filter({ has: page.getByRole('link', { name: input.code, exact: true }) });
    await expect(finding).toContainText(hint);
    await expect(deploy(page)).toBeDisabled();
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(page).toHaveURL(/\/blueprints\/deploy/);
    expect(await world.api.application.list.query({})).toHaveLength(before.length);
    await startOver(page);
  });
}

test('a placement strategy that only this installation has can be deployed, one that nobody has cannot', async ({ page }) => {
  const text = (strategy: string) =>
    `services: [{ type: "docker:busybox:1.35", brooklyn.config: { docker.container.strategies: [{ $brooklyn:object: { type: ${strategy} } }] } }]`;
  const type = async (strategy: string) => {
    await editor(page).click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(text(strategy));
  };
  await type('only-those');
  await expect(page.getByRole('list', { name: 'Findings' })).toContainText('only-these');
  await expect(deploy(page)).toBeDisabled();
  await type('only-these');
  await expect(page.getByRole('list', { name: 'Findings' })).toBeHidden();
  await startOver(page);
});

for (const { name, text, code, line, column } of GIANTS) {
  test(`a file with ${name} is told of with its line, and cannot be deployed`, async ({ page }) => {
    const files = [{ name: 'giant.yaml', mimeType: 'text/yaml', buffer: Buffer.from(text) }];
    await page.getByLabel('Files to open').setInputFiles(files);
    if (text.length > MOST_CHARACTERS) {
      await expect(page.getByRole('alert').filter({ hasText: 'giant.yaml has 3.0 MiB.' })).toContainText('at most 2 MiB');
      return;
    }
    const finding = page
      .getByRole('list', { name: 'Findings' })
      .getByRole('listitem')
      .filter({ hasText: `${line}:${column}` })
      .filter({ has: page.getByRole('link', { name: code, exact: true }) });
    await expect(finding.first()).toBeVisible();
    await expect(deploy(page)).toBeDisabled();
    await startOver(page);
  });
}

function editor(page: Page) {
  return page.getByRole('textbox', { name: 'Blueprint', exact: true });
}

function deploy(page: Page) {
  return page.getByRole('button', { name: /^Deploy/ });
}

/** The draft is kept in the browser, for the next story too. */
async function startOver(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Start over' }).click();
  await expect(page.getByRole('heading', { name: 'Start from an example' })).toBeVisible();
}
