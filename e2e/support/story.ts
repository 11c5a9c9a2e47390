import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { type Api, addLabCloud, connectTo } from './api.ts';
import { type ConsoleProcess, startConsole } from './console-process.ts';
import { ensureTestLab, type TestLab } from './lab-hosts.ts';

export interface World {
  readonly lab: TestLab;
  readonly console: ConsoleProcess;
  readonly api: Api;
}

/** Strategies of one’s own. */
const PLUGINS = path.join(import.meta.dirname, 'plugins');

export const ADMIN = { name: 'Ada Lovelace', username: 'ada', password: 'correct horse battery staple' } as const;

/** The product on three real hosts, one for all stories of a file; and a signed-in page. */
export const test = base.extend<{ page: Page }, { world: World; signedIn: BrowserContext }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
    async ({}, use) => {
      const lab = await ensureTestLab(3);
      const console = await startConsole({
        env: { CLOCKER_LOG_LEVEL: 'debug', CLOCKER_LAB_NAME: lab.world.settings.name, CLOCKER_PLUGINS: PLUGINS },
      });
      const client = connectTo(console);
      await addLabCloud(client.api, lab.hosts);
      await use({ lab, console, api: client.api });
      await removeApplications(client.api);
      await client.close();
      await console.kill('SIGTERM');
      mkdirSync('test-results', { recursive: true });
      copyFileSync(console.logFile, `test-results/console-${Date.now()}.log`);
      rmSync(console.dataDirectory, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 600_000 },
  ],
  signedIn: [
    async ({ browser, world }, use) => {
      const context = await browser.newContext({ baseURL: world.console.url, viewport: { width: 1440, height: 900 } });
      await use(context);
      await context.close();
    },
    { scope: 'worker', timeout: 600_000 },
  ],
  page: async ({ signedIn }, use) => {
    const page = await signedIn.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      // The browser notes the question "who am I" of somebody who is not signed in.
      const signedOut = /\b401\b/.test(message.text()) && /session\.me/.test(message.location().url);
      if (message.type() === 'error' && !signedOut) errors.push(`${message.text()} ${message.location().url}`);
    });
    await use(page);
    await page.close();
    expect(errors, 'errors in the browser’s console').toEqual([]);
  },
});

/** Signs the page in as the first administrator. */
export async function makeAdministrator(page: Page, world: { readonly console: Pick<ConsoleProcess, 'setupToken'> }): Promise<void> {
  await page.goto(`/setup?token=${world.console.setupToken()}`);
  await page.getByLabel('Your name').fill(ADMIN.name);
  await page.getByLabel('User name').fill(ADMIN.username);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.getByLabel('Password again').fill(ADMIN.password);
  await page.locator('button[type=submit]').click();
  await expect(page).toHaveURL(/\/applications/);
}

/** Signs in a browser of its own as the first administrator, who is there already. */
export async function signIn(page: Page): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('User name').fill(ADMIN.username);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.locator('button[type=submit]').click();
  await expect(page).toHaveURL(/\/applications/);
}

/** Signs the page in where no story before has done so. */
export async function ensureSignedIn(page: Page, world: Pick<World, 'console' | 'api'>): Promise<void> {
  if ((await world.api.setup.status.query()).needed) await makeAdministrator(page, world);
}

export { expect };

/** Deletes whatever stories before have left, with its data, and waits until it is gone. */
export async function removeApplications(api: Api): Promise<void> {
  for (const { id } of await api.application.list.query({})) {
    await api.application.delete.mutate({ applicationId: id, removeVolumes: true }).catch((error: unknown) => {
      // A story that ended in the middle has it deleted already.
      if (!String(error).includes('is being deleted')) throw error;
    });
  }
  await expect.poll(async () => (await api.application.list.query({})).length, { timeout: 120_000 }).toBe(0);
}
