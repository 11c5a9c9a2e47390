import { ensureAppImages } from './app-images.ts';
import { createDockerCli, type DockerCli } from './docker-cli.ts';
import { ensureEngine } from './ensure-engine.ts';
import { ensurePrograms } from './ensure-programs.ts';
import { APP_IMAGES } from './image-catalog.ts';
import { readImageInputs } from './image-inputs.ts';
import type { ImageInputs } from './image-keys.ts';
import { withImagesLock } from './images-lock.ts';
import { ensureLabKey } from './lab-keys.ts';
import { createLan } from './lab-network.ts';
import { ensureServices } from './lab-services.ts';
import type { LabWorld } from './lab-world.ts';
import { ensureMachineImages } from './machine-images.ts';
import { type ObservedHost, observeLab } from './observe-lab.ts';

/** The engine that hosts are made on, with their images, each where it is missing. */
export async function prepareEngine(world: LabWorld): Promise<{ readonly docker: DockerCli; readonly inputs: ImageInputs }> {
  world.report('engine', 'looking for a Docker Engine', 0);
  await ensurePrograms(world, ['ssh', 'ssh-keygen', 'ip', 'iptables', 'nsenter']);
  const engine = await ensureEngine(world);
  const docker = createDockerCli(world, engine.socketPath);
  const inputs = await readImageInputs(world);
  await withImagesLock(world, async () => {
    await ensureMachineImages(world, docker, inputs);
    const images = APP_IMAGES.filter((image) => image.demo);
    await ensureAppImages(world, docker, { inputs, images, rebuild: 'changed' });
  });
  return { docker, inputs };
}

/** The LAN with its registry and name server, and the hosts that are on it. */
export async function prepareLan(
  world: LabWorld,
  docker: DockerCli,
  inputs: ImageInputs,
): Promise<{ readonly subnet: string; readonly hosts: readonly ObservedHost[] }> {
  world.report('network', 'LAN, registry and name server', 0.75);
  await ensureLabKey(world);
  const { subnet: present, services, hosts } = await observeLab(docker, world.settings.name);
  const subnet = present ?? (await createLan(world, docker));
  await ensureServices(world, docker, { inputs, subnet, observed: services });
  return { subnet, hosts };
}
