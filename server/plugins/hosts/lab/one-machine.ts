import type { ConfigMap } from '../../../domain/blueprint/config-value.ts';
import { parseBytes } from '../../../domain/entity/quantities.ts';
import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { MachineRequest } from '../../../ports/host-provisioner.ts';
import { createDockerCli, type DockerCli } from './docker-cli.ts';
import { findEngine } from './ensure-engine.ts';
import { releaseHosts } from './lab-down.ts';
import { type HostRequest, removeHost, waitForHost } from './lab-hosts.ts';
import { ensureHostKey } from './lab-keys.ts';
import { withLock } from './lab-lock.ts';
import type { ProvisionedMachine } from './lab-machines.ts';
import { listMachines } from './lab-status.ts';
import { BOOT_TIMEOUT_MS, bootHost, DEFAULT_MEMORY_BYTES } from './lab-up.ts';
import type { LabWorld } from './lab-world.ts';
import { observeLab } from './observe-lab.ts';
import { HOST_NUMBERS, planHost } from './plan-lab.ts';
import { prepareEngine, prepareLan } from './prepare-lab.ts';
import { writeSshAccess } from './ssh-access.ts';

/** Other machines of the lab may be made or removed meanwhile: each is a few seconds under the lock, the first needs images. Milliseconds. */
const PATIENCE_MS = 1_200_000;

/** The next machine that does not exist and that nobody has claimed: `host-4`, or `bare-4` where the location wants it without an engine. */
export async function offerMachine(world: LabWorld, options: ConfigMap, taken: ReadonlySet<string>): Promise<string | null> {
  const engine = await findEngine(world);
  const { hosts } = engine ? await observeLab(createDockerCli(world, engine.socketPath), world.settings.name) : { hosts: [] };
  const used = new Set([...taken, ...hosts.map(({ name }) => name)]);
  const names = Array.from({ length: HOST_NUMBERS.most }, (_, index) => `${kindOf(options)}-${index + 1}`);
  return names.find((name) => !used.has(name)) ?? null;
}

/** One machine, made where it is missing and started where it is stopped; all others stay as they are. */
export async function ensureMachine(world: LabWorld, request: MachineRequest): Promise<ProvisionedMachine> {
  const { machine, location } = request;
  const number = Number(/^(?:host|bare)-(\d+)$/.exec(machine)?.[1]);
  const kind = machine.startsWith('bare') ? 'bare' : 'host';
  const memoryBytes = bytesOf(location.options) ?? Math.max(request.memoryBytes ?? 0, DEFAULT_MEMORY_BYTES);
  const cpus = location.options.cpus === undefined ? request.cpus : Number(location.options.cpus);
  const { docker, plan, present } = await withLab(world, `making ${machine}`, async () => {
    const { docker, inputs } = await prepareEngine(world);
    const { subnet, hosts } = await prepareLan(world, docker, inputs);
    const plan = planHost({ lab: world.settings.name, subnet, memoryBytes, cpus }, kind, number);
    const found = hosts.find(({ name }) => name === machine);
    const isHalfMade = found?.state === 'created' || found?.state === 'dead';
    if (found && isHalfMade) await removeHost(docker, found);
    await ensureHostKey(world, machine);
    await writeSshAccess(world, [...hosts.filter(({ name }) => name !== machine), plan]);
    const present = found && !isHalfMade ? found : null;
    if (present?.state === 'paused') await docker.must(['unpause', present.container]);
    else if (present && present.state !== 'running') await docker.must(['start', present.container], { timeoutMs: 120_000 });
    return { docker, plan: { inputs, subnet, plan, init: 'systemd' } as const, present };
  });
  if (present) await waitForHost(world, present, BOOT_TIMEOUT_MS);
  else await bootAnew(world, docker, plan);
  const made = (await listMachines(world, docker)).find(({ name }) => name === machine);
  if (made) return made;
  throw new ClockerError('lab.failed', { message: `The machine ${machine} of the lab is gone right after it was made`, retryable: true });
}

/** One that does not come up is taken away again, so that the next try makes it anew: nothing is on it yet. */
async function bootAnew(world: LabWorld, docker: DockerCli, plan: HostRequest): Promise<void> {
  try {
    await bootHost(world, docker, plan, false);
  } catch (error) {
    await removeHost(docker, plan.plan);
    throw error;
  }
}

/** Removes it with its disk; one that is gone already is well. */
export async function removeMachine(world: LabWorld, machine: string): Promise<void> {
  const engine = await findEngine(world);
  if (!engine) return;
  const docker = createDockerCli(world, engine.socketPath);
  const { hosts } = await observeLab(docker, world.settings.name);
  if (hosts.some(({ name }) => name === machine)) await releaseHosts(world, docker, [machine], PATIENCE_MS);
}

function withLab<T>(world: LabWorld, purpose: string, act: () => Promise<T>): Promise<T> {
  return withLock(world, { path: `${world.paths.labFolder}/lock`, purpose, patienceMs: PATIENCE_MS }, act);
}

function kindOf({ bare }: ConfigMap): 'bare' | 'host' {
  return bare === true || bare === 'true' ? 'bare' : 'host';
}

function bytesOf({ memory }: ConfigMap): number | null {
  return typeof memory === 'string' || typeof memory === 'number' ? parseBytes(memory) : null;
}
