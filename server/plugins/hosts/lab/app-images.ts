import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import { baseImage } from './build-base.ts';
import type { DockerCli } from './docker-cli.ts';
import { APP_IMAGES, type AppImage } from './image-catalog.ts';
import { appKey, type ImageInputs } from './image-keys.ts';
import { readImageRecords, writeImageRecord } from './image-records.ts';
import { inParallel } from './in-parallel.ts';
import { type LabWorld, waitFor } from './lab-world.ts';
import { buildImage, hasAll, machineImage } from './machine-images.ts';
import { verifyImage } from './registry-content.ts';

const WRITER = 'clocker-lab-registry-writer';

export type AppImageState = 'ready' | 'outdated' | 'damaged' | 'absent';

export interface AppImageView {
  readonly image: AppImage;
  readonly state: AppImageState;
  /** Debian package and version inside; empty where it was never built. */
  readonly contains: string;
  readonly builtAt: string;
  readonly sizeBytes: number;
}

/** What the registry's folder holds, checked blob by blob. */
export async function listAppImages(
  world: LabWorld,
  inputs: ImageInputs,
  images: readonly AppImage[] = APP_IMAGES,
): Promise<readonly AppImageView[]> {
  const records = await readImageRecords(world);
  return inParallel(images, 4, async (image) => {
    const record = records[image.folder];
    const state = await appImageState(world, image, record?.key === appKey(inputs, image.folder));
    return { image, state, contains: record?.contains ?? '', builtAt: record?.builtAt ?? '', sizeBytes: record?.sizeBytes ?? 0 };
  });
}

async function appImageState(world: LabWorld, image: AppImage, isCurrent: boolean): Promise<AppImageState> {
  const verdicts = await Promise.all(image.tags.map((tag) => verifyImage(world, image.repository, tag)));
  if (verdicts.includes('damaged')) return 'damaged';
  if (verdicts.includes('absent')) return 'absent';
  return isCurrent ? 'ready' : 'outdated';
}

/** Builds and pushes those of the images that the registry's folder does not hold as they should be. Needs the machine images. */
export async function ensureAppImages(
  world: LabWorld,
  docker: DockerCli,
  request: { readonly inputs: ImageInputs; readonly images: readonly AppImage[]; readonly rebuild: 'changed' | 'all' },
): Promise<void> {
  const { inputs, images, rebuild } = request;
  const views = await listAppImages(world, inputs, images);
  const wanted = images.filter((image) => rebuild === 'all' || views.find((view) => view.image.folder === image.folder)?.state !== 'ready');
  if (wanted.length === 0) return;
  await withWriter(world, docker, inputs, async (address) => {
    let done = 0;
    await inParallel(wanted, 2, async (image) => {
      world.report('images', `building ${image.repository}:${image.tags[0]}`, 0.3 + (0.4 * done) / wanted.length);
      await buildAndPush(world, docker, { inputs, image, address, rebuild });
      done++;
    });
    const collected = ['docker-registry', 'garbage-collect', '--delete-untagged', '/etc/docker/registry/config.yml'];
    await docker.must(['exec', WRITER, ...collected], { timeoutMs: 120_000 });
  });
}

interface BuildRequest {
  readonly inputs: ImageInputs;
  readonly image: AppImage;
  /** Where the writer takes pushes. */
  readonly address: string;
  readonly rebuild: 'changed' | 'all';
}

async function buildAndPush(world: LabWorld, docker: DockerCli, request: BuildRequest): Promise<void> {
  const { inputs, image, address, rebuild } = request;
  const key = appKey(inputs, image.folder);
  const built = `clocker-lab/app-${image.folder}:${key}`;
  const anew = rebuild === 'all';
  if (anew || !(await hasAll(docker, [built]))) {
    await buildImage(docker, { image: built, folder: image.folder, base: baseImage(inputs), anew });
  }
  const printed = await docker.must([
    'run',
    '--rm',
    '--network',
    'none',
    '--label',
    'io.clocker.lab=1',
    '--entrypoint',
    'cat',
    built,
    '/etc/clocker-lab-package',
  ]);
  const contains = printed.replace(/\s+/g, ' ');
  const tags = image.tags.map((tag) => `${address}/library/${image.repository}:${tag}`);
  const labelled = `FROM ${built}\nLABEL io.clocker.lab.image=debian-built io.clocker.lab.contains="${contains}"\n`;
  await docker.must(['build', '--quiet', ...tags.flatMap((tag) => ['--tag', tag]), '-'], { input: labelled, timeoutMs: 120_000 });
  const sizeBytes = Number(await docker.must(['image', 'inspect', '--format', '{{.Size}}', built]));
  for (const tag of tags) await docker.must(['push', '--quiet', tag], { timeoutMs: 600_000 });
  await writeImageRecord(world, image.folder, { key, contains, builtAt: new Date().toISOString(), sizeBytes });
  await docker.run(['image', 'rm', ...tags, built], { timeoutMs: 120_000 });
}

/** Runs a registry that takes pushes from this machine only, for as long as `act` goes on. */
async function withWriter(world: LabWorld, docker: DockerCli, inputs: ImageInputs, act: (address: string) => Promise<void>): Promise<void> {
  await docker.run(['rm', '--force', WRITER]);
  await world.files.makeFolder(world.paths.registryContent);
  const volume = `${world.paths.registryContent}:/var/lib/registry`;
  const options = ['--detach', '--name', WRITER, '--label', 'io.clocker.lab=1', '--publish', '127.0.0.1::5000', '--volume', volume];
  await docker.must(['run', ...options, machineImage(inputs, 'services'), 'writer']);
  try {
    await waitFor(world, 'answer of the registry', { timeoutMs: 30_000, everyMs: 100 }, async () => {
      const opened = await docker.run(['exec', WRITER, 'bash', '-c', 'exec 3<>/dev/tcp/127.0.0.1/5000']);
      return opened.code === 0 ? true : undefined;
    });
    const [published] = (await docker.must(['port', WRITER, '5000/tcp'])).split('\n');
    if (!published) throw new ClockerError('lab.failed', { message: 'The registry of the lab has no port on this machine' });
    await act(published);
  } finally {
    await docker.run(['rm', '--force', WRITER]);
  }
}
