import { LABEL } from '../server/domain/entity/ownership.ts';
import { buildAppImages } from '../server/plugins/hosts/lab/build-images.ts';
import { APP_IMAGES } from '../server/plugins/hosts/lab/image-catalog.ts';
import { deployableBlueprints } from '../server/testing/shipped-blueprints.ts';
import { CLOUD } from './support/api.ts';
import { dockerLines, dockerOn } from './support/lab-hosts.ts';
import { expect, test, type World } from './support/story.ts';

const shipped = deployableBlueprints();
const images = APP_IMAGES.filter(({ repository }) => shipped.some(({ text }) => text.includes(repository)));

test.describe('blueprints that ship', () => {
  test.beforeAll(async ({ world }) => {
    test.setTimeout(600_000);
    await buildAppImages(world.lab.world, images, 'changed');
  });

  for (const { file, text } of shipped) {
    test(`${file} comes up, answers where it says, and leaves nothing behind`, async ({ world }) => {
      test.setTimeout(300_000);
      const { api } = world;
      const { applicationId } = await api.application.deploy.mutate({ text, location: CLOUD });
      const read = async () => (await api.application.get.query({ applicationId })).entities;
      const unwell = async () =>
        (await read()).flatMap(({ name, actual, problems }) => (actual === 'RUNNING' ? [] : [{ name, actual, problems }]));
      await expect.poll(unwell, { timeout: 240_000, message: `what does not run of ${file}` }).toEqual([]);
      const entities = await read();
      for (const uri of new Set(entities.flatMap(({ sensors }) => sensors['main.uri'] ?? []))) {
        await expect.poll(() => statusOf(String(uri)), { timeout: 30_000, message: `what ${uri} of ${file} answers` }).toBeLessThan(400);
      }
      expect((await thingsOf(world, applicationId)).length).toBeGreaterThan(0);
      await api.application.delete.mutate({ applicationId, removeVolumes: true });
      await expect.poll(() => thingsOf(world, applicationId), { timeout: 60_000 }).toEqual([]);
    });
  }
});

async function statusOf(uri: string): Promise<number> {
  return fetch(uri).then(
    ({ status }) => status,
    () => 599,
  );
}

/** Containers, volumes and networks of an application, on all hosts. */
async function thingsOf({ lab }: World, applicationId: string): Promise<readonly string[]> {
  const filter = ['--quiet', '--filter', `label=${LABEL.application}=${applicationId}`];
  const lists = [
    ['ps', '--all'],
    ['volume', 'ls'],
    ['network', 'ls'],
  ] as const;
  const found = await Promise.all(lab.hosts.flatMap((host) => lists.map((list) => dockerOn(host, ...list, ...filter))));
  return found.flatMap(dockerLines);
}
