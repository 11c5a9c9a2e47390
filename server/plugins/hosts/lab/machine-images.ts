import { baseImage, buildBase } from './build-base.ts';
import type { DockerCli } from './docker-cli.ts';
import { isArchived, loadArchive, saveArchive } from './image-archive.ts';
import { MACHINE_IMAGES, type MachineImage } from './image-catalog.ts';
import { IMAGE_FOLDERS } from './image-inputs.ts';
import { archiveKey, type ImageInputs, machineKey } from './image-keys.ts';
import { inParallel } from './in-parallel.ts';
import type { LabWorld } from './lab-world.ts';

export function machineImage(inputs: ImageInputs, folder: MachineImage): string {
  return `clocker-lab/${folder}:${machineKey(inputs, folder)}`;
}

/** Sees to it that the engine has the base and the machine images: kept, loaded from the cache, or built. */
export async function ensureMachineImages(world: LabWorld, docker: DockerCli, inputs: ImageInputs): Promise<void> {
  if (await hasAll(docker, allImages(inputs))) return;
  world.report('images', 'loading machine images from the cache', 0.05);
  if ((await loadArchive(world, docker, archiveKey(inputs))) && (await hasAll(docker, allImages(inputs)))) return;
  if (!(await hasAll(docker, [baseImage(inputs)]))) {
    world.report('images', 'making the Debian base', 0.06);
    await buildBase(world, docker, inputs);
  }
  const chains: readonly (readonly MachineImage[])[] = [['services'], ['host-bare', 'host']];
  await inParallel(chains, 2, async (chain) => {
    for (const folder of chain) await ensureMachineImage(world, docker, inputs, folder);
  });
}

/** Keeps the machine images for the next engine, unless the cache has them already. */
export async function cacheMachineImages(world: LabWorld, docker: DockerCli, inputs: ImageInputs): Promise<void> {
  if (await isArchived(world, archiveKey(inputs))) return;
  world.report('cache', 'saving machine images for the next time', 0.97);
  await saveArchive(world, docker, archiveKey(inputs), allImages(inputs));
}

async function ensureMachineImage(world: LabWorld, docker: DockerCli, inputs: ImageInputs, folder: MachineImage): Promise<void> {
  const image = machineImage(inputs, folder);
  if (await hasAll(docker, [image])) return;
  const from = MACHINE_IMAGES.find((entry) => entry.folder === folder)?.from ?? 'base';
  world.report('images', `building ${folder}`, 0.2);
  await buildImage(docker, { image, folder, base: from === 'base' ? baseImage(inputs) : machineImage(inputs, from) });
}

/** Builds one folder below `images/`. The build uses the machine's own network, so that it needs neither NAT nor a resolver of its own. */
export async function buildImage(
  docker: DockerCli,
  build: { readonly image: string; readonly folder: string; readonly base: string; readonly anew?: boolean },
): Promise<void> {
  const labels = ['--label', 'io.clocker.lab=1'];
  const args = ['--build-arg', `BASE=${build.base}`, '--network', 'host', '--force-rm', '--quiet', '--tag', build.image];
  if (build.anew) args.push('--no-cache');
  await docker.must(['build', ...args, ...labels, `${IMAGE_FOLDERS}/${build.folder}`], {
    timeoutMs: 900_000,
    what: `build the image ${build.folder}`,
    hint: 'Check that "apt-get update" works on this machine.',
  });
}

export async function hasAll(docker: DockerCli, images: readonly string[]): Promise<boolean> {
  return (await docker.inspect('image', images)).length === images.length;
}

function allImages(inputs: ImageInputs): readonly string[] {
  return [baseImage(inputs), ...MACHINE_IMAGES.map((image) => machineImage(inputs, image.folder))];
}
