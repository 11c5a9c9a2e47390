import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { type SeededConsole, startSeededConsole } from './support/seeded-console.ts';
import { makeAdministrator } from './support/story.ts';

test.describe.configure({ mode: 'serial' });

let seeded: SeededConsole;
let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser }) => {
  seeded = await startSeededConsole({ containers: 1_200, share: 0.05, hertz: 2 });
  context = await browser.newContext({ baseURL: seeded.url, viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  await makeAdministrator(page, { console: seeded });
});

test.afterAll(async () => {
  await context?.close();
  await seeded?.stop();
});

test('more than a thousand containers are seen from above, as they change', async () => {
  await page.goto('/topology');
  await expect(page.locator('canvas[data-dots="1200"]')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Boxes' }).getByRole('button')).toHaveCount(38);
  await expect(page.getByRole('list', { name: 'States' })).toContainText(/\d changing/);
  await expect.poll(() => paintedPixels(page)).toBeGreaterThan(10_000);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  await screenshots('overview');
  await page.getByRole('button', { name: '1:1' }).click();
  await expect(page).toHaveURL(/size=full/);
  await expect(page.getByText('host-038')).toBeAttached();
});

test('by keyboard a host is walked to and opened, and what is looked at stays in the address', async () => {
  await page.goto('/topology');
  await page.getByRole('button', { name: /^Host host-001, 32 containers/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('button', { name: /^Host host-002/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/in=H000001/);
  await expect(page.getByLabel('Host host-002')).toBeVisible();
  await expect(page.getByLabel('Container of db').first()).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('host-002');
  await screenshots('overview-opened');
  await page.locator('.react-flow__pane').hover();
  await page.mouse.wheel(0, 400);
  await expect(page).toHaveURL(/at=/);
  const view = await viewport(page);
  await page.reload();
  await expect(page.getByLabel('Host host-002')).toBeVisible();
  for (const [at, value] of (await viewport(page)).entries()) expect(Math.abs(value - (view[at] ?? Number.NaN))).toBeLessThan(0.1);
  await page.getByRole('button', { name: 'All 38 hosts' }).click();
  await expect(page.locator('canvas[data-dots="1200"]')).toBeVisible();
});

test('from afar boxes count their containers', async () => {
  await page.goto('/topology?in=H000001&at=300,200,0.2');
  await expect(page.getByLabel('Host host-002')).toContainText(/32|\d+ *changing/);
  await expect(page.getByLabel('Container of db')).toHaveCount(0);
});

test('the list counts the containers of each host, and names them once it is opened', async () => {
  await page.goto('/topology?view=list');
  const host = page.getByRole('region', { name: 'host-003' });
  await expect(host).toContainText('32 containers');
  await expect(host.getByRole('listitem')).toHaveCount(0);
  await host.getByRole('button', { name: /host-003/ }).click();
  await expect(host.getByRole('listitem')).toHaveCount(32);
  await screenshots('overview-list');
});

/** Zoom, and pixels from the corner. */
function viewport(of: Page): Promise<readonly number[]> {
  return of.locator('.react-flow__viewport').evaluate((element) => {
    const { a, e, f } = new DOMMatrix(getComputedStyle(element).transform);
    return [a, e, f];
  });
}

/** What the map has drawn: dots, and nothing else. */
function paintedPixels(of: Page): Promise<number> {
  return of.locator('canvas[data-dots]').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    let painted = 0;
    for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 0) > 0) painted += 1;
    return painted;
  });
}

/** To be looked at: how it looks is not compared. */
async function screenshots(name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of [
      [390, 844],
      [1440, 900],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: `test-results/${name}-${width}-${colorScheme}.png` });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
