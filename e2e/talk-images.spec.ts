import { readFileSync } from 'node:fs';
import { packContext } from '../server/domain/build/build-context.ts';
import { buildAppImages } from '../server/plugins/hosts/lab/build-images.ts';
import { APP_IMAGES } from '../server/plugins/hosts/lab/image-catalog.ts';
import { CLOUD } from './support/api.ts';
import { type ArtifactServer, serveArtifacts } from './support/artifact-server.ts';
import { dockerOn, labRegistry } from './support/lab-hosts.ts';
import { expect, removeApplications, test } from './support/story.ts';

/* Blueprints of Clocker’s talk as they stand on its slides: their images come from a registry that stands for Docker Hub, their archive by a rule. */

const MINUTE = 60_000;
/** What the lab has in the place of images of 2015. */
const STAND_INS = [
  ['haproxy:2.6', 'library/haproxy:1.5.9'],
  ['mariadb:10.11', 'library/mysql:5.7.5'],
  ['nginx:1.22', 'grkvlt/myapp:latest'],
] as const;

let artifacts: ArtifactServer;

test.beforeAll(async ({ world }) => {
  test.setTimeout(15 * MINUTE);
  const needed = APP_IMAGES.filter(({ repository }) => ['nginx', 'mariadb', 'haproxy'].includes(repository));
  await buildAppImages(world.lab.world, needed, 'changed');
  const address = `${labRegistry(world.lab)}/hub-of-the-talk`;
  const [host] = world.lab.hosts;
  if (!host) throw new Error('the lab has no host');
  for (const [from, to] of STAND_INS) {
    await dockerOn(host, 'pull', '--quiet', from);
    await dockerOn(host, 'tag', from, `${address}/${to}`);
    await dockerOn(host, 'push', '--quiet', `${address}/${to}`);
  }
  const dockerfile = Buffer.from('FROM mysql:5.7.5\nRUN echo built > /built-of-the-slide\n');
  artifacts = await serveArtifacts({ '/mysql-5.6.tgz': packContext([{ path: 'Dockerfile', bytes: dockerfile, executable: false }]) });
  await world.api.registry.set.mutate({ address, insteadOf: ['docker.io'] });
  const bucket = 'https://s3-eu-west-1.amazonaws.com/brooklyn-clocker/';
  await world.api.artifactRule.set.mutate({ from: bucket, to: `${artifacts.url}/` });
});

test.afterAll(async ({ world }) => {
  await removeApplications(world.api);
  await artifacts.close();
});

for (const [file, image] of [
  ['slide-22.yaml', 'haproxy:1.5.9'],
  ['slide-23.yaml', null],
  ['slide-24.yaml', 'grkvlt/myapp:latest'],
] as const) {
  test(`${file} comes up`, async ({ world }) => {
    test.setTimeout(6 * MINUTE);
    const { api, lab } = world;
    const text = readFileSync(`e2e/talk/${file}`, 'utf8');
    const { applicationId } = await api.application.deploy.mutate({ text, location: CLOUD });
    const unwell = async () => {
      const { entities } = await api.application.get.query({ applicationId });
      return entities.flatMap(({ name, actual, problems, waitingFor }) =>
        actual === 'RUNNING' ? [] : [{ name, actual, problems, waitingFor }],
      );
    };
    await expect.poll(unwell, { timeout: 5 * MINUTE }).toEqual([]);
    const running = await Promise.all(lab.hosts.map((host) => dockerOn(host, 'ps', '--format', '{{.Image}}')));
    expect(running.join('\n')).toContain(image ?? 'clocker/docker-container:');
    await removeApplications(api);
  });
}
