import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { CLOUD } from '../support/api.ts';
import { startConsole } from '../support/console-process.ts';
import { beginLoad } from '../support/load.ts';
import { ensureSignedIn, expect, makeAdministrator, test, type World } from '../support/story.ts';
import { ALL_FORMS, shoot, TWO_FORMS } from './shoot.ts';

test.describe.configure({ mode: 'serial' });

interface Screen {
  readonly name: string;
  readonly path: string;
  /** Brings the page to what is to be seen. */
  readonly show?: (page: Page) => Promise<void>;
}

const SETTINGS = ['account', 'tokens', 'users', 'credentials', 'secrets', 'registries', 'artifacts', 'clouds', 'audit', 'about'];

/** Screens that need nothing that was deployed. */
const SCREENS: readonly Screen[] = [
  { name: 'applications', path: '/applications' },
  { name: 'topology', path: '/topology' },
  { name: 'deploy', path: '/blueprints/deploy' },
  { name: 'catalog', path: '/catalog' },
  { name: 'hosts', path: '/hosts' },
  { name: 'networks', path: '/networks' },
  { name: 'activity', path: '/activity' },
  ...SETTINGS.map((tab) => ({ name: `settings-${tab}`, path: `/settings?tab=${tab}` })),
];

test('nothing is there yet', async ({ browser }) => {
  const console = await startConsole({});
  const page = await browser.newPage({ baseURL: console.url });
  await page.goto(`/setup?token=${console.setupToken()}`);
  await shoot(page, 'setup', ALL_FORMS);
  await makeAdministrator(page, { console });
  for (const { name, path: where } of SCREENS.filter(({ name }) => !/account|about|clouds|catalog|audit/.test(name))) {
    await page.goto(where);
    await shoot(page, `${name}-empty`, TWO_FORMS);
  }
  await page.context().clearCookies();
  await page.goto('/login');
  await shoot(page, 'login', ALL_FORMS);
  await page.close();
  await console.kill('SIGTERM');
  rmSync(console.dataDirectory, { recursive: true, force: true });
});

test('two applications run on three hosts', async ({ page, world }) => {
  await ensureSignedIn(page, world);
  const { shop, web, uri, hostId } = await deploy(world);
  const load = beginLoad(uri);
  for (const screen of [...SCREENS, ...applicationScreens(shop, web), { name: 'host', path: `/hosts/${hostId}` }]) {
    await page.goto(screen.path);
    await screen.show?.(page);
    await shoot(page, screen.name, ALL_FORMS);
  }
  await page.goto('/applications');
  await page.keyboard.press('Control+k');
  await shoot(page, 'palette', TWO_FORMS);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await shoot(page, 'shortcuts', TWO_FORMS);
  await load.end();
});

test('what takes long, and what fails', async ({ page, world }) => {
  await ensureSignedIn(page, world);
  // Who is signed in is answered; all else is not.
  const others = (url: URL) => url.pathname.startsWith('/trpc/') && !/session\.me|setup\.status/.test(url.pathname);
  await page.routeWebSocket(/.*/, () => undefined);
  await page.route(others, () => undefined);
  for (const { name, path: where } of SCREENS) {
    await page.goto(where);
    await shoot(page, `${name}-loading`, TWO_FORMS, 'loading');
  }
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.routeWebSocket(/.*/, (socket) => void socket.close());
  await page.route(others, (route) => route.abort());
  for (const { name, path: where } of SCREENS) {
    await page.goto(where);
    await shoot(page, `${name}-failing`, TWO_FORMS, 'loading');
  }
});

function applicationScreens(shop: string, web: { readonly application: string; readonly cluster: string }): readonly Screen[] {
  const tabs = ['overview', 'activity', 'logs', 'effectors', 'config', 'versions'];
  return [
    ...tabs.map((tab) => ({ name: `application-${tab}`, path: `/applications/${shop}?tab=${tab}` })),
    { name: 'application-policies', path: `/applications/${web.application}?entity=${web.cluster}&tab=policies` },
    {
      name: 'application-delete',
      path: `/applications/${shop}`,
      show: (page) => page.getByRole('button', { name: 'Delete' }).first().click(),
    },
    { name: 'topology-by-network', path: '/topology?group=network' },
    { name: 'topology-list', path: '/topology?view=list' },
    {
      name: 'deploy-drawn',
      path: '/blueprints/deploy',
      show: async (page) => {
        await page.getByRole('button', { name: 'Examples' }).click();
        await page.getByRole('menuitem', { name: /Sample shop/ }).click();
      },
    },
  ];
}

async function deploy({ api }: World) {
  const cloud = (await api.cloud.list.query()).find(({ name }) => name === CLOUD);
  if (!cloud) throw new Error(`no cloud ${CLOUD}`);
  await api.cloud.update.mutate({ cloudId: cloud.id, networking: { provider: 'vxlan' } });
  const shop = await deployFile({ api }, 'sample-shop.yaml');
  const web = await deployFile({ api }, 'auto-scaled-web.yaml');
  const cluster = web.entities.find(({ type }) => type === 'dynamic-cluster')?.id ?? '';
  const uri = String(web.entities.find(({ type }) => type === 'haproxy')?.sensors['main.uri']);
  const [host] = await api.host.list.query();
  return { shop: shop.application.id, web: { application: web.application.id, cluster }, uri, hostId: host?.id ?? '' };
}

async function deployFile({ api }: Pick<World, 'api'>, file: string) {
  const text = readFileSync(path.join('blueprints', file), 'utf8');
  const { applicationId } = await api.application.deploy.mutate({ text, location: CLOUD });
  const read = () => api.application.get.query({ applicationId });
  await expect.poll(async () => (await read()).entities.every(({ actual }) => actual === 'RUNNING'), { timeout: 240_000 }).toBe(true);
  return read();
}
