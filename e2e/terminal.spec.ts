import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page, WebSocketRoute } from '@playwright/test';
import { dockerOn } from './support/lab-hosts.ts';
import { ensureSignedIn, expect, removeApplications, test, type World } from './support/story.ts';

test.describe.configure({ mode: 'serial' });

test.afterAll(({ world }) => removeApplications(world.api));

const BLUEPRINT = `
name: Shells
location: lab
services:
- type: docker:busybox:1.35
  name: box
  brooklyn.config: { docker.image.commands: [sleep, infinity], stopTimeout: 0s }
`;
const VIEWER = { username: 'vera', name: 'Vera', password: 'a viewer only ever looks' };
let entityId: string;
let applicationId: string;

test.beforeAll(async ({ world }) => {
  ({ applicationId } = await world.api.application.deploy.mutate({ text: BLUEPRINT }));
  await expect.poll(async () => (await box(world))?.actual, { timeout: 120_000 }).toBe('RUNNING');
  entityId = (await box(world))?.id ?? '';
});

async function box({ api }: World) {
  return (await api.application.get.query({ applicationId })).entities.find(({ name }) => name === 'box');
}

/** What the terminal shows. */
function screenOf(page: Page): Locator {
  return page.getByRole('region', { name: /^Terminal of/ }).locator('.xterm-rows');
}

async function isOpen(page: Page): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: /^Open\./ })).toBeVisible();
  await expect(screenOf(page)).toContainText(/[#$]/);
}

test('a shell in a container is opened from its inspector, takes commands, follows the window and ends', async ({ page, world }) => {
  await ensureSignedIn(page, world);
  await page.goto(`/applications/${applicationId}?entity=${entityId}`);
  await page.getByRole('link', { name: 'Terminal' }).first().click();
  await expect(page.getByRole('heading', { name: 'Terminal in box' })).toBeVisible();
  await isOpen(page);
  await page.keyboard.type('echo "answer $((6 * 7))"\n');
  await expect(screenOf(page)).toContainText('answer 42');
  const rows = async () => {
    await page.keyboard.type('clear; stty size\n');
    await expect(screenOf(page)).toContainText(/\d+ \d+/);
    return (
      /(\d+) (\d+)/
        .exec(await screenOf(page).innerText())
        ?.slice(1)
        .map(Number) ?? []
    );
  };
  const [, wide = 0] = await rows();
  await page.setViewportSize({ width: 800, height: 500 });
  await expect(async () => expect((await rows())[1]).toBeLessThan(wide)).toPass();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.type('exit 3\n');
  await expect(page.getByRole('status').filter({ hasText: 'The shell has ended with code 3.' })).toBeVisible();
  await page.getByRole('button', { name: 'New shell' }).click();
  await isOpen(page);
});

test('a shell on a host is opened from its page', async ({ page, world }) => {
  const [host] = await world.api.host.list.query({});
  await page.goto(`/hosts/${host?.id}`);
  await page.getByRole('link', { name: 'Terminal' }).click();
  await isOpen(page);
  await page.keyboard.type('echo "on $(hostname)"\n');
  await expect(screenOf(page)).toContainText(`on ${host?.name}`);
  await page.goto('/settings?tab=audit');
  await expect(page.getByText('terminal.open').first()).toBeVisible();
});

test('all of it is reached by keyboard, and axe finds nothing serious', async ({ page }) => {
  await page.goto(`/terminal?entity=${entityId}`);
  await isOpen(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('textbox', { name: 'Terminal input' })).toBeFocused();
  await page.keyboard.press('Control+F6');
  await expect(page.getByRole('button', { name: 'New shell' })).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
});

test('a shell that begins as another user and elsewhere keeps that in the address', async ({ page }) => {
  await page.goto(`/terminal?entity=${entityId}`);
  await isOpen(page);
  await page.getByRole('button', { name: 'Options…' }).click();
  await page.getByLabel(/^User/).fill('1000');
  await page.getByLabel(/^Working folder/).fill('/tmp');
  await page.getByRole('button', { name: 'Open a new shell' }).click();
  await expect(page).toHaveURL(/user=1000&folder=%2Ftmp/);
  await isOpen(page);
  await page.keyboard.type('echo "$(id -u) in $(pwd)"\n');
  await expect(screenOf(page)).toContainText('1000 in /tmp');
});

test('a connection that breaks is followed by a new shell, and the page says so', async ({ page }) => {
  const routes: WebSocketRoute[] = [];
  await page.routeWebSocket(/\/ws\/terminal/, (route) => {
    routes.push(route, route.connectToServer());
  });
  await page.goto(`/terminal?entity=${entityId}`);
  await isOpen(page);
  await page.keyboard.type('echo "before"; sleep 4343\n');
  await expect(screenOf(page)).toContainText(/4343\s*before/);
  for (const side of routes.splice(0)) await side.close({ code: 4999 });
  await expect(screenOf(page)).toContainText(/before.*The connection was lost and its shell was ended. This is a new one:/);
  await isOpen(page);
  await page.keyboard.type('ps -o args | grep -c "[s]leep 4343"; echo "after"\n');
  await expect(screenOf(page)).toContainText(/\n?0\s*after/);
});

test('a program that prints as fast as it can does not freeze the page, and is ended with the tab', async ({ page, world }) => {
  await page.goto(`/terminal?entity=${entityId}`);
  await isOpen(page);
  await page.evaluate(() => {
    const seen = window as unknown as { longest: number };
    let last = performance.now();
    seen.longest = 0;
    const frame = (now: number) => {
      seen.longest = Math.max(seen.longest, now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const startedAt = Date.now();
  await page.keyboard.type("tr '\\0' x </dev/zero | head -c 60000000 | fold -w 100; echo; echo all-printed\n");
  await expect(screenOf(page)).toContainText(/\nall-printed|x\s*all-printed/, { timeout: 60_000 });
  const seconds = (Date.now() - startedAt) / 1_000;
  const longest = await page.evaluate(() => (window as unknown as { longest: number }).longest);
  test.info().annotations.push({
    type: 'rate',
    description: `terminal: ${(60 / seconds).toFixed(1)} MB/s shown, longest frame ${Math.round(longest)} ms`,
  });
  process.stdout.write(`terminal: ${(60 / seconds).toFixed(1)} MB/s shown, longest frame ${Math.round(longest)} ms\n`);
  expect(longest).toBeLessThan(1_000);
  await page.keyboard.type('yes\n');
  await page.getByRole('button', { name: 'Options…' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  const runs = async () => {
    const instance = (await world.api.application.get.query({ applicationId })).instances[0];
    const host = world.lab.hosts.find(({ name }) => name === hostNames.get(instance?.hostId ?? ''));
    return host ? await dockerOn(host, 'exec', instance?.containerName ?? '', 'ps', '-o', 'args') : '';
  };
  const hostNames = new Map<string, string>((await world.api.host.list.query({})).map(({ id, name }) => [id, name]));
  await expect.poll(runs).toMatch(/^(yes|\{yes\})/m);
  await page.goto('about:blank');
  // What nobody has reaped yet stands in brackets.
  await expect.poll(runs).not.toMatch(/^(yes|\{yes\})/m);
});

test('a phone has the keys that its keyboard lacks', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/terminal?entity=${entityId}`);
  await isOpen(page);
  await page.keyboard.type('sleep 60\n');
  await page.getByRole('toolbar', { name: 'Keys' }).getByRole('button', { name: 'Ctrl C' }).click();
  await page.keyboard.type('echo "free again"\n');
  await expect(screenOf(page)).toContainText('free again');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('a ticket is good once', async ({ page }) => {
  await page.goto(`/terminal?entity=${entityId}`);
  await isOpen(page);
  const ends = await page.evaluate(async (id) => {
    const answer = await fetch('/trpc/entity.terminal', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ entityId: id }),
    });
    const { ticket } = (await answer.json()).result.data;
    const show = () =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws/terminal`);
        socket.onopen = () => socket.send(JSON.stringify({ kind: 'open', ticket, columns: 80, rows: 24 }));
        socket.onmessage = ({ data }) => {
          if (typeof data !== 'string') return;
          const message = JSON.parse(data);
          resolve(message.kind === 'ended' ? `${message.end.reason} ${message.end.error?.code}` : message.kind);
        };
      });
    return [await show(), await show()];
  }, entityId);
  expect(ends).toEqual(['opened', 'refused auth.forbidden']);
});

test('a viewer is shown no way to a shell, and is refused one', async ({ browser, world }) => {
  await world.api.user.create.mutate({ ...VIEWER, bindings: [{ role: 'viewer', scope: 'system' }] });
  const context = await browser.newContext({ baseURL: world.console.url });
  const page = await context.newPage();
  await page.goto('/login');
  await page.getByLabel('User name').fill(VIEWER.username);
  await page.getByLabel('Password', { exact: true }).fill(VIEWER.password);
  await page.locator('button[type=submit]').click();
  await expect(page).toHaveURL(/\/applications/);
  await page.goto(`/applications/${applicationId}?entity=${entityId}`);
  await expect(page.getByRole('heading', { name: 'box' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Terminal' })).toHaveCount(0);
  await page.goto(`/terminal?entity=${entityId}`);
  await expect(page.getByText('You may not open a terminal here')).toBeVisible();
  const status = await page.evaluate(async (id) => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch('/trpc/entity.terminal', { method: 'POST', headers, body: JSON.stringify({ entityId: id }) })).status;
  }, entityId);
  expect(status).toBe(403);
  await context.close();
});
