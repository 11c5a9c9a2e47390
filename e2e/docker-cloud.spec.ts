import { ensureSignedIn, expect, test, type World } from './support/story.ts';

/** Three hosts of one place each, and always room for one container more. */
const CLOUD = `
name: Grown cloud
services:
- type: docker-infrastructure
  id: grown
  brooklyn.config:
    entity.dynamicLocation.name: grown
    docker.host.cluster.initial.size: 3
    docker.host.cluster.max.size: 4
    docker.container.cluster.headroom.count: 1
    autoscaler.resizeUpStabilizationDelay: 1s
    autoscaler.resizeDownStabilizationDelay: 5s
    docker.host.nameFormat: grown-%2$d
    docker.container.strategies:
    - $brooklyn:object: { type: max-containers, brooklyn.config: { maxContainers: 1 } }
    - $brooklyn:object: { type: depth-first }
`;
const LOAD = `
name: Load
location: grown
services:
- type: cluster
  id: load
  brooklyn.config:
    cluster.initial.size: 3
    dynamiccluster.memberspec:
      $brooklyn:entitySpec: { type: "docker:busybox:1.35", brooklyn.config: { docker.image.commands: [sleep, infinity] } }
`;

test('a Docker cloud from a blueprint grows when it is full, shrinks when it is empty, and leaves nothing', async ({ world, page }) => {
  test.setTimeout(900_000);
  await ensureSignedIn(page, world);
  const { api } = world;
  const { applicationId } = await api.application.deploy.mutate({ text: CLOUD, location: 'lab:(memory=512m)' });
  await expect.poll(() => hostsOf(world), { timeout: 300_000 }).toEqual(['grown-1 ready', 'grown-2 ready', 'grown-3 ready']);

  await page.goto(`/applications/${applicationId}`);
  await expect(page.getByText('grown-3').first()).toBeVisible();

  const load = await api.application.deploy.mutate({ text: LOAD });
  await expect.poll(async () => (await hostsOf(world)).length, { timeout: 300_000 }).toBe(4);
  await expect(page.getByText('grown-4').first()).toBeVisible();

  await api.application.delete.mutate({ applicationId: load.applicationId, removeVolumes: true });
  await expect.poll(async () => (await hostsOf(world)).length, { timeout: 120_000 }).toBe(3);

  await api.application.delete.mutate({ applicationId, removeVolumes: true });
  await expect.poll(async () => (await api.cloud.list.query({})).filter(({ name }) => name === 'grown'), { timeout: 120_000 }).toEqual([]);
  await expect.poll(() => api.application.list.query({}), { timeout: 120_000 }).toEqual([]);
});

async function hostsOf({ api }: World): Promise<readonly string[]> {
  const cloud = (await api.cloud.list.query({})).find(({ name }) => name === 'grown');
  const hosts = cloud ? await api.host.list.query({ cloudId: cloud.id }) : [];
  return hosts.map(({ name, state }) => `${name} ${state}`).sort();
}
