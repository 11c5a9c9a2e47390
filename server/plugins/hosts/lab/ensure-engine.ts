import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import { engineAnswers, isEngineAlive, type LabEngine, readEngineRecord } from './engine-record.ts';
import { ensurePrograms } from './ensure-programs.ts';
import { withLock } from './lab-lock.ts';
import { type LabWorld, waitFor } from './lab-world.ts';
import { startEngine } from './start-engine.ts';

/**
 * A Docker Engine on this machine: the one that the lab started before, the machine's own where it answers, or a new one with
 * its own data folder, which goes on when this process ends. Installs Debian's docker.io where no engine is installed.
 * Errors: lab.failed, deadline.
 */
export async function ensureEngine(world: LabWorld): Promise<LabEngine> {
  const lock = { path: `${world.paths.engineFolder}.lock`, purpose: 'starting the engine', patienceMs: 300_000 };
  return withLock(world, lock, () => findOrStart(world));
}

/** The engine that the lab would use, where one answers; starts and installs nothing. */
export async function findEngine(world: LabWorld): Promise<LabEngine | undefined> {
  if ((await world.exec.run(['which', 'docker'])).code !== 0) return undefined;
  const record = await readEngineRecord(world);
  const ours = world.paths.engineSocket;
  if (record && (await isEngineAlive(world, record))) {
    await waitFor(world, `answer of the engine on ${ours}`, { timeoutMs: 60_000, everyMs: 200 }, async () =>
      (await engineAnswers(world, ours)) ? true : undefined,
    );
    return { socketPath: ours, startedByUs: true };
  }
  const machine = world.settings.machineSocket;
  return (await engineAnswers(world, machine)) ? { socketPath: machine, startedByUs: false } : undefined;
}

async function findOrStart(world: LabWorld): Promise<LabEngine> {
  await ensurePrograms(world, ['docker']);
  const found = await findEngine(world);
  if (found) return found;
  if (!world.exec.isRoot()) {
    throw new ClockerError('lab.failed', {
      message: `No Docker Engine answers on ${world.settings.machineSocket}, and only root can start one`,
      hint: 'Run the same command as root, or start Docker first.',
    });
  }
  await ensurePrograms(world, ['dockerd', 'iptables', 'ip']);
  return (await startedBySystemd(world)) ?? startEngine(world);
}

/** Where systemd runs the machine, Docker is a service of it: the lab then uses that one. */
async function startedBySystemd(world: LabWorld): Promise<LabEngine | undefined> {
  if (!(await world.exec.commandLine(1))?.[0]?.match(/(^|\/)(systemd|init)$/)) return undefined;
  if ((await world.exec.run(['systemctl', 'is-system-running'])).stdout.trim() === 'offline') return undefined;
  if ((await world.exec.run(['systemctl', 'start', 'docker'])).code !== 0) return undefined;
  return (await engineAnswers(world, world.settings.machineSocket))
    ? { socketPath: world.settings.machineSocket, startedByUs: false }
    : undefined;
}
