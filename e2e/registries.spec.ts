import { addressIn } from '../server/plugins/hosts/lab/choose-subnet.ts';
import { SERVICES_NUMBER } from '../server/plugins/hosts/lab/lab-services.ts';
import { CLOUD } from './support/api.ts';
import { ensureSignedIn, expect, test } from './support/story.ts';

test('a registry is added, checked from every host, and gives the images of another', async ({ world, page }) => {
  await ensureSignedIn(page, world);
  const { api, lab } = world;
  const [first] = lab.hosts;
  const subnet = `${first?.address.split('.').slice(0, 3).join('.')}.0/24`;
  const address = `${addressIn(subnet, SERVICES_NUMBER)}:5000/library`;
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

  await page.goto('/settings?tab=registries');
  await row.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('quay.io/acme');
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: `Remove ${address}` })
    .click();
  await expect(page.getByText('No registries yet')).toBeVisible();
});
