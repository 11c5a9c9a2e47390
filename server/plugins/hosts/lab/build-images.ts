import { type AppImageView, ensureAppImages, listAppImages } from './app-images.ts';
import { createDockerCli } from './docker-cli.ts';
import { ensureEngine } from './ensure-engine.ts';
import type { AppImage } from './image-catalog.ts';
import { readImageInputs } from './image-inputs.ts';
import { withImagesLock } from './images-lock.ts';
import type { LabWorld } from './lab-world.ts';
import { ensureMachineImages } from './machine-images.ts';

/** What the labs' registry holds of the catalogue. */
export async function readAppImages(world: LabWorld): Promise<readonly AppImageView[]> {
  return listAppImages(world, await readImageInputs(world));
}

/** Builds images and pushes them to the labs' registry; starts an engine where none runs. Errors: lab.failed, conflict, deadline, cancelled. */
export async function buildAppImages(world: LabWorld, images: readonly AppImage[], rebuild: 'changed' | 'all'): Promise<void> {
  const engine = await ensureEngine(world);
  const docker = createDockerCli(world, engine.socketPath);
  const inputs = await readImageInputs(world);
  await withImagesLock(world, async () => {
    await ensureMachineImages(world, docker, inputs);
    await ensureAppImages(world, docker, { inputs, images, rebuild });
  });
}
