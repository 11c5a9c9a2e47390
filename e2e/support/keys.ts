import type { Locator, Page } from '@playwright/test';
import { expect } from './story.ts';

/** What is walked by arrows once one of it has the focus, and in what. */
const ITEMS = '[role=tab], [role=treeitem], [role=option], [role=menuitem], [role=radio], .react-flow__node';
const WALKED = '[role=tablist], [role=tree], [role=listbox], [role=menu], [role=radiogroup], .react-flow__nodes';
/** So many stops a page has at most. */
const STOPS = 250;

/** Whether the focus is on it, or on what it is walked with. */
function whereIsFocus(target: Locator): Promise<'there' | 'beside' | 'elsewhere'> {
  return target.evaluate(
    (element, [items, walked]) => {
      const active = document.activeElement;
      if (active === element) return 'there';
      const group = element.matches(items) ? element.closest(walked) : null;
      return active?.matches(items) && group !== null && active.closest(walked) === group ? 'beside' : 'elsewhere';
    },
    [ITEMS, WALKED] as const,
  );
}

/** Brings the focus to it by Tab, and by arrows among what belongs together: what no key reaches fails. */
export async function reach(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < STOPS; stop += 1) {
    const where = await whereIsFocus(target);
    if (where === 'there') return;
    if (where === 'beside' && (await walkTo(page, target))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${target} is reached by no key`);
}

/** By arrows towards it, as somebody does who sees it. */
async function walkTo(page: Page, target: Locator): Promise<boolean> {
  for (let step = 0; step < 20; step += 1) {
    const before = await page.evaluate(() => document.activeElement?.outerHTML);
    for (const arrow of await arrowsTo(target)) {
      await page.keyboard.press(arrow);
      if ((await whereIsFocus(target)) === 'there') return true;
      if (before !== (await page.evaluate(() => document.activeElement?.outerHTML))) break;
    }
  }
  return false;
}

/** The way that is longer first. */
function arrowsTo(target: Locator): Promise<readonly string[]> {
  return target.evaluate((element) => {
    const [to, from] = [element, document.activeElement ?? element].map((one) => one.getBoundingClientRect()) as [DOMRect, DOMRect];
    const [dx, dy] = [to.x + to.width / 2 - from.x - from.width / 2, to.y + to.height / 2 - from.y - from.height / 2];
    const ways = [dx < 0 ? 'ArrowLeft' : 'ArrowRight', dy < 0 ? 'ArrowUp' : 'ArrowDown'];
    return Math.abs(dx) > Math.abs(dy) ? ways : ways.toReversed();
  });
}

export async function pressEnter(page: Page, target: Locator): Promise<void> {
  await reach(page, target);
  await page.keyboard.press('Enter');
}

export async function typeInto(page: Page, field: Locator, value: string): Promise<void> {
  await reach(page, field);
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(value);
}

/** Down to the option, and Enter. */
export async function keyChoose(page: Page, field: Locator, option: string): Promise<void> {
  await pressEnter(page, field);
  const wanted = page.getByRole('option', { name: option, exact: true });
  await expect(wanted).toBeVisible();
  const focused = page.getByRole('option').and(page.locator(':focus'));
  await expect(focused).toBeVisible();
  for (let step = 0; step < 20; step += 1) {
    const before = await focused.innerText();
    if (await wanted.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('ArrowDown');
    // The focus follows a moment later: one that is asked too soon goes past what it looks for.
    await expect(focused).not.toHaveText(before);
  }
  await page.keyboard.press('Enter');
}
