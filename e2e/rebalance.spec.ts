import { LABEL } from '../server/domain/entity/ownership.ts';
import { buildAppImages } from '../server/plugins/hosts/lab/build-images.ts';
import { APP_IMAGES } from '../server/plugins/hosts/lab/image-catalog.ts';
import { CLOUD } from './support/api.ts';
import { dockerLines, dockerOn } from './support/lab-hosts.ts';
import { beginLoad } from './support/load.ts';
import { ensureSignedIn, expect, test, type World } from './support/story.ts';

const PAGES = `
name: Pages
services:
- { type: haproxy, id: lb, name: Load balancer, target: $brooklyn:component("pages"), proxy.http.port: 8300+ }
- type: dynamic-cluster
  id: pages
  initialSize: 5
  memberSpec: { type: 'docker:nginx:1.22', name: Page server, openPorts: [80] }
`;

test('a cloud is rebalanced under load onto a host that is open again, and nothing is lost', async ({ page, world }) => {
  test.setTimeout(300_000);
  const { api, lab } = world;
  await ensureSignedIn(page, world);
  await buildAppImages(
    lab.world,
    APP_IMAGES.filter(({ repository }) => repository === 'nginx'),
    'changed',
  );
  const [cloud] = await api.cloud.list.query();
  const third = (await api.host.list.query()).find(({ name }) => name === 'host-3');
  if (!cloud || !third) throw new Error('there is no cloud with a third host');
  await api.cloud.update.mutate({ cloudId: cloud.id, strategies: [{ strategy: 'least-containers', config: {} }] });
  await api.host.cordon.mutate({ hostId: third.id, cordoned: true });
  const { applicationId } = await api.application.deploy.mutate({ text: PAGES, location: CLOUD });
  const read = () => api.application.get.query({ applicationId });
  await expect.poll(async () => (await read()).entities.every(({ actual }) => actual === 'RUNNING'), { timeout: 120_000 }).toBe(true);
  expect(await placesOf(world, applicationId)).toEqual([3, 3, 0]);
  const balancer = (await read()).entities.find(({ type }) => type === 'haproxy');
  const uri = String(balancer?.sensors['main.uri']);

  await page.goto('/hosts');
  await page.getByRole('button', { name: `Rebalance… ${CLOUD}` }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Nothing to move: every container is where placement would put it.');
  await api.host.cordon.mutate({ hostId: third.id, cordoned: false });
  await dialog.getByRole('button', { name: 'Look again' }).click();
  const proposed = dialog.getByRole('list', { name: 'Proposed moves' }).getByRole('listitem');
  await expect(proposed).toHaveCount(2);
  await expect(proposed.first()).toContainText('host-3 is the first host that takes it: fewest containers');
  await expect(dialog.getByRole('table', { name: 'Containers of hosts' })).toContainText('host-302');
  await expect(dialog.getByRole('list', { name: 'Proposed moves' })).not.toContainText('Load balancer');

  const load = beginLoad(uri);
  await dialog.getByRole('button', { name: 'Make 2 moves' }).click();
  await expect(dialog.getByRole('list', { name: 'Moves under way' })).toContainText('host-3');
  await expect(dialog).toContainText('Nothing to move: every container is where placement would put it.', { timeout: 120_000 });
  const { sent, failed } = await load.end();
  expect(failed).toEqual([]);
  expect(sent).toBeGreaterThan(20);
  expect(await placesOf(world, applicationId)).toEqual([2, 2, 2]);
  await page.goto('/activity');
  await expect(page.getByText(`Rebalance ${CLOUD}`)).toBeVisible();

  await api.application.delete.mutate({ applicationId, removeVolumes: true });
  await expect.poll(async () => (await api.application.list.query()).length, { timeout: 60_000 }).toBe(0);
  await api.cloud.update.mutate({ cloudId: cloud.id, strategies: [{ strategy: 'breadth-first', config: {} }] });
});

/** How many containers of the application each host runs, as its own Docker tells it. */
async function placesOf({ lab }: World, applicationId: string): Promise<readonly number[]> {
  const filter = ['--quiet', '--filter', `label=${LABEL.application}=${applicationId}`];
  return Promise.all(lab.hosts.map(async (host) => dockerLines(await dockerOn(host, 'ps', ...filter)).length));
}
