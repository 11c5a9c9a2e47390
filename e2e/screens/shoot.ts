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

export interface Shot {
  readonly name: string;
  readonly forms: readonly Form[];
  /** Brings the page to what is to be seen: once for each width, as somebody comes with that. */
  readonly show: () => Promise<unknown>;
  /** Parts that are on their way are waited for unless they are to be seen. */
  readonly isLoading?: boolean;
}

/** Writes `docs/screens/NAME-FORM.webp` for each form, once the page has come to rest. */
export async function shoot(page: Page, { name, forms, show, isLoading = false }: Shot): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const devtools = await page.context().newCDPSession(page);
  let width = 0;
  for (const form of forms) {
    await page.emulateMedia({ colorScheme: form.colorScheme, reducedMotion: 'reduce' });
    if (form.width !== width) {
      await page.setViewportSize({ width: form.width, height: form.height });
      await show();
      width = form.width;
    }
    if (!isLoading) await expect(page.locator('.skeleton')).toHaveCount(0);
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
