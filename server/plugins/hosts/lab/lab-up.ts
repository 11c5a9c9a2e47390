import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { DockerCli } from './docker-cli.ts';
import { healAll } from './faults.ts';
import type { ImageInputs } from './image-keys.ts';
import { withImagesLock } from './images-lock.ts';
import { inParallel } from './in-parallel.ts';
import { createHost, type HostInit, type HostRequest, removeHost, waitForHost } from './lab-hosts.ts';
import { ensureHostKey } from './lab-keys.ts';
import { withLock } from './lab-lock.ts';
import type { LabRequest, ProvisionedMachine } from './lab-machines.ts';
import { listMachines } from './lab-status.ts';
import type { LabWorld } from './lab-world.ts';
import { cacheMachineImages } from './machine-images.ts';
import { HOST_NUMBERS, planLab, type WantedLab } from './plan-lab.ts';
import { prepareEngine, prepareLan } from './prepare-lab.ts';
import { writeSshAccess } from './ssh-access.ts';

export const DEFAULT_MEMORY_BYTES = 4 * 1024 ** 3;
export const BOOT_TIMEOUT_MS = 180_000;
const SYSTEMD_TIMEOUT_MS = 90_000;

export interface LabUpRequest extends LabRequest {
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
    const { docker, inputs } = await prepareEngine(world);
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
  const { subnet, hosts } = await prepareLan(world, docker, inputs);
  const plan = planLab(toWanted(world, subnet, request), hosts);
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

/** Makes a host and waits until it answers; without systemd where that does not come up. Errors: deadline, lab.failed. */
export async function bootHost(world: LabWorld, docker: DockerCli, host: HostRequest, isInitFixed: boolean): Promise<void> {
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
