import AxeBuilder from '@axe-core/playwright';
import { fill, form, openEditor, part, settled, startOver, textPane } from './support/editor.ts';
import { ensureSignedIn, expect, removeApplications, test } from './support/story.ts';

test.beforeEach(async ({ page, world }) => {
  await ensureSignedIn(page, world);
  await openEditor(page);
});

test('the text moves the canvas, and one history goes through both', async ({ page }) => {
  const text = textPane(page);
  await text.click();
  await page.keyboard.insertText('# Mine\nservices:\n- type: mariadb   # the rows\n  id: db\n');
  await expect(part(page, /^db, mariadb/)).toBeVisible();
  await part(page, /^db, mariadb/).click();
  await fill(page, 'Name', 'Rows');
  await expect(text).toContainText('name: Rows');
  await expect(text).toContainText('# the rows');
  await text.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('- type: docker:nginx:1.22\n  id: web\n');
  await expect(part(page, /^web, nginx/)).toBeVisible();
  await page.getByRole('button', { name: 'Undo Typing' }).click();
  await expect(part(page, /^web, nginx/)).toBeHidden();
  await page.getByRole('button', { name: 'Undo Set name of db' }).click();
  await expect(text).not.toContainText('Rows');
  await text.click();
  await page.keyboard.press('Control+y');
  await expect(part(page, /^Rows, /)).toBeVisible();

  // A text that cannot be read leaves the drawing as it was, and says so.
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText('"');
  await expect(page.getByText(/The text cannot be read just now/)).toBeVisible();
  await expect(part(page, /^Rows, /)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText(/The text cannot be read just now/)).toBeHidden();
  await startOver(page);
});

test('lines are walked, followed and removed by keyboard', async ({ page }) => {
  const text = textPane(page);
  await text.click();
  await page.keyboard.insertText(`services:
- type: mariadb
  id: db
- type: docker:nginx:1.22
  id: web
  env: { DB: $brooklyn:component("db").attributeWhenReady("host.address") } # kept
  networks: [front]
- type: virtual-network
  id: front
`);
  const said = page.getByLabel('Blueprint canvas').getByRole('status');
  await part(page, /^web, /).focus();
  await page.keyboard.press('e');
  await expect(said).toContainText('Line 1 of 2: web to db (host.address). Enter goes to db');
  await page.keyboard.press('ArrowDown');
  await expect(said).toContainText('Line 2 of 2: web to front');
  await page.keyboard.press('Enter');
  await expect(part(page, /^Network front/)).toBeFocused();
  await page.keyboard.press('e');
  await page.keyboard.press('Delete');
  await expect(text).not.toContainText('networks');
  await expect(text).toContainText('# kept');
  await expect(part(page, /^Network front/)).toBeFocused();
  await page.keyboard.press('e');
  await expect(said).toContainText('front has no lines.');
  await page.keyboard.press('Control+z');
  await expect(text).toContainText('networks: [front]');
  await startOver(page);
});

test('parts are grouped and ungrouped by keyboard, with their comments', async ({ page }) => {
  const text = textPane(page);
  await text.click();
  await page.keyboard.insertText('services:\n- type: mariadb # the rows\n  id: db\n- type: docker:nginx:1.22\n  id: web\n');
  await part(page, /^db, /).focus();
  await page.keyboard.press('Space');
  await part(page, /^web, /).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+g');
  await expect(part(page, /^group, /)).toBeVisible();
  await expect(text).toContainText('brooklyn.children:');
  await expect(text).toContainText('# the rows');
  await page.screenshot({ path: 'test-results/editor-group.png' });
  await part(page, /^group, /).focus();
  await page.keyboard.press('Control+Shift+G');
  await expect(part(page, /^group, /)).toHaveCount(0);
  await expect(text).not.toContainText('brooklyn.children:');
  await page.getByRole('button', { name: 'Undo Ungroup group' }).click();
  await expect(part(page, /^group, /)).toBeVisible();
  await startOver(page);
});

test('a running application is changed on the canvas', async ({ page, world }) => {
  const text = `name: Small
services:
- type: cluster
  id: small   # as small as can be
  brooklyn.config: { cluster.initial.size: 1 }
  memberSpec: { type: "docker:busybox:1.35", brooklyn.config: { docker.image.commands: [sleep, infinity] } }
`;
  const { applicationId } = await world.api.application.deploy.mutate({ text, location: 'lab' });
  await page.goto(`/applications/${applicationId}?tab=versions`);
  await page.getByRole('button', { name: 'Edit and update' }).click();
  await part(page, /^small, /).click({ position: { x: 12, y: 10 } });
  const size = page.getByLabel('Initial size', { exact: true });
  await size.fill('2');
  await size.press('Enter');
  await expect(textPane(page)).toContainText('id: small   # as small as can be');
  await page.screenshot({ path: 'test-results/editor-update.png' });
  await page.getByRole('button', { name: 'Deploy changes' }).click();
  await expect
    .poll(
      async () =>
        (await world.api.application.get.query({ applicationId })).entities.filter(({ type }) => /busybox|container/.test(type)).length,
    )
    .toBe(2);
  await removeApplications(world.api);
});

test('the editor looks right, and has no accessibility violations', async ({ page }) => {
  await page.goto('/blueprints/deploy?example=sample-shop');
  await settled(page);
  await part(page, /^Web server, /).click();
  await expect(form(page).getByRole('heading', { name: 'Web server' })).toBeVisible();
  for (const show of ['Show as tree', 'Show as canvas']) {
    const { violations } = await new AxeBuilder({ page }).exclude('.react-flow__viewport').analyze();
    expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
    await page.getByRole('button', { name: show }).click();
  }
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of [
      [390, 844],
      [1440, 900],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: `test-results/editor-${width}-${colorScheme}.png` });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await startOver(page);
});
