import { CLOUD } from './support/api.ts';
import { dockerOn, servicesOf } from './support/lab-hosts.ts';
import { ensureSignedIn, expect, removeApplications, test } from './support/story.ts';

/** From a deploy to the words on the page that the registry has no such image, at most. Milliseconds. */
const NOT_THERE_MS = 3_000;

test('a registry is added, checked from every host, and gives the images of another', async ({ world, page }) => {
  await ensureSignedIn(page, world);
  const { api } = world;
  const address = `${servicesOf(world.lab).mirror}/library`;
  await page.goto('/settings?tab=registries');
  await page.getByRole('button', { name: 'Add registry' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Address').fill(address);
  await form.getByLabel('User').fill('ada');
  await form.getByLabel('Password or token').fill('correct horse');
  await form.getByLabel('Instead of').fill('quay.io/acme');
  await form.getByRole('button', { name: 'Add the registry' }).click();
  const row = page.getByRole('row').filter({ hasText: address });
  await expect(row).toContainText('quay.io/acme');

  await row.getByRole('button', { name: 'Check' }).click();
  const checks = page.getByRole('list', { name: 'Checks' }).getByRole('listitem');
  await expect(checks).toHaveCount(3);
  for (const check of await checks.all()) await expect(check).toContainText('ada is logged in');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();

  const { applicationId } = await api.application.deploy.mutate({
    text: 'name: mirrored\nservices:\n- { type: "docker:quay.io/acme/busybox:1.35", command: [sleep, infinity] }\n',
    location: CLOUD,
  });
  await page.goto(`/applications/${applicationId}`);
  await expect(page.locator('main header').first()).toContainText('RUNNING', { timeout: 60_000 });
  await api.application.delete.mutate({ applicationId, removeVolumes: true });
  await expect.poll(() => api.application.list.query({}), { timeout: 60_000 }).toEqual([]);

  await page.goto('/applications');
  const begun = performance.now();
  await api.application.deploy.mutate({ text: `name: absent\nservices: [{ type: "docker:${address}/absent:1" }]\n`, location: CLOUD });
  await page.getByRole('link', { name: 'absent' }).click();
  await expect(page.getByText(`There is no image ${address}/absent:1`).first()).toBeVisible();
  const tookMs = performance.now() - begun;
  process.stdout.write(`no such image: shown ${Math.round(tookMs)} ms after the deploy\n`);
  expect(tookMs).toBeLessThan(NOT_THERE_MS);
  await removeApplications(api);

  await page.goto('/settings?tab=registries');
  await row.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('quay.io/acme');
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: `Remove ${address}` })
    .click();
  await expect(page.getByText('No registries yet')).toBeVisible();
});

test('a container is restored from a snapshot of it, and taken back to its image', async ({ world, page }) => {
  await ensureSignedIn(page, world);
  const { api, lab } = world;
  await api.secret.set.mutate({ provider: 'secrets', name: 'token', secret: 'correct horse' });
  const text = `name: kept
services:
- type: docker:busybox:1.35
  id: keeper
  name: Keeper
  command: [sleep, infinity]
  stopSignal: SIGKILL
  env: { TOKEN: '$brooklyn:external("secrets", "token")' }
`;
  const { applicationId } = await api.application.deploy.mutate({ text, location: CLOUD });
  const detail = () => api.application.get.query({ applicationId });
  const keeper = async () => (await detail()).entities.find(({ planId }) => planId === 'keeper');
  await expect.poll(async () => (await keeper())?.actual, { timeout: 60_000 }).toBe('RUNNING');
  const inContainer = async (...command: readonly string[]) => {
    const [instance] = (await detail()).instances;
    const { name } = await api.host.get.query({ hostId: instance?.hostId ?? '' });
    const host = lab.hosts.find((one) => one.name === name);
    return host ? await dockerOn(host, 'exec', instance?.containerName ?? '', ...command) : '';
  };
  await inContainer('sh', '-c', 'echo first > /kept');

  const entityId = (await keeper())?.id ?? '';
  await page.goto(`/applications/${applicationId}?entity=${entityId}`);
  await page.getByRole('treeitem', { name: /Keeper/ }).click();
  const section = page.getByRole('region', { name: 'Snapshots' });
  await section.getByRole('button', { name: 'Take a snapshot…' }).click();
  await page.getByRole('dialog').getByLabel('Note').fill('first words');
  await page.getByRole('dialog').getByRole('button', { name: 'Take the snapshot' }).click();
  await expect(section).toContainText('Ready on its host', { timeout: 60_000 });
  await inContainer('sh', '-c', 'echo second > /kept');

  await section.getByRole('button', { name: 'Acts on snapshot first words' }).click();
  await page.getByRole('menuitem', { name: 'Restore…' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('is lost');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Restore Keeper' }).click();
  await expect(section).toContainText('runs from it');
  await expect
    .poll(async () => (await detail()).instances.map(({ incarnation, state }) => [incarnation, state]), { timeout: 60_000 })
    .toEqual([[2, 'running']]);
  expect(await inContainer('sh', '-c', 'cat /kept; echo "$TOKEN"')).toBe('first\ncorrect horse');

  const [cloud] = await api.cloud.list.query({});
  const [snapshot] = await api.snapshot.list.query({ entityId });
  const [host] = (await api.host.list.query()).filter(({ id }) => id === snapshot?.hostId);
  const registry = `${servicesOf(world.lab).mirror}/library`;
  await api.registry.set.mutate({ address: registry, username: 'ada', password: 'correct horse', insteadOf: [] });
  await api.cloud.update.mutate({ cloudId: cloud?.id ?? '', imageRegistry: registry });
  await api.snapshot.push.mutate({ snapshotId: snapshot?.id ?? '' });
  // That of the lab only gives.
  await expect(section).toContainText(/not pushed: .* could not push/, { timeout: 60_000 });
  await expect(api.entity.move.mutate({ entityId })).rejects.toThrow(/only this host has/);

  await section.getByRole('button', { name: "Back to the blueprint's image…" }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: "Back to the blueprint's image" }).click();
  await expect
    .poll(async () => (await detail()).instances.map(({ incarnation, state }) => [incarnation, state]), { timeout: 60_000 })
    .toEqual([[3, 'running']]);
  await section.getByRole('button', { name: 'Acts on snapshot first words' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove the snapshot' }).click();
  await expect(section).toContainText('None.', { timeout: 30_000 });
  const own = lab.hosts.find(({ name }) => name === host?.name);
  expect(own ? await dockerOn(own, 'images', '--quiet', snapshot?.image ?? '') : 'no host').toBe('');
});

/** The lab's own, where `ada` may read and write. */
