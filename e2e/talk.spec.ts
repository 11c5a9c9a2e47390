import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { packContext } from '../server/domain/build/build-context.ts';
import { buildAppImages } from '../server/plugins/hosts/lab/build-images.ts';
import { APP_IMAGES } from '../server/plugins/hosts/lab/image-catalog.ts';
import { sampleOf } from '../server/testing/sample-of.ts';
import { CLOUD } from './support/api.ts';
import { type ArtifactServer, serveArtifacts } from './support/artifact-server.ts';
import { beginLoad } from './support/load.ts';
import { ensureSignedIn, expect, removeApplications, test, type World } from './support/story.ts';

/* The first blueprint of Clocker’s talk, as it stands on its slide: artifact rules lead its addresses to a server of this story. */

test.describe.configure({ mode: 'serial' });

const VISITORS = 'blueprints/visitors';
const APPLICATION = 'appserver-w-policy';
const WAR = '/example/brooklyn-example-hello-world-sql-webapp/0.6.0/brooklyn-example-hello-world-sql-webapp-0.6.0.war';
const SQL = '/resources/visitors-creation-script.sql';
const MINUTE = 60_000;

let artifacts: ArtifactServer;

test.beforeAll(async ({ world }) => {
  test.setTimeout(20 * MINUTE);
  const needed = APP_IMAGES.filter(({ repository }) => ['tomcat', 'mariadb', 'haproxy'].includes(repository));
  await buildAppImages(world.lab.world, needed, 'changed');
  artifacts = await serveArtifacts({
    [WAR]: packContext(filesIn(`${VISITORS}/webapp`)),
    [SQL]: readFileSync(`${VISITORS}/visitors-creation-script.sql`),
  });
  const { artifactRule, catalog } = world.api;
  await artifactRule.set.mutate({ from: 'http://artifacts.example.org/remotecontent?filepath=io/brooklyn/', to: `${artifacts.url}/` });
  const sources = 'https://github.com/apache/incubator-brooklyn/raw/master/usage/launcher/src/test/';
  await artifactRule.set.mutate({ from: sources, to: `${artifacts.url}/` });
  await catalog.add.mutate({ text: readFileSync(`${VISITORS}/catalog.bom`, 'utf8') });
});

test.afterAll(async ({ world }) => {
  await removeApplications(world.api);
  await artifacts.close();
});

test('the web cluster with its policy is deployed through the console, a Tomcat in the place of JBoss, and shows rows of its database', async ({
  page,
  world,
}) => {
  test.setTimeout(10 * MINUTE);
  await ensureSignedIn(page, world);
  await deployThroughConsole(page, 'slide-18.yaml');
  const { servers } = await partsOf(world);
  await expect.poll(async () => (await partsOf(world)).root.actual, { timeout: 8 * MINUTE }).toBe('RUNNING');
  const { members, uri } = await partsOf(world);
  expect(members.map(({ type }) => type)).toEqual(['tomcat']);
  expect(await textOf(uri)).toContain('<b>Isaac Asimov</b>: I grew up in Brooklyn');
  await page.goto(`/applications/${servers.applicationId}?entity=${members[0]?.id}`);
  await expect(page.getByText('tomcat, by brooklyn.entity.webapp.jboss.JBoss7Server:1.0.0 of the catalog')).toBeVisible();
});

test('under load it grows to five members and shrinks to one again, and no request fails', async ({ world }) => {
  test.setTimeout(25 * MINUTE);
  const { uri } = await partsOf(world);
  const load = beginLoad(uri, { users: 32, keepAlive: true });
  await expect.poll(() => sizeOf(world), { timeout: 10 * MINUTE }).toBe(5);
  await expect.poll(() => servedOf(world), { timeout: 5 * MINUTE }).toBe(5);
  const { sent, failed } = await load.end();
  expect(failed).toEqual([]);
  expect(sent).toBeGreaterThan(1000);
  const trickle = beginLoad(uri, { pauseMs: 300 });
  await expect.poll(async () => (await partsOf(world)).members.length, { timeout: 10 * MINUTE }).toBe(1);
  expect((await trickle.end()).failed).toEqual([]);
});

const MACHINES = 'lab:(bare=true,memory=768m)';
const DATABASE = '  name: DB HelloWorld Visitors\n';

const PLACES = sampleOf('talk', ['machines', 'mixed'], 1);

for (const { place, title, location, change, machines } of [
  {
    place: 'machines',
    title: 'on machines without Docker it is the same',
    location: MACHINES,
    change: (text: string) => text,
    machines: { database: true, balancer: true, server: true },
  },
  {
    place: 'mixed',
    title: 'with its database on a machine, its web servers stay in containers and show the same rows',
    location: CLOUD,
    change: (text: string) => text.replace(DATABASE, `${DATABASE}  location: ${MACHINES}\n`),
    machines: { database: true, balancer: false, server: false },
  },
] as const) {
  if (!PLACES.includes(place)) continue;
  test(title, async ({ world }) => {
    test.setTimeout(14 * MINUTE);
    await removeApplications(world.api);
    await world.api.application.deploy.mutate({ text: change(readFileSync('e2e/talk/slide-18.yaml', 'utf8')), location });
    await expect.poll(async () => (await partsOf(world)).root.actual, { timeout: 12 * MINUTE }).toBe('RUNNING');
    const { uri, database, balancer, members } = await partsOf(world);
    const isOnMachine = (entity: { readonly machine?: unknown } | undefined) => entity?.machine !== undefined;
    expect({ database: isOnMachine(database), balancer: isOnMachine(balancer), server: isOnMachine(members[0]) }).toEqual(machines);
    expect(await textOf(uri)).toContain('<b>Isaac Asimov</b>: I grew up in Brooklyn');
  });
}

async function deployThroughConsole(page: Page, file: string): Promise<void> {
  await page.goto('/blueprints/deploy');
  const text = readFileSync(`e2e/talk/${file}`);
  await page.getByLabel('Files to open').setInputFiles([{ name: file, mimeType: 'text/yaml', buffer: text }]);
  const finding = page.getByRole('list', { name: 'Findings' }).getByText('takes the place of JBoss 7 here');
  await expect(finding).toBeVisible();
  await page.getByRole('combobox', { name: 'Location' }).click();
  await page.getByRole('option', { name: CLOUD, exact: true }).click();
  await page.getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(page).toHaveURL(/\/applications\//, { timeout: MINUTE });
}

async function partsOf({ api }: World) {
  const found = (await api.application.list.query({})).find(({ name }) => name === APPLICATION);
  const { entities } = await api.application.get.query({ applicationId: found?.id ?? '' });
  const root = entities.find(({ parentId }) => parentId === null);
  const servers = entities.find(({ type, size }) => type === 'web-cluster' && size !== null);
  const balancer = entities.find(({ type }) => type === 'haproxy');
  if (!root || !servers || !balancer) throw new Error('the application is not there');
  const members = entities.filter(({ parentId }) => parentId === servers.id);
  const database = entities.find(({ planId }) => planId === 'db');
  return { root, servers, balancer, members, database, uri: String(balancer.sensors['main.uri']) };
}

async function sizeOf(world: World): Promise<number | null> {
  return (await partsOf(world)).servers.size;
}

async function servedOf(world: World): Promise<number> {
  const served = (await partsOf(world)).balancer.sensors['proxy.servers'];
  return Array.isArray(served) ? served.length : 0;
}

async function textOf(uri: string): Promise<string> {
  const answer = await fetch(uri);
  expect(answer.status).toBe(200);
  return await answer.text();
}

function filesIn(folder: string) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return names.map((entry) => {
    const at = path.join(entry.parentPath, entry.name);
    return { path: path.relative(folder, at), bytes: readFileSync(at), executable: false };
  });
}
