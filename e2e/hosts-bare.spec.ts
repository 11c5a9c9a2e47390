import { ensureSignedIn, expect, test, type World } from './support/story.ts';

const CLOUD = `
name: Bare cloud
services:
- type: docker-infrastructure
  id: bare
  brooklyn.config:
    entity.dynamicLocation.name: bare
    docker.host.cluster.initial.size: 3
    docker.host.nameFormat: bare-%2$d
`;

/** How long a machine may take from the deploy to ready, with all of them at once. Milliseconds. */
const LIMIT_MS = 90_000;

test('three bare machines become a Docker cloud, and setting one up again changes nothing', async ({ world, page }) => {
  test.setTimeout(600_000);
  await ensureSignedIn(page, world);
  const { api } = world;
  const { applicationId } = await api.application.deploy.mutate({ text: CLOUD, location: 'lab:(bare=true,memory=1g)' });
  await expect.poll(async () => (await hostsOf(world)).length, { timeout: 120_000 }).toBe(3);
  const [first] = await hostsOf(world);
  await page.goto(`/hosts/${first?.id}`);
  const panel = page.getByRole('region', { name: 'Set-up' });
  await expect(panel).toContainText('Install Docker Engine with apt');
  await expect
    .poll(async () => (await hostsOf(world)).map(({ state }) => state), { timeout: 300_000 })
    .toEqual(['ready', 'ready', 'ready']);
  for (const { name, createdAt, since } of await hostsOf(world)) expect(since - createdAt, name).toBeLessThan(LIMIT_MS);
  await expect(panel).toBeHidden();

  await api.host.setUp.mutate({ hostId: first?.id ?? '' });
  await expect.poll(async () => (await stepsOf(world, first?.id ?? '')).at(-1), { timeout: 60_000 }).toEqual(['Run a container']);
  await expect.poll(async () => (await api.host.get.query({ hostId: first?.id ?? '' })).setUp?.state, { timeout: 60_000 }).toBe('done');

  const load = await api.application.deploy.mutate({
    text: 'services: [{ type: "docker:busybox:1.35", command: [sleep, infinity] }]',
    location: 'bare',
  });
  await expect
    .poll(
      async () =>
        (await api.application.get.query({ applicationId: load.applicationId })).entities.every(({ actual }) => actual === 'RUNNING'),
      { timeout: 120_000 },
    )
    .toBe(true);
  await api.application.delete.mutate({ applicationId, removeVolumes: true, onClouds: 'delete' });
  await expect.poll(() => api.application.list.query({}), { timeout: 180_000 }).toEqual([]);
  expect(await hostsOf(world)).toEqual([]);
});

async function hostsOf({ api }: World) {
  const cloud = (await api.cloud.list.query({})).find(({ name }) => name === 'bare');
  return cloud ? await api.host.list.query({ cloudId: cloud.id }) : [];
}

/** The names of the steps of each set-up of a host, the latest last. */
async function stepsOf({ api }: World, hostId: string): Promise<readonly (readonly string[])[]> {
  const tasks = (await api.task.list.query({ hostId, limit: 100 })).toSorted((a, b) => a.startedAt - b.startedAt);
  return tasks
    .filter(({ name }) => name.startsWith('Set up '))
    .map(({ id }) => tasks.filter(({ parentId }) => parentId === id).map(({ name }) => name));
}
