import type { Locator, Page } from '@playwright/test';
import { expect } from './story.ts';

/** The fields of the part that is selected. */
export function form(page: Page): Locator {
  return page.getByRole('tabpanel', { name: 'Selected' });
}

/** A part on the canvas, by the beginning of what it is called. */
export function part(page: Page, name: RegExp): Locator {
  return page.locator('.react-flow__node').and(page.getByLabel(name));
}

export function wiring(page: Page): Locator {
  return page.getByRole('dialog', { name: /^Wire into/ });
}

export function textPane(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Blueprint', exact: true });
}

/** The Deploy screen with an empty blueprint. */
export async function openEditor(page: Page): Promise<void> {
  await page.goto('/blueprints/deploy');
  // What a story before has left as a draft, or how it had the panes.
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await expect(textPane(page)).toBeVisible();
}

export async function add(page: Page, search: string, title: string | RegExp): Promise<void> {
  await page.getByLabel('Find something to add').fill(search);
  await page.getByRole('region', { name: 'Palette' }).getByRole('button', { name: title, exact: true }).first().click();
}

export async function fill(page: Page, label: string, value: string): Promise<void> {
  const field = form(page).getByLabel(label, { exact: true });
  await field.fill(value);
  await field.press('Enter');
  await expect(field).toHaveValue(value);
}

export async function setting(page: Page, label: string, value: string): Promise<void> {
  const search = form(page).getByLabel('Find a setting');
  await search.fill(label);
  await search.press('Enter');
  await fill(page, label, value);
}

/** From the right edge of one part to the middle of another. */
export async function pull(page: Page, from: Locator, to: Locator): Promise<void> {
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

export async function choose(page: Page, field: Locator, option: string): Promise<void> {
  await field.click();
  await page.getByRole('option', { name: option }).click();
}

/** Nothing has moved for a second. */
export async function settled(page: Page): Promise<void> {
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

export async function startOver(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Start over' }).click();
}
