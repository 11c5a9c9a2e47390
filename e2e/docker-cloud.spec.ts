import { sampleOf } from '../server/testing/sample-of.ts';
import { labHostAt } from './support/lab-hosts.ts';
import { ensureSignedIn, expect, test, type World } from './support/story.ts';
import { describeStranger, placeStranger, removeStranger, type Stranger } from './support/strangers.ts';

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

/** Which host others use, before the load comes or once it has, and which are left when the load is gone: the newest empty one goes. */
const LEFT = { 'grown-1': [1, 2, 3], 'grown-4': [1, 2, 4] } as const;

for (const used of sampleOf('docker cloud', ['grown-1', 'grown-4'] as const, 1)) {
  test(`a Docker cloud grows when it is full, shrinks when it is empty, keeps ${used}, which others use, and leaves nothing`, async ({
    world,
    page,
  }) => {
    test.setTimeout(900_000);
    await ensureSignedIn(page, world);
    const { api } = world;
    const { applicationId } = await api.application.deploy.mutate({ text: CLOUD, location: 'lab:(memory=512m)' });
    await expect.poll(() => hostsOf(world), { timeout: 300_000 }).toEqual([1, 2, 3].map(ready));
    await page.goto(`/applications/${applicationId}`);
    await expect(page.getByText('grown-3').first()).toBeVisible();

    const early = used === 'grown-1' ? await strangerOn(world, used) : null;
    const load = await api.application.deploy.mutate({ text: LOAD });
    await expect.poll(() => hostsOf(world), { timeout: 300_000 }).toEqual([1, 2, 3, 4].map(ready));
    await expect(page.getByText('grown-4').first()).toBeVisible();
    await expect.poll(() => statesOf(world, load.applicationId), { timeout: 60_000 }).toEqual(Array(5).fill('RUNNING'));
    const stranger = early ?? (await strangerOn(world, used));

    await api.application.delete.mutate({ applicationId: load.applicationId, removeVolumes: true });
    await expect.poll(() => hostsOf(world), { timeout: 120_000 }).toEqual(LEFT[used].map(ready));
    expect(await describeStranger(stranger)).toBe(stranger.before);

    await api.application.delete.mutate({ applicationId, removeVolumes: true });
    await expect.poll(() => hostsOf(world), { timeout: 120_000 }).toEqual([`${used} ready`]);
    await page.getByRole('treeitem', { name: new RegExp(used) }).click();
    await expect(page.getByText(`${used}: 1 container that is not Clocker’s runs there`).first()).toBeVisible();
    expect(await describeStranger(stranger)).toBe(stranger.before);
    await removeStranger(stranger);
    const clouds = async () => (await api.cloud.list.query({})).filter(({ name }) => name === 'grown');
    await expect.poll(clouds, { timeout: 120_000 }).toEqual([]);
    await expect.poll(() => api.application.list.query({}), { timeout: 120_000 }).toEqual([]);
  });
}

const ready = (number: number) => `grown-${number} ready`;

/** Resolves once the console has counted it. */
async function strangerOn(world: World, name: string): Promise<Stranger> {
  const find = async () => (await world.api.host.list.query()).find((host) => host.name === name);
  const stranger = await placeStranger(await labHostAt(world.lab, (await find())?.address ?? ''));
  await expect.poll(async () => (await find())?.foreignContainers).toBe(1);
  return stranger;
}

async function statesOf({ api }: World, applicationId: string): Promise<readonly string[]> {
  return (await api.application.get.query({ applicationId })).entities.map(({ actual }) => actual);
}

async function hostsOf({ api }: World): Promise<readonly string[]> {
  const cloud = (await api.cloud.list.query({})).find(({ name }) => name === 'grown');
  const hosts = cloud ? await api.host.list.query({ cloudId: cloud.id }) : [];
  return hosts.map(({ name, state }) => `${name} ${state}`).sort();
}
