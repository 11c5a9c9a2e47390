import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { ensureSignedIn, expect, removeApplications, test, type World } from './support/story.ts';

const PAGE = `<?php
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$db = new mysqli(getenv('DB_HOST'), 'shop', getenv('DB_PASSWORD'), 'shop', (int) getenv('DB_PORT'));
foreach ($db->query('SELECT name FROM products') as $row) echo '<p>' . htmlspecialchars($row['name']) . '</p>';
echo '<p>Served by ' . gethostname() . '</p>';
`;
const SCRIPT = "CREATE TABLE products (name VARCHAR(40)); INSERT INTO products VALUES ('Harbour lantern'), ('Brass compass');";

test.beforeEach(async ({ page, world }) => {
  await ensureSignedIn(page, world);
  await page.goto('/blueprints/deploy');
  // What a story before has left as a draft, or how it had the panes.
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Blueprint', exact: true })).toBeVisible();
});

test('three tiers are drawn on an empty canvas, deployed, and used through the load balancer', async ({ page, world }) => {
  test.setTimeout(300_000);
  await expect(page.getByRole('heading', { name: 'Draw an application' })).toBeVisible();
  await page.getByRole('button', { name: 'Add the first part' }).click();

  await add(page, 'haproxy', 'HAProxy');
  await fill(page, 'Name', 'Load balancer');
  await fill(page, 'Port', '8380-8399');

  await add(page, 'cluster', 'Cluster');
  await fill(page, 'Name', 'Web');
  await fill(page, 'Initial size', '2');
  await add(page, 'php:8.2-apache', /Container of/);
  await fill(page, 'Name', 'Web server');
  await fill(page, 'Open ports', '80');
  await form(page).getByLabel('New name in Files').fill('/var/www/html/index.php');
  await form(page).getByLabel('New value in Files').fill(PAGE);
  await form(page).getByRole('button', { name: 'Add to Files' }).click();

  await add(page, 'mariadb', 'MariaDB');
  await fill(page, 'Name', 'Database');
  await fill(page, 'Database', 'shop');
  await fill(page, 'User', 'shop');
  await fill(page, 'Password', 'drawn-by-hand');
  await setting(page, 'Creation script', SCRIPT);
  await add(page, 'network across the hosts', 'Network');
  await fill(page, 'Id', 'data');
  await page.getByRole('button', { name: 'Close the palette' }).click();

  await page.getByRole('button', { name: 'Canvas', exact: true }).click();
  await page.getByRole('button', { name: 'Tidy' }).click();
  await settled(page);
  const [balancer, web, server, database, network] = [/^Load balancer, /, /^Web, /, /^Web server, /, /^Database, /, /^Network data/].map(
    (name) => part(page, name),
  ) as [Locator, Locator, Locator, Locator, Locator];
  await pull(page, web, balancer);
  await expect(wiring(page).getByText('loadBalancer.target: $brooklyn:component("dynamic-cluster")')).toBeVisible();
  await wiring(page).getByRole('button', { name: 'Wire' }).click();
  await pull(page, database, server);
  await wiring(page).getByLabel('Sensor').fill('host.address');
  await wiring(page).getByLabel('Name in it').fill('DB_HOST');
  await wiring(page).getByRole('button', { name: 'Wire' }).click();
  await pull(page, database, server);
  await wiring(page).getByLabel('Sensor').fill('mysql.port');
  await wiring(page).getByLabel('Name in it').fill('DB_PORT');
  await wiring(page).getByRole('button', { name: 'Wire' }).click();
  await pull(page, database, server);
  await choose(page, wiring(page).getByRole('combobox', { name: 'What is read' }), 'A config value');
  await wiring(page).getByLabel('Config key read').fill('password');
  await wiring(page).getByLabel('Name in it').fill('DB_PASSWORD');
  await wiring(page).getByRole('button', { name: 'Wire' }).click();
  await pull(page, database, network);
  await pull(page, server, network);

  // What was drawn is what stands in the text.
  await page.getByRole('button', { name: 'Both', exact: true }).click();
  await page.getByRole('button', { name: 'Tidy' }).click();
  await settled(page);
  const text = page.getByRole('textbox', { name: 'Blueprint', exact: true });
  await expect(text).toContainText('loadBalancer.target: $brooklyn:component("dynamic-cluster")');
  await expect(text).toContainText('DB_HOST: $brooklyn:component("mariadb").attributeWhenReady("host.address")');
  await page.screenshot({ path: 'test-results/editor-drawn.png' });

  await deployAndUse(page, world);
});

test('the text moves the canvas, and one history goes through both', async ({ page }) => {
  const text = page.getByRole('textbox', { name: 'Blueprint', exact: true });
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

test('the same three tiers are drawn with the keyboard alone', async ({ page, world }) => {
  test.setTimeout(300_000);
  const keys = page.keyboard;
  const focus = async (name: RegExp) => {
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? ''))
      .toMatch(name);
  };
  await page.getByRole('button', { name: 'Add the first part' }).focus();
  await keys.press('Enter');
  await expect(page.getByLabel('Find something to add')).toBeFocused();
  await keys.type('haproxy');
  await keys.press('Enter');
  await keys.press('Control+a');
  await keys.type('mariadb');
  await keys.press('Enter');
  await keys.press('Control+a');
  await keys.type('dynamic-cluster');
  await keys.press('Enter');
  await keys.press('Control+a');
  await keys.type('php:8.2-apache');
  await keys.press('Enter');
  await keys.press('Escape');
  await keys.press('Escape');
  await focus(/^php, /);

  // The form of what has the focus: Enter leads in, Escape back.
  await keys.press('Enter');
  await expect(form(page).getByLabel('Name', { exact: true })).toBeFocused();
  await keyFill(page, 'Open ports', '80');
  await keys.press('Escape');
  await focus(/^php, /);
  await keys.press('w');
  await expect(wiring(page)).toBeVisible();
  await keyChoose(page, wiring(page).getByRole('combobox', { name: 'Read from' }), 'mariadb');
  await typeInto(page, wiring(page).getByLabel('Sensor'), 'host.address');
  await typeInto(page, wiring(page).getByLabel('Name in it'), 'DB_HOST');
  await keys.press('Enter');
  await expect(wiring(page)).toBeHidden();

  await part(page, /^haproxy, /).focus();
  await keys.press('w');
  await keyChoose(page, wiring(page).getByRole('combobox', { name: 'Read from' }), 'dynamic-cluster');
  await wiring(page).getByLabel('Config key of haproxy').focus();
  await expect(wiring(page).getByLabel('Config key of haproxy')).toHaveValue('loadBalancer.target');
  await keys.press('Enter');
  await expect(wiring(page)).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Blueprint', exact: true })).toContainText('DB_HOST: $brooklyn:component("mariadb")');

  // Walked, copied, removed, and brought back.
  await page.getByRole('button', { name: 'Show as tree' }).focus();
  await keys.press('Enter');
  await page.getByRole('treeitem', { name: /^haproxy ?, / }).focus();
  await keys.press('ArrowDown');
  await focus(/^mariadb ?, ?/);
  await keys.press('Enter');
  await expect(form(page).getByLabel('Name', { exact: true })).toBeFocused();
  await keys.press('Escape');
  await focus(/^mariadb ?, ?/);
  await keys.press('Control+d');
  await expect(page.getByRole('treeitem', { name: /^mariadb-2 ?, / })).toBeVisible();
  await page.getByRole('treeitem', { name: /^mariadb-2 ?, / }).focus();
  await keys.press('Delete');
  await expect(page.getByRole('treeitem', { name: /^mariadb-2 ?, / })).toBeHidden();
  await deployByKeys(page, world);
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
  await expect(page.getByRole('textbox', { name: 'Blueprint', exact: true })).toContainText('id: small   # as small as can be');
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

function form(page: Page): Locator {
  return page.getByRole('tabpanel', { name: 'Selected' });
}

function part(page: Page, name: RegExp): Locator {
  return page.locator('.react-flow__node').and(page.getByLabel(name));
}

function wiring(page: Page): Locator {
  return page.getByRole('dialog', { name: /^Wire into/ });
}

async function add(page: Page, search: string, title: string | RegExp): Promise<void> {
  await page.getByLabel('Find something to add').fill(search);
  await page.getByRole('region', { name: 'Palette' }).getByRole('button', { name: title, exact: true }).first().click();
}

async function fill(page: Page, label: string, value: string): Promise<void> {
  const field = form(page).getByLabel(label, { exact: true });
  await field.fill(value);
  await field.press('Enter');
  await expect(field).toHaveValue(value);
}

async function setting(page: Page, label: string, value: string): Promise<void> {
  const search = form(page).getByLabel('Find a setting');
  await search.fill(label);
  await search.press('Enter');
  await fill(page, label, value);
}

/** From the right edge of one part to the middle of another. */
async function pull(page: Page, from: Locator, to: Locator): Promise<void> {
  // By its head: what is in it lies over the rest.
  await from.hover({ position: { x: 12, y: 10 } });
  const [grip, target] = [
    await from.locator('.react-flow__handle.source').boundingBox(),
    await to.locator('.react-flow__handle.target').boundingBox(),
  ];
  if (!grip || !target) throw new Error('it is not drawn');
  await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
  await page.mouse.down();
  await page.mouse.move(target.x + target.width / 2 + 6, target.y + target.height / 2, { steps: 6 });
  await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2);
  await page.mouse.up();
}

async function choose(page: Page, field: Locator, option: string): Promise<void> {
  await field.click();
  await page.getByRole('option', { name: option }).click();
}

/** Down to the option, and Enter. */
async function keyChoose(page: Page, field: Locator, option: string): Promise<void> {
  await field.focus();
  await page.keyboard.press('Enter');
  const wanted = page.getByRole('option', { name: option, exact: true });
  await expect(wanted).toBeVisible();
  await expect(page.getByRole('option').and(page.locator(':focus'))).toBeVisible();
  const isThere = () => wanted.evaluate((element) => element === document.activeElement);
  for (let step = 0; step < 10 && !(await isThere()); step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

async function typeInto(page: Page, field: Locator, value: string): Promise<void> {
  await field.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(value);
}

async function keyFill(page: Page, label: string, value: string): Promise<void> {
  const field = form(page).getByLabel(label, { exact: true });
  await typeInto(page, field, value);
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue(value);
}

/** Nothing has moved for a second. */
async function settled(page: Page): Promise<void> {
  const nodes = page.locator('.react-flow__node');
  await expect(nodes.first()).toBeVisible();
  let [last, still] = ['', 0];
  await expect
    .poll(
      async () => {
        const boxes = JSON.stringify(await Promise.all((await nodes.all()).map((node) => node.boundingBox())));
        still = boxes === last ? still + 1 : 0;
        last = boxes;
        return still;
      },
      { intervals: [300] },
    )
    .toBeGreaterThan(3);
}

async function deployAndUse(page: Page, world: World): Promise<void> {
  await page.getByRole('tab', { name: 'Plan' }).click();
  await choose(page, page.getByRole('combobox', { name: 'Location' }), 'lab');
  await expect(page.getByRole('button', { name: /^Deploy/ })).toBeEnabled();
  await page.getByRole('button', { name: /^Deploy/ }).click();
  await expect(page).toHaveURL(/\/applications\/[0-9A-Z]{26}/);
  await expect(page.getByRole('heading', { level: 1 }).locator('..')).toContainText('RUNNING', { timeout: 180_000 });
  const address = await page.getByRole('link', { name: 'Open' }).getAttribute('href');
  const shop = await page.context().newPage();
  await shop.goto(address ?? '');
  await expect(shop.getByText('Harbour lantern')).toBeVisible();
  await expect(shop.getByText(/^Served by/)).toBeVisible();
  await shop.close();
  await removeApplications(world.api);
}

async function deployByKeys(page: Page, world: World): Promise<void> {
  await page.getByRole('tab', { name: 'Plan' }).focus();
  await page.keyboard.press('Enter');
  await keyChoose(page, page.getByRole('combobox', { name: 'Location' }), 'lab');
  await expect(page.getByRole('button', { name: /^Deploy/ })).toBeEnabled();
  await page.getByRole('button', { name: /^Deploy/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/applications\/[0-9A-Z]{26}/);
  await expect(page.getByRole('heading', { level: 1 }).locator('..')).toContainText('RUNNING', { timeout: 180_000 });
  await removeApplications(world.api);
}

async function startOver(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Start over' }).click();
}
