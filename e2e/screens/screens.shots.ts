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
  await shoot(page, { name: 'setup', forms: ALL_FORMS, show: () => page.goto(`/setup?token=${console.setupToken()}`) });
  await makeAdministrator(page, { console });
  for (const { name, path: where } of SCREENS.filter(({ name }) => !/account|about|clouds|catalog|audit/.test(name))) {
    await shoot(page, { name: `${name}-empty`, forms: TWO_FORMS, show: () => page.goto(where) });
  }
  await page.context().clearCookies();
  await shoot(page, { name: 'login', forms: ALL_FORMS, show: () => page.goto('/login') });
  await page.close();
  await console.kill('SIGTERM');
  rmSync(console.dataDirectory, { recursive: true, force: true });
});

test('two applications run on three hosts', async ({ page, world }) => {
  await ensureSignedIn(page, world);
  const { shop, web, uri, hostId } = await deploy(world);
  const load = beginLoad(uri);
  for (const screen of [...SCREENS, ...applicationScreens(shop, web), { name: 'host', path: `/hosts/${hostId}` }]) {
    const show = async () => {
      await page.goto(screen.path);
      await screen.show?.(page);
    };
    await shoot(page, { name: screen.name, forms: ALL_FORMS, show });
  }
  await load.end();
});

test('what takes long, and what fails', async ({ page: first, signedIn, world }) => {
  await ensureSignedIn(first, world);
  const page = await signedIn.newPage(); // errors in its console are what is made here
  // Who is signed in is answered; all else is not.
  const others = (url: URL) => url.pathname.startsWith('/trpc/') && !/session\.me|setup\.status/.test(url.pathname);
  await page.routeWebSocket(/.*/, () => undefined);
  await page.route(others, () => undefined);
  for (const { name, path: where } of SCREENS) {
    await shoot(page, { name: `${name}-loading`, forms: TWO_FORMS, show: () => page.goto(where), isLoading: true });
  }
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.routeWebSocket(/.*/, (socket) => void socket.close());
  await page.route(others, (route) => route.abort());
  for (const { name, path: where } of SCREENS) {
    const show = async () => {
      await page.goto(where);
      await expect(page.getByText('The server does not answer').first()).toBeVisible();
    };
    await shoot(page, { name: `${name}-failing`, forms: TWO_FORMS, show, isLoading: true });
  }
  await page.close();
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
    ...['design', 'live', 'diff'].map((lens) => ({ name: `application-${lens}`, path: `/applications/${shop}?lens=${lens}` })),
    { name: 'palette', path: '/applications', show: (page) => pressKey(page, 'Control+k') },
    { name: 'shortcuts', path: '/applications', show: (page) => pressKey(page, '?') },
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

async function pressKey(page: Page, key: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press(key);
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
