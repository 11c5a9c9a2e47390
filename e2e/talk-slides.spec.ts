import { readFileSync } from 'node:fs';
import { packContext } from '../server/domain/build/build-context.ts';
import { buildAppImages } from '../server/plugins/hosts/lab/build-images.ts';
import { APP_IMAGES } from '../server/plugins/hosts/lab/image-catalog.ts';
import { sampleOf } from '../server/testing/sample-of.ts';
import { CLOUD } from './support/api.ts';
import { type ArtifactServer, serveArtifacts } from './support/artifact-server.ts';
import { servicesOf, type TestLab } from './support/lab-hosts.ts';
import { expect, removeApplications, test } from './support/story.ts';

/* The other blueprints of Clocker’s talk, as they stand on its slides: what they run from is led to what there is here by artifact rules and registries. */

test.describe.configure({ mode: 'serial' });

const MINUTE = 60_000;
/** Images of the slides, and what stands for them. */
const STAND_INS = {
  haproxy: 'docker.io/library/haproxy:1.5.9',
  mariadb: 'docker.io/library/mysql:5.7.5',
  php: 'docker.io/grkvlt/myapp:latest',
} as const;
const ARCHIVE = '/mysql-5.6.tgz';
const DOCKERFILE = { path: 'Dockerfile', bytes: Buffer.from('FROM mariadb:10.11\n'), executable: false };

const SLIDES = [
  { slide: 'slide-22', title: 'the load balancer of slide 22', entities: 2 },
  { slide: 'slide-23', title: 'the database of slide 23, built from the Dockerfile of an archive', entities: 2 },
  { slide: 'slide-24', title: 'the application and the database of slide 24', entities: 3 },
] as const;
const CHOSEN = sampleOf(
  'talk-slides',
  SLIDES.map(({ slide }) => slide),
  1,
);

let artifacts: ArtifactServer;

test.beforeAll(async ({ world }) => {
  test.setTimeout(20 * MINUTE);
  const needed = APP_IMAGES.filter(({ repository }) => Object.hasOwn(STAND_INS, repository));
  await buildAppImages(world.lab.world, needed, 'changed');
  artifacts = await serveArtifacts({ [ARCHIVE]: packContext([DOCKERFILE]) });
  const { artifactRule, registry } = world.api;
  await artifactRule.set.mutate({ from: 'https://s3-eu-west-1.amazonaws.com/brooklyn-clocker/', to: `${artifacts.url}/` });
  for (const [repository, image] of Object.entries(STAND_INS)) {
    await registry.set.mutate({ address: standInOf(world.lab, repository), insteadOf: [image] });
  }
});

test.afterAll(async ({ world }) => {
  await removeApplications(world.api);
  for (const repository of Object.keys(STAND_INS)) await world.api.registry.remove.mutate({ address: standInOf(world.lab, repository) });
  await artifacts.close();
});

for (const { slide, title, entities } of SLIDES) {
  if (!CHOSEN.includes(slide)) continue;
  test(`${title} is deployed as it is written`, async ({ world: { api } }) => {
    test.setTimeout(6 * MINUTE);
    const text = readFileSync(`e2e/talk/${slide}.yaml`, 'utf8');
    const { applicationId } = await api.application.deploy.mutate({ text, location: CLOUD });
    await expect
      .poll(
        async () => {
          const { entities: all } = await api.application.get.query({ applicationId });
          return all.map(({ actual, problems }) => [actual, ...Object.values(problems)].join(' '));
        },
        { timeout: 5 * MINUTE },
      )
      .toEqual(Array.from({ length: entities }, () => 'RUNNING'));
  });
}

function standInOf(lab: Pick<TestLab, 'hosts'>, repository: string): string {
  return `${servicesOf(lab).mirror}/library/${repository}`;
}
