import { mkdirSync } from 'node:fs';
import { CLOUD, eventually } from './support/api.ts';
import { ensureSignedIn, expect, removeApplications, test } from './support/story.ts';

test.describe.configure({ mode: 'serial' });

test.afterAll(({ world }) => removeApplications(world.api));

const BLUEPRINT = `
name: pool
location: ${CLOUD}
services:
- type: org.apache.brooklyn.entity.group.DynamicGroup
  id: serving
  name: Serving
  entityFilter: value.isMember && value.up
- type: org.apache.brooklyn.entity.group.DynamicCluster
  id: boxes
  name: Boxes
  initialSize: 3
  initialQuorumSize: 2
  firstMemberSpec: { type: "docker:busybox:1.35", name: box, commands: [sh, -c, "echo I cannot; exit 3"] }
  memberSpec: { type: "docker:busybox:1.35", name: box, openPorts: [8080], commands: [httpd, -f, -p, "8080"] }
`;

test('a member that does not come up is found in quarantine with its reason, and is expunged there', async ({ page, world }) => {
  await ensureSignedIn(page, world);
  const { applicationId } = await world.api.application.deploy.mutate({ text: BLUEPRINT, location: CLOUD });
  const entities = async () => (await world.api.application.get.query({ applicationId })).entities;
  const named = async (name: string) => (await entities()).find((entity) => entity.name === name);
  await eventually('the first member is kept aside', 120_000, async () => (await named('box-1'))?.actual === 'STOPPED');
  await eventually('the others serve', 60_000, async () => (await named('Serving'))?.members?.length === 2);

  await page.goto(`/applications/${applicationId}?entity=${(await named('Quarantine'))?.id}`);
  const kept = page.getByRole('region', { name: 'Members' });
  await expect(kept.getByRole('link', { name: 'box-1' })).toBeVisible();
  await expect(kept).toContainText('exit code 3');
  await expect(page.getByRole('treeitem', { name: /box-1.*in quarantine/ })).toHaveAttribute('aria-level', '4');
  mkdirSync('test-results/screens', { recursive: true });
  await page.screenshot({ path: 'test-results/screens/quarantine.png' });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: 'test-results/screens/quarantine-narrow.png' });
  await page.setViewportSize({ width: 1440, height: 900 });

  await kept.getByRole('link', { name: 'box-1' }).click();
  await expect(page.getByText(/exit code 3/).first()).toBeVisible();
  await page.goto(`/applications/${applicationId}?entity=${(await named('Serving'))?.id}`);
  await expect(page.getByRole('region', { name: 'Members' }).getByRole('link')).toHaveText(['box-2', 'box-3']);
  await page.screenshot({ path: 'test-results/screens/dynamic-group.png' });

  await page.goto(`/applications/${applicationId}?entity=${(await named('Quarantine'))?.id}&tab=effectors`);
  await page.getByRole('button', { name: 'Expunge members Quarantine' }).click();
  const asked = page.getByRole('alertdialog');
  await expect(asked).toContainText('box-1');
  await asked.getByRole('button', { name: 'Expunge members Quarantine' }).click();
  await eventually('nothing is kept', 60_000, async () => (await named('box-1')) === undefined);
});
