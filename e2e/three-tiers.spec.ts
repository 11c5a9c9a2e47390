import type { Locator, Page } from '@playwright/test';
import { add, choose, fill, form, openEditor, part, pull, setting, settled, textPane, wiring } from './support/editor.ts';
import { keyChoose, pressEnter, reach, typeInto } from './support/keys.ts';
import { dockerLines, dockerOn } from './support/lab-hosts.ts';
import { ensureSignedIn, expect, removeApplications, test, type World } from './support/story.ts';

/** Clocker’s own example: a load balancer on one network, a database on another, web servers on both. */
const PAGE = `<?php
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$db = new mysqli(getenv('DB_HOST'), 'shop', getenv('DB_PASSWORD'), 'shop', (int) getenv('DB_PORT'));
foreach ($db->query('SELECT name FROM products') as $row) echo '<p>' . htmlspecialchars($row['name']) . '</p>';
echo '<p>Season: ' . (getenv('SEASON') ?: 'none') . '</p>';
`;
const SCRIPT = "CREATE TABLE products (name VARCHAR(40)); INSERT INTO products VALUES ('Harbour lantern'), ('Brass compass');";
const TEXT = `services:
- type: haproxy
  name: Load balancer   # on the way in
  id: haproxy
  brooklyn.config:
    docker.container.networks: [front]
    loadBalancer.target: $brooklyn:component("web")
    proxy.http.port: 8380-8399
- type: cluster
  name: Web
  id: web
  initialSize: 2
  memberSpec:
    type: docker:php:8.2-apache
    name: Web server
    openPorts: [80]
    networks: [front, data]
    env:
      DB_HOST: $brooklyn:component("mariadb").attributeWhenReady("host.address")
      DB_PORT: $brooklyn:component("mariadb").attributeWhenReady("mysql.port")
      DB_PASSWORD: $brooklyn:component("mariadb").config("password")
    files:
      /var/www/html/index.php: |
${PAGE.replace(/^/gm, '        ').trimEnd()}
`;
const DATABASE = `- type: mariadb
  name: Database
  id: mariadb
  networks: [data]
  database: shop
  user: shop
  password: written-by-hand
  brooklyn.config: { datastore.creation.script.contents: "${SCRIPT}" }
- { type: virtual-network, id: front }
- { type: virtual-network, id: data }
`;

/** How a person does it. */
interface Hands {
  press(target: Locator): Promise<void>;
  type(field: Locator, value: string): Promise<void>;
  choose(field: Locator, option: string): Promise<void>;
}

const mouse = (page: Page): Hands => ({
  press: (target) => target.click(),
  type: (field, value) => field.fill(value),
  choose: (field, option) => choose(page, field, option),
});
const keyboard = (page: Page): Hands => ({
  press: (target) => pressEnter(page, target),
  type: (field, value) => typeInto(page, field, value),
  choose: (field, option) => keyChoose(page, field, option),
});

test.beforeEach(async ({ page, world }) => {
  test.setTimeout(420_000);
  await ensureSignedIn(page, world);
  await removeApplications(world.api);
  await openEditor(page);
});

test.afterAll(({ world }) => removeApplications(world.api));

test('three tiers are drawn, deployed, used, scaled, broken, changed, rolled back and deleted', async ({ page, world }) => {
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
  for (const network of ['front', 'data']) {
    await add(page, 'network across the hosts', 'Network');
    await fill(page, 'Id', network);
  }
  await page.getByRole('button', { name: 'Close the palette' }).click();

  await page.getByRole('button', { name: 'Canvas', exact: true }).click();
  await page.getByRole('button', { name: 'Tidy' }).click();
  await settled(page);
  const names = [/^Load balancer, /, /^Web, /, /^Web server, /, /^Database, /, /^Network front/, /^Network data/];
  const [balancer, web, server, database, front, data] = names.map((name) => part(page, name)) as Locator[] as [
    Locator,
    Locator,
    Locator,
    Locator,
    Locator,
    Locator,
  ];
  const wire = () => wiring(page).getByRole('button', { name: 'Wire' }).click();
  await pull(page, web, balancer);
  await expect(wiring(page).getByText('loadBalancer.target: $brooklyn:component("dynamic-cluster")')).toBeVisible();
  await wire();
  for (const [sensor, name] of [
    ['host.address', 'DB_HOST'],
    ['mysql.port', 'DB_PORT'],
  ] as const) {
    await pull(page, database, server);
    await wiring(page).getByLabel('Sensor').fill(sensor);
    await wiring(page).getByLabel('Name in it').fill(name);
    await wire();
  }
  await pull(page, database, server);
  await choose(page, wiring(page).getByRole('combobox', { name: 'What is read' }), 'A config value');
  await wiring(page).getByLabel('Config key read').fill('password');
  await wiring(page).getByLabel('Name in it').fill('DB_PASSWORD');
  await wire();
  for (const [one, network] of [
    [balancer, front],
    [server, front],
    [server, data],
    [database, data],
  ] as const)
    await pull(page, one, network);

  // What was drawn is what stands in the text.
  await page.getByRole('button', { name: 'Both', exact: true }).click();
  await page.getByRole('button', { name: 'Tidy' }).click();
  await settled(page);
  await expect(textPane(page)).toContainText('loadBalancer.target: $brooklyn:component("dynamic-cluster")');
  await expect(textPane(page)).toContainText('DB_HOST: $brooklyn:component("mariadb").attributeWhenReady("host.address")');
  await page.screenshot({ path: 'test-results/editor-drawn.png' });
  await deployAndUse(page, world, mouse(page));
  await liveThrough(page, world, mouse(page), () => addSeason(page, mouse(page)));
});

test('the same with the keyboard alone', async ({ page, world }) => {
  const hands = keyboard(page);
  const keys = page.keyboard;
  const field = (label: string) => form(page).getByLabel(label, { exact: true });
  const keyFill = async (label: string, value: string) => {
    await typeInto(page, field(label), value);
    await keys.press('Enter');
    await expect(field(label)).toHaveValue(value);
  };
  /** From the palette, which keeps the focus, to the form of what was just added and back to the canvas. */
  const keyAdd = async (search: string, fields: readonly (readonly [string, string])[]) => {
    await keys.press('Control+a');
    await keys.type(search);
    await keys.press('Enter');
    for (const [label, value] of fields) await keyFill(label, value);
  };
  const palette = () => reach(page, page.getByLabel('Find something to add'));
  await hands.press(page.getByRole('button', { name: 'Add the first part' }));
  await expect(page.getByLabel('Find something to add')).toBeFocused();
  await keyAdd('haproxy', [
    ['Name', 'Load balancer'],
    ['Port', '8380-8399'],
  ]);
  await palette();
  await keyAdd('dynamic-cluster', [
    ['Name', 'Web'],
    ['Initial size', '2'],
  ]);
  await palette();
  await keyAdd('php:8.2-apache', [
    ['Name', 'Web server'],
    ['Open ports', '80'],
  ]);
  await typeInto(page, form(page).getByLabel('New name in Files'), '/var/www/html/index.php');
  await typeInto(page, form(page).getByLabel('New value in Files'), PAGE);
  await hands.press(form(page).getByRole('button', { name: 'Add to Files' }));
  await palette();
  await keyAdd('mariadb', [
    ['Name', 'Database'],
    ['Database', 'shop'],
    ['User', 'shop'],
    ['Password', 'typed-by-hand'],
  ]);
  await typeInto(page, form(page).getByLabel('Find a setting'), 'Creation script');
  await keys.press('Enter');
  await keyFill('Creation script', SCRIPT);
  for (const network of ['front', 'data']) {
    await palette();
    await keyAdd('network across the hosts', [['Id', network]]);
  }
  await hands.press(page.getByRole('button', { name: 'Close the palette' }));

  /** W on a part asks what it is to read, and from where. */
  const wire = async (name: RegExp, from: string, read: readonly (readonly [string, string])[], isConfig = false) => {
    await reach(page, part(page, name));
    await keys.press('w');
    await keyChoose(page, wiring(page).getByRole('combobox', { name: 'Read from' }), from);
    if (isConfig) await keyChoose(page, wiring(page).getByRole('combobox', { name: 'What is read' }), 'A config value');
    for (const [label, value] of read) await typeInto(page, wiring(page).getByLabel(label), value);
    await hands.press(wiring(page).getByRole('button', { name: 'Wire' }));
    await expect(wiring(page)).toBeHidden();
  };
  await wire(/^Load balancer, /, 'Web', []);
  const [sensor, name] = ['Sensor', 'Name in it'];
  await wire(/^Web server, /, 'Database', [
    [sensor, 'host.address'],
    [name, 'DB_HOST'],
  ]);
  await wire(/^Web server, /, 'Database', [
    [sensor, 'mysql.port'],
    [name, 'DB_PORT'],
  ]);
  await wire(
    /^Web server, /,
    'Database',
    [
      ['Config key read', 'password'],
      [name, 'DB_PASSWORD'],
    ],
    true,
  );
  for (const [one, network] of [
    [/^Load balancer, /, 'front'],
    [/^Web server, /, 'front'],
    [/^Web server, /, 'data'],
    [/^Database, /, 'data'],
  ] as const)
    await wire(one, network, []);
  await expect(textPane(page)).toContainText('DB_HOST: $brooklyn:component("mariadb").attributeWhenReady("host.address")');
  await deployAndUse(page, world, hands);
  await liveThrough(page, world, hands, () => addSeason(page, hands));
});

test('the same from the text, the canvas following', async ({ page, world }) => {
  await textPane(page).click();
  await page.keyboard.insertText(TEXT);
  await expect(part(page, /^Web server, /)).toBeVisible();
  await expect(part(page, /^Database, /)).toHaveCount(0);
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(DATABASE);
  for (const name of [/^Load balancer, /, /^Database, /, /^Network front/, /^Network data/]) await expect(part(page, name)).toBeVisible();
  await settled(page);
  // Seven lines: three references to the database, one to the cluster, four memberships of networks; those between the same two are one.
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBeGreaterThanOrEqual(6);
  await page.screenshot({ path: 'test-results/editor-typed.png' });
  await deployAndUse(page, world, mouse(page));
  await liveThrough(page, world, mouse(page), async () => {
    const text = await world.api.application.generations.query({ applicationId: idOf(page) });
    await textPane(page).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText((text[0]?.text ?? '').replace('    env:\n', '    env:\n      SEASON: winter\n'));
    await expect(part(page, /^Web server, /)).toBeVisible();
  });
});

function idOf(page: Page) {
  return (/applications\/([0-9A-Z]{26})/.exec(page.url())?.[1] ?? '') as never;
}

/** The web servers get a value more. */
async function addSeason(page: Page, hands: Hands): Promise<void> {
  await hands.press(part(page, /^Web server, /));
  await hands.type(form(page).getByLabel('New name in Environment'), 'SEASON');
  await hands.type(form(page).getByLabel('New value in Environment'), 'winter');
  await hands.press(form(page).getByRole('button', { name: 'Add to Environment' }));
}

async function deployAndUse(page: Page, world: World, hands: Hands): Promise<void> {
  await hands.press(page.getByRole('tab', { name: 'Plan' }));
  await hands.choose(page.getByRole('combobox', { name: 'Location' }), 'lab');
  await expect(page.getByRole('button', { name: /^Deploy/ })).toBeEnabled();
  await hands.press(page.getByRole('button', { name: /^Deploy/ }));
  await expect(page).toHaveURL(/\/applications\/[0-9A-Z]{26}/);
  await expect(page.getByRole('heading', { level: 1 }).locator('..')).toContainText('RUNNING', { timeout: 180_000 });
  const opened = page.context().waitForEvent('page');
  await hands.press(page.getByRole('link', { name: 'Open' }));
  const shop = await opened;
  await expect(shop.getByText('Harbour lantern')).toBeVisible();
  await expect(shop.getByText('Season: none')).toBeVisible();
  await shop.close();
  expect(await containers(world, idOf(page))).toHaveLength(4);
}

/** Scaled by the stepper, a container killed and seen to heal, one service changed and nothing else, rolled back, deleted. */
async function liveThrough(page: Page, world: World, hands: Hands, change: () => Promise<void>): Promise<void> {
  const applicationId = idOf(page);
  const chips = (state: string) => part(page, /^Web server, /).getByRole('button', { name: new RegExp(`^Web server.*, ${state}`) });
  const before = await containers(world, applicationId);
  await hands.press(page.getByRole('button', { name: 'Live', exact: true }));
  await expect(chips('RUNNING')).toHaveCount(2);
  await hands.press(page.getByRole('button', { name: 'Scale Web up to 3' }));
  await expect(chips('RUNNING')).toHaveCount(3, { timeout: 90_000 });

  const [victim] = before.filter(({ name }) => name.startsWith('Web server'));
  const host = world.lab.hosts.find(({ name }) => name === victim?.host);
  if (!victim || !host) throw new Error('there is no web server');
  const fallen = chips('(?!RUNNING)').first().waitFor();
  await dockerOn(host, 'kill', victim.container);
  await fallen;
  await expect(chips('RUNNING')).toHaveCount(3, { timeout: 90_000 });

  await hands.press(page.getByRole('button', { name: 'Design', exact: true }));
  await change();
  await hands.press(page.getByRole('button', { name: 'Review changes' }));
  await expect(part(page, /^Web server, /)).toContainText('restarted');
  for (const name of [/^Load balancer, /, /^Database, /]) await expect(part(page, name)).toContainText('as it is');
  await hands.press(page.getByRole('button', { name: /^Deploy \d+ change/ }));
  const seasons = async () => (await shops(world, applicationId)).sort();
  await expect.poll(seasons, { timeout: 120_000 }).toEqual(['winter', 'winter', 'winter']);
  await expect(chips('RUNNING')).toHaveCount(3, { timeout: 90_000 });
  const after = await containers(world, applicationId);
  for (const name of ['Load balancer', 'Database'])
    expect(after.find((one) => one.name === name)?.container).toBe(before.find((one) => one.name === name)?.container);

  await hands.press(page.getByRole('button', { name: 'Diff', exact: true }));
  await hands.choose(page.getByRole('combobox', { name: 'What is compared with what runs' }), 'Generation 1, deploy');
  await hands.press(page.getByRole('button', { name: 'Roll back to generation 1' }));
  await expect.poll(async () => [...new Set(await seasons())], { timeout: 120_000 }).toEqual(['none']);

  const name = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
  await hands.press(page.getByRole('button', { name: 'Delete', exact: true }));
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('Database');
  await reach(page, dialog.getByRole('checkbox'));
  await page.keyboard.press('Space');
  await hands.type(dialog.getByRole('textbox'), name.trim());
  await hands.press(dialog.getByRole('button', { name: /^Delete/ }));
  await expect(page).toHaveURL(/\/applications$/);
  const label = ['--filter', `label=io.clocker.plane=${(await world.api.system.about.query({})).planeId}`];
  const left = async () =>
    (
      await Promise.all(
        world.lab.hosts.flatMap((one) => [
          dockerOn(one, 'ps', '-aq', ...label),
          dockerOn(one, 'volume', 'ls', '-q', ...label),
          dockerOn(one, 'network', 'ls', '-q', ...label),
        ]),
      )
    ).flatMap(dockerLines);
  await expect.poll(left, { timeout: 90_000 }).toEqual([]);
}

/** What runs of it: the entity’s name, its host, its container. */
async function containers({ api }: World, applicationId: never) {
  const [{ entities, instances }, hosts] = await Promise.all([api.application.get.query({ applicationId }), api.host.list.query({})]);
  return instances.flatMap(({ entityId, hostId, containerName, state }) => {
    const name = entities.find(({ id }) => id === entityId)?.name ?? '';
    return state === 'running' ? [{ name, host: hosts.find(({ id }) => id === hostId)?.name ?? '', container: containerName }] : [];
  });
}

/** `SEASON` of each web server that runs. */
async function shops(world: World, applicationId: never): Promise<string[]> {
  const servers = (await containers(world, applicationId)).filter(({ name }) => name.startsWith('Web server'));
  return Promise.all(
    servers.map(async ({ host, container }) => {
      const on = world.lab.hosts.find(({ name }) => name === host);
      const env = on ? await dockerOn(on, 'inspect', '--format', '{{json .Config.Env}}', container).catch(() => '') : '';
      return /SEASON=(\w+)/.exec(env)?.[1] ?? 'none';
    }),
  );
}
