// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Compose writes variables.
import type { Page } from '@playwright/test';
import { ensureSignedIn, expect, test } from './support/story.ts';

test.describe.configure({ mode: 'serial' });

const COMPOSE = `services:
  web:
    image: nginx:\${TAG:-1.27}
    ports: ["80"]
    env_file: ./config/web.env
  db:
    image: redis:7
    environment: {PASSWORD: "\${DB_PASSWORD}"}
`;
const PRODUCTION = 'services:\n  web:\n    deploy: {replicas: 3}\n';

test.beforeEach(async ({ page, world }) => {
  await ensureSignedIn(page, world);
  await page.goto('/blueprints/deploy');
  await expect(editor(page, 'Blueprint')).toBeVisible();
});

test('two Compose files are opened, seen merged, shown as CAMP, and could be deployed', async ({ page }) => {
  await open(page, { 'compose.prod.yaml': PRODUCTION, 'compose.yaml': COMPOSE, 'web.env': 'TITLE=Shop\n' });
  await expect(files(page)).toHaveText(['compose.yaml, has errors', 'compose.prod.yaml, merged', 'config/web.env']);
  await page.getByLabel('DB_PASSWORD').fill('s3cret');
  await page.getByRole('combobox', { name: 'Location' }).click();
  await page.getByRole('option', { name: 'lab', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'What it makes' }).locator('..')).toContainText('3 members');
  await expect(deploy(page)).toBeEnabled();

  await page.getByRole('button', { name: 'Show as CAMP' }).click();
  const dialog = page.getByRole('dialog', { name: 'As CAMP' });
  await expect(dialog.getByLabel('As CAMP')).toContainText('cluster.initial.size: 3');
  await dialog.getByRole('button', { name: 'Edit this instead' }).click();
  // The password stands in the text now, and that is told.
  await expect(files(page)).toHaveText(['Blueprint, has warnings']);
  await expect(editor(page, 'Blueprint')).toContainText('TITLE: Shop');
  await expect(page.getByRole('button', { name: 'Show as Compose' })).toBeVisible();
  await expect(deploy(page)).toBeEnabled();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(files(page)).toHaveText(['compose.yaml', 'compose.prod.yaml, merged', 'config/web.env']);
  await startOver(page);
});

test('a finding in another file opens its tab, and the file can be removed', async ({ page }) => {
  await open(page, {
    'compose.yaml': 'services:\n  web:\n    image: nginx\n',
    'compose.prod.yaml': 'services:\n  web:\n    imag: nginx:1.27\n',
  });
  const finding = page.getByRole('list', { name: 'Findings' }).getByRole('button', { name: /compose\.prod\.yaml/ });
  await finding.click();
  await expect(files(page, { selected: true })).toContainText('compose.prod.yaml');
  await expect(editor(page, 'compose.prod.yaml')).toBeFocused();
  await files(page, { name: /compose.prod/ }).press('Delete');
  await expect(files(page)).toHaveText(['compose.yaml']);
  await expect(deploy(page)).toBeEnabled();
  await startOver(page);
});

test('commands of docker are recognised', async ({ page }) => {
  await editor(page, 'Blueprint').click();
  await page.keyboard.insertText('docker run -d --name web -p 80 nginx:1.27');
  await expect(page.getByText('docker run', { exact: true })).toBeVisible();
  await expect(deploy(page)).toBeEnabled();
  await startOver(page);
});

function editor(page: Page, name: string) {
  return page.getByRole('textbox', { name, exact: true });
}

function files(page: Page, which: { readonly selected?: boolean; readonly name?: RegExp } = {}) {
  return page.getByRole('tablist', { name: 'Files of the blueprint' }).getByRole('tab', which);
}

function deploy(page: Page) {
  return page.getByRole('button', { name: /^Deploy/ });
}

async function open(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
  const chosen = Object.entries(files).map(([name, text]) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) }));
  await page.getByLabel('Files to open').setInputFiles(chosen);
}

/** The draft is kept in the browser, for the next story too. */
async function startOver(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Start over' }).click();
  await expect(page.getByRole('heading', { name: 'Start from an example' })).toBeVisible();
}
