import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { NAV_ITEMS } from '../components/shell/nav-items.ts';
import { sampleOf } from '../server/testing/sample-of.ts';
import { type SeededConsole, startSeededConsole } from './support/seeded-console.ts';
import { makeAdministrator, signIn } from './support/story.ts';

test.describe.configure({ mode: 'serial' });

const FORMS = {
  'wide and light': { width: 1440, height: 900, colorScheme: 'light' },
  'wide and dark': { width: 1440, height: 900, colorScheme: 'dark' },
  'narrow and light': { width: 390, height: 844, colorScheme: 'light' },
  'narrow and dark': { width: 390, height: 844, colorScheme: 'dark' },
} as const;
type Form = keyof typeof FORMS;

const SETTINGS = ['tokens', 'users', 'credentials', 'secrets', 'registries', 'artifacts', 'clouds', 'audit', 'about'];
const TABS = ['activity', 'logs', 'effectors', 'config', 'versions'];

const CHOSEN = sampleOf<Form>('axe', ['wide and light', 'wide and dark', 'narrow and light', 'narrow and dark'], 1);

let seeded: SeededConsole;

test.beforeAll(async ({ browser }) => {
  seeded = await startSeededConsole({ containers: 64, share: 0, hertz: 0 });
  const context = await browser.newContext({ baseURL: seeded.url });
  const page = await context.newPage();
  for (const form of CHOSEN) {
    const { colorScheme, ...size } = FORMS[form];
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(size);
    expect(await violationsAt(page, `/setup?token=${seeded.setupToken()}`)).toEqual([]);
  }
  await makeAdministrator(page, { console: seeded });
  await context.close();
});

test.afterAll(async () => {
  await seeded?.stop();
});

for (const form of CHOSEN) {
  test(`no screen has a serious accessibility violation, ${form}`, async ({ browser }) => {
    test.setTimeout(240_000);
    const { width, height, colorScheme } = FORMS[form];
    const viewport = { width, height };
    const context = await browser.newContext({ baseURL: seeded.url, viewport, colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const found = await violationsAt(page, '/login');
    await signIn(page);
    for (const screen of sampleOf('axe screens', await screensOf(page), 6)) found.push(...(await violationsAt(page, screen)));
    expect(found).toEqual([]);
    await context.close();
  });
}

/** Addresses of every screen, with the first host and the first application. */
async function screensOf(page: Page): Promise<readonly string[]> {
  const [host, application] = [await firstLink(page, '/hosts'), await firstLink(page, '/applications')];
  return [
    ...NAV_ITEMS.map(({ href }) => href),
    '/topology?view=list',
    '/topology?group=network',
    '/blueprints/deploy?example=sample-shop',
    '/help/codes',
    host,
    application,
    ...TABS.map((tab) => `${application}?tab=${tab}`),
    ...['design', 'live', 'diff'].map((lens) => `${application}?lens=${lens}`),
    ...SETTINGS.map((tab) => `/settings?tab=${tab}`),
  ];
}

async function firstLink(page: Page, under: string): Promise<string> {
  await page.goto(under);
  const link = page.locator(`main a[href^="${under}/"]`).first();
  return (await link.getAttribute('href'))?.replace(/\?.*/, '') ?? '';
}

async function violationsAt(page: Page, screen: string): Promise<string[]> {
  await page.goto(screen);
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect(page.locator('.skeleton')).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${screen} ${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`);
}
