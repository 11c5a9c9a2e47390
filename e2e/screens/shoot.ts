import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';

const FOLDER = 'docs/screens';

interface Form {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
}

const wide = { width: 1440, height: 900 };
const narrow = { width: 390, height: 844 };
export const ALL_FORMS: readonly Form[] = [
  { name: 'wide-light', ...wide, colorScheme: 'light' },
  { name: 'wide-dark', ...wide, colorScheme: 'dark' },
  { name: 'narrow-light', ...narrow, colorScheme: 'light' },
  { name: 'narrow-dark', ...narrow, colorScheme: 'dark' },
];
export const TWO_FORMS = ALL_FORMS.filter(({ name }) => name === 'wide-light' || name === 'narrow-dark');

/** Writes `docs/screens/NAME-FORM.webp` for each form, once the page has come to rest, and nothing of it is on its way unless that is to be seen. */
export async function shoot(page: Page, name: string, forms: readonly Form[], wanted: 'whole' | 'loading' = 'whole'): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const devtools = await page.context().newCDPSession(page);
  for (const form of forms) {
    await page.setViewportSize({ width: form.width, height: form.height });
    await page.emulateMedia({ colorScheme: form.colorScheme, reducedMotion: 'reduce' });
    if (wanted === 'whole') await expect(page.locator('.skeleton')).toHaveCount(0);
    await settle(page);
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 72 });
    writeFileSync(path.join(FOLDER, `${name}-${form.name}.webp`), Buffer.from(data, 'base64'));
  }
  await devtools.detach();
}

/** Waits until nothing in the page changes for 400 ms; live values go on, so for 2.5 s at most. */
function settle(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const end = () => {
          observer.disconnect();
          resolve();
        };
        let quiet = setTimeout(end, 400);
        const observer = new MutationObserver(() => {
          clearTimeout(quiet);
          quiet = setTimeout(end, 400);
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        setTimeout(end, 2_500);
      }),
  );
}
