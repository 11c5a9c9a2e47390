import { mkdirSync } from 'node:fs';
import { CLOUD, eventually } from './support/api.ts';
import { ensureSignedIn, expect, removeApplications, test } from './support/story.ts';

test.describe.configure({ mode: 'serial' });

test.afterAll(({ world }) => removeApplications(world.api));

const BLUEPRINT = `
name: notes
location: ${CLOUD}
services:
- type: docker:busybox:1.35
  id: web
  name: Notes
  brooklyn.config:
    docker.image.commands: [sh, -c, "trap 'exit 0' TERM; sleep 1000000 & wait"]
    stopTimeout: 1s
    docker.container.files: { /notes: abc }
  brooklyn.initializers:
  - { type: ssh-command-sensor, name: notes.size, command: wc -c < /notes, period: 1s }
  - type: ssh-command-effector
    name: note
    description: Adds a line to the notes
    command: printf '%s' "$text" >> /notes; echo "noted $text"
    parameters:
      text: { description: What is to be noted, defaultValue: more }
      times: { type: integer, description: How often }
`;

test('what a blueprint adds is called with its form, and its output, result and sensor are seen', async ({ page, world }) => {
  await ensureSignedIn(page, world);
  const { applicationId } = await world.api.application.deploy.mutate({ text: BLUEPRINT });
  const webOf = async () => (await world.api.application.get.query({ applicationId })).entities.find(({ planId }) => planId === 'web');
  await eventually('the sensor has its value', 90_000, async () => (await webOf())?.sensors['notes.size'] === 3);
  const web = await webOf();
  await page.goto(`/applications/${applicationId}?entity=${web?.id}&tab=effectors`);
  await page.getByRole('button', { name: 'Note Notes' }).click();
  await expect(page.getByRole('dialog').getByText('Adds a line to the notes')).toBeVisible();
  await page.getByLabel('text (optional)').fill('hello');
  mkdirSync('test-results/screens', { recursive: true });
  await page.screenshot({ path: 'test-results/screens/effector-light.png' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: 'test-results/screens/effector-dark-narrow.png' });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('dialog').getByRole('button', { name: 'Note Notes' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await eventually('it has ended', 20_000, async () =>
    (await world.api.task.list.query({})).some(({ name, result }) => name === 'Call note of Notes' && result === 'noted hello'),
  );
  await page.goto('/activity');
  await page.getByRole('button', { name: 'Show steps of Call note of Notes' }).click();
  await expect(page.getByRole('region', { name: 'Result' })).toContainText('noted hello');
  await page.screenshot({ path: 'test-results/screens/effector-activity.png' });
});
