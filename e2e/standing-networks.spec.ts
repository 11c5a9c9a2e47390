import { CLOUD } from './support/api.ts';
import { dockerOn } from './support/lab-hosts.ts';
import { ensureSignedIn, expect, removeApplications, test, type World } from './support/story.ts';

test.describe.configure({ mode: 'serial' });

/** One container, which serves its name on port 80 of a network of the cloud. */
const meeting = (name: string) => `
name: ${name}
brooklyn.config: { docker.networks: { outside: { shared: lan } } }
services:
- type: docker:busybox:1.35
  id: web
  brooklyn.config:
    docker.image.commands: [sh, -c, 'mkdir /www; echo ${name} > /www/index.html; exec httpd -f -h /www']
    docker.container.networks: [outside]
`;

test.afterAll(async ({ world: { api } }) => {
  const cloud = (await api.cloud.list.query()).find(({ name }) => name === CLOUD);
  if (cloud?.networking) await api.cloud.update.mutate({ cloudId: cloud.id, networking: null });
});

test('applications meet on a network of the cloud, which is deleted only once nobody is on it', async ({ world, page }) => {
  test.setTimeout(300_000);
  const { api } = world;
  const [cloud] = await api.cloud.list.query();
  if (!cloud) throw new Error('no cloud');
  // Other files have stories of the same cloud.
  await removeApplications(api);
  await ensureSignedIn(page, world);
  await page.goto('/networks');
  await expect(page.getByText('No networks yet')).toBeVisible();
  await expect(page.getByRole('button', { name: 'New network…' })).toBeHidden();
  await api.cloud.update.mutate({ cloudId: cloud.id, networking: { provider: 'vxlan' } });

  await page.getByRole('button', { name: 'New network…' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('lan');
  await page.getByRole('textbox', { name: 'What it is for' }).fill('Where shops and their back office meet');
  await page.getByRole('button', { name: 'Create network' }).click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details.getByRole('heading', { name: 'lan' })).toBeVisible();
  await expect(details.getByText('any application of the cloud')).toBeVisible();
  await expect(details.getByText('0 of 254, 254 free')).toBeVisible();

  const shop = await deploy(world, meeting('Shop'));
  const blog = await deploy(world, meeting('Blog'));
  await expect(details.getByRole('heading', { name: '2 containers' })).toBeVisible();
  await expect.poll(() => ask(world, shop, 'web.blog.clocker.internal')).toBe('Blog');
  await expect.poll(() => ask(world, blog, 'web.shop.clocker.internal')).toBe('Shop');
  expect(await ask(world, shop, 'web')).toBe('Shop');

  await page.getByRole('button', { name: 'Acts on lan' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  const asking = page.getByRole('alertdialog');
  await expect(asking.getByText('2 containers would lose it')).toBeVisible();
  await expect(asking.getByText(/^web of Blog on /)).toBeVisible();
  await asking.getByRole('button', { name: 'Cancel' }).click();
  const [network] = await api.network.list.query();
  await expect(api.network.delete.mutate({ networkId: network?.id ?? '' })).rejects.toThrow(
    /Network lan is in use by web of Blog on .*web of Shop on /,
  );

  for (const applicationId of [shop, blog])
    await api.application.delete.mutate({ applicationId: applicationId as never, removeVolumes: true });
  await expect(details.getByRole('heading', { name: '0 containers' })).toBeVisible({ timeout: 60_000 });
  await expect(details.getByRole('heading', { name: '0 hosts' })).toBeVisible({ timeout: 60_000 });
  for (const host of world.lab.hosts)
    expect(await dockerOn(host, 'network', 'ls', '--quiet', '--filter', 'label=io.clocker.plane')).toBe('');
  await page.getByRole('button', { name: 'Acts on lan' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await asking.getByRole('button', { name: 'Delete lan' }).click();
  await expect(page.getByText('No networks yet')).toBeVisible();
});

async function deploy({ api }: World, text: string): Promise<string> {
  const { applicationId } = await api.application.deploy.mutate({ text, location: CLOUD });
  const unwell = async () =>
    (await api.application.get.query({ applicationId })).entities.flatMap(({ name, actual, problems, waitingFor }) =>
      actual === 'RUNNING' ? [] : [{ name, actual, problems, waitingFor }],
    );
  await expect.poll(unwell, { timeout: 120_000 }).toEqual([]);
  return applicationId;
}

/** What the container of an application gets from a name on port 80. */
async function ask({ api, lab }: World, applicationId: string, name: string): Promise<string> {
  const { instances } = await api.application.get.query({ applicationId: applicationId as never });
  const [instance] = instances;
  const hosts = await api.host.list.query();
  const host = lab.hosts.find((one) => one.name === hosts.find(({ id }) => id === instance?.hostId)?.name);
  if (!host || !instance) throw new Error(`no container of ${applicationId}`);
  const get = 'printf "GET / HTTP/1.0\\r\\n\\r\\n" | nc -w 3 "$0" 80';
  return await dockerOn(host, 'exec', instance.containerName, 'sh', '-c', get, name).then(
    (text) => text.trim().split('\n').at(-1) ?? '',
    (error: unknown) => String(error),
  );
}
