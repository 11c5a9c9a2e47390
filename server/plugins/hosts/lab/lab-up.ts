import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { MachineRequest, ProvisionedMachine } from '../../../ports/host-provisioner.ts';
import { ensureAppImages } from './app-images.ts';
import { createDockerCli, type DockerCli } from './docker-cli.ts';
import { ensureEngine } from './ensure-engine.ts';
import { ensurePrograms } from './ensure-programs.ts';
import { healAll } from './faults.ts';
import { APP_IMAGES } from './image-catalog.ts';
import { readImageInputs } from './image-inputs.ts';
import type { ImageInputs } from './image-keys.ts';
import { withImagesLock } from './images-lock.ts';
import { inParallel } from './in-parallel.ts';
import { createHost, type HostInit, type HostRequest, removeHost, waitForHost } from './lab-hosts.ts';
import { ensureHostKey, ensureLabKey } from './lab-keys.ts';
import { withLock } from './lab-lock.ts';
import { createLan } from './lab-network.ts';
import { ensureServices } from './lab-services.ts';
import { listMachines } from './lab-status.ts';
import type { LabWorld } from './lab-world.ts';
import { cacheMachineImages, ensureMachineImages } from './machine-images.ts';
import { observeLab } from './observe-lab.ts';
import { HOST_NUMBERS, planLab, type WantedLab } from './plan-lab.ts';
import { writeSshAccess } from './ssh-access.ts';

export const DEFAULT_MEMORY_BYTES = 4 * 1024 ** 3;
const BOOT_TIMEOUT_MS = 180_000;
const SYSTEMD_TIMEOUT_MS = 90_000;

export interface LabUpRequest extends MachineRequest {
  /** Default: systemd, and plain where that does not come up. */
  readonly init?: HostInit;
}

/**
 * Brings the lab up: engine, images, LAN, registry and hosts, each only where it is missing, and heals every fault. Hosts that
 * run are kept as they are. Returns all hosts once each answers. Errors: lab.failed, conflict, input.invalid, deadline, cancelled.
 */
export async function labUp(world: LabWorld, request: LabUpRequest): Promise<readonly ProvisionedMachine[]> {
  checkRequest(request);
  const lock = { path: `${world.paths.labFolder}/lock`, purpose: 'clocker lab up', patienceMs: 0 };
  return withLock(world, lock, async () => {
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
    await raiseHosts(world, docker, { inputs, request });
    await withImagesLock(world, () => cacheMachineImages(world, docker, inputs));
    world.report('ready', `lab "${world.settings.name}" is up`, 1);
    return listMachines(world, docker);
  });
}

async function raiseHosts(
  world: LabWorld,
  docker: DockerCli,
  { inputs, request }: { readonly inputs: ImageInputs; readonly request: LabUpRequest },
): Promise<void> {
  world.report('network', 'LAN, registry and name server', 0.75);
  await ensureLabKey(world);
  const before = await observeLab(docker, world.settings.name);
  const subnet = before.subnet ?? (await createLan(world, docker));
  await ensureServices(world, docker, { inputs, subnet, observed: before.services });
  const plan = planLab(toWanted(world, subnet, request), before.hosts);
  for (const container of plan.remove) await removeHost(docker, { container });
  const everyHost = [...plan.keep, ...plan.start, ...plan.unpause, ...plan.create];
  for (const host of everyHost) await ensureHostKey(world, host.name);
  await writeSshAccess(world, everyHost);
  if (plan.unpause.length > 0) await docker.must(['unpause', ...plan.unpause.map((host) => host.container)]);
  if (plan.start.length > 0) await docker.must(['start', ...plan.start.map((host) => host.container)], { timeoutMs: 120_000 });
  await healAll(world, docker);
  world.report('hosts', `${plan.create.length} new, ${everyHost.length - plan.create.length} kept`, 0.8);
  let done = 0;
  const answered = (name: string): void => {
    done++;
    world.report('hosts', `${name} answers`, 0.8 + (0.15 * done) / everyHost.length);
  };
  await inParallel(plan.create, 4, async (host) => {
    await bootHost(world, docker, { inputs, subnet, plan: host, init: request.init ?? 'systemd' }, request.init !== undefined);
    answered(host.name);
  });
  await inParallel([...plan.keep, ...plan.start, ...plan.unpause], 4, async (host) => {
    await waitForHost(world, host, BOOT_TIMEOUT_MS);
    answered(host.name);
  });
}

async function bootHost(world: LabWorld, docker: DockerCli, host: HostRequest, isInitFixed: boolean): Promise<void> {
  await createHost(world, docker, host);
  try {
    await waitForHost(world, host.plan, isInitFixed ? BOOT_TIMEOUT_MS : SYSTEMD_TIMEOUT_MS);
  } catch (error) {
    if (isInitFixed || !(error instanceof ClockerError) || error.code !== 'deadline') throw error;
    world.report('hosts', `systemd does not come up on ${host.plan.name}; starting it without`, 0.8);
    await removeHost(docker, host.plan);
    await createHost(world, docker, { ...host, init: 'plain' });
    await waitForHost(world, host.plan, BOOT_TIMEOUT_MS);
  }
}

function toWanted(world: LabWorld, subnet: string, request: LabUpRequest): WantedLab {
  return {
    lab: world.settings.name,
    subnet,
    hosts: request.count,
    bare: request.bare ?? 0,
    memoryBytes: request.memoryBytes ?? DEFAULT_MEMORY_BYTES,
    cpus: request.cpus,
  };
}

function checkRequest(request: LabUpRequest): void {
  const counts = [request.count, request.bare ?? 0];
  if (counts.some((count) => !Number.isInteger(count) || count < 0 || count > HOST_NUMBERS.most)) {
    throw new ClockerError('input.invalid', {
      message: `A lab has 0 to ${HOST_NUMBERS.most} hosts of each kind`,
      hint: 'Give a smaller number.',
    });
  }
  if (request.memoryBytes !== undefined && request.memoryBytes < 256 * 1024 ** 2) {
    throw new ClockerError('input.invalid', { message: 'A host needs at least 256 MiB of memory', hint: 'For example --memory 2g.' });
  }
}
