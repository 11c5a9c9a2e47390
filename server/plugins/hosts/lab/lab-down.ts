import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import { createDockerCli, type DockerCli } from './docker-cli.ts';
import { type LabEngine, readEngineRecord } from './engine-record.ts';
import { ensureEngine, findEngine } from './ensure-engine.ts';
import { removePartitions } from './faults.ts';
import { removeHost } from './lab-hosts.ts';
import { removeHostKey } from './lab-keys.ts';
import { LAB_LABEL, toLabFilter } from './lab-labels.ts';
import { withLock } from './lab-lock.ts';
import type { LabWorld } from './lab-world.ts';
import { observeLab } from './observe-lab.ts';
import { removeEngine } from './remove-engine.ts';

/**
 * Removes the lab: hosts, their disks, LAN, registry and keys, found by their labels. The last lab to go takes with it the
 * engine that the lab started, unless something else runs on it. Built images stay in the cache. Errors: lab.failed, conflict.
 */
export async function labDown(world: LabWorld): Promise<void> {
  const lock = { path: `${world.paths.labFolder}/lock`, purpose: 'clocker lab down', patienceMs: 0 };
  await withLock(world, lock, async () => {
    world.report('engine', 'looking for the lab', 0);
    const engine = (await findEngine(world)) ?? (await reviveEngine(world));
    if (engine) {
      const docker = createDockerCli(world, engine.socketPath);
      await removeObjects(world, docker);
      if (await isLastLab(world, docker)) {
        if (engine.startedByUs && (await isUnused(docker))) await removeEngine(world);
        else await removeImages(docker);
      }
    }
  });
  await world.files.remove(world.paths.labFolder);
  world.report('done', `lab "${world.settings.name}" is down`, 1);
}

/** An engine of the lab that died leaves its containers running: only it can remove them in an orderly way. */
async function reviveEngine(world: LabWorld): Promise<LabEngine | undefined> {
  return (await readEngineRecord(world)) && ensureEngine(world);
}

/** Removes single hosts with their disks and keys; waits so long for who else is at work on the lab. Errors: not-found, conflict, lab.failed. */
export async function releaseHosts(world: LabWorld, docker: DockerCli, names: readonly string[], patienceMs = 0): Promise<void> {
  const lock = { path: `${world.paths.labFolder}/lock`, purpose: 'removing hosts', patienceMs };
  await withLock(world, lock, async () => {
    const { hosts } = await observeLab(docker, world.settings.name);
    const unknown = names.filter((name) => !hosts.some((host) => host.name === name));
    if (unknown.length > 0) {
      throw new ClockerError('not-found', {
        message: `The lab "${world.settings.name}" has no host ${unknown.join(', ')}`,
        hint: 'clocker lab status lists them.',
      });
    }
    for (const host of hosts.filter((candidate) => names.includes(candidate.name))) {
      world.report('hosts', `removing ${host.name}`, 0.5);
      await removePartitions(world, [host.address]);
      await removeHost(docker, host);
      await removeHostKey(world, host.name);
    }
  });
}

async function removeObjects(world: LabWorld, docker: DockerCli): Promise<void> {
  const filter = toLabFilter(world.settings.name);
  const ids = async (list: readonly string[]): Promise<readonly string[]> =>
    (await docker.must([...list, '--quiet', ...filter])).split('\n').filter(Boolean);
  await removePartitions(world, 'all');
  const containers = await ids(['ps', '--all', '--no-trunc']);
  world.report('hosts', `removing ${containers.length} containers`, 0.2);
  if (containers.length > 0) await docker.must(['rm', '--force', '--volumes', ...containers], { timeoutMs: 300_000 });
  const volumes = await ids(['volume', 'ls']);
  if (volumes.length > 0) await docker.must(['volume', 'rm', '--force', ...volumes], { timeoutMs: 300_000 });
  const networks = await ids(['network', 'ls']);
  if (networks.length > 0) await docker.must(['network', 'rm', ...networks]);
}

async function isLastLab(world: LabWorld, docker: DockerCli): Promise<boolean> {
  const others = (await world.files.list(world.paths.labsFolder)).filter((name) => name !== world.settings.name);
  const left = await docker.must(['ps', '--all', '--quiet', '--filter', `label=${LAB_LABEL}=1`]);
  return others.length === 0 && left === '';
}

/** Whether nobody else put a container or a volume on the engine. */
async function isUnused(docker: DockerCli): Promise<boolean> {
  return (await docker.must(['ps', '--all', '--quiet'])) === '' && (await docker.must(['volume', 'ls', '--quiet'])) === '';
}

/** The images that the lab built, also those that a cut-short push left; what something else uses stays. */
async function removeImages(docker: DockerCli): Promise<void> {
  const filter = ['--filter', `label=${LAB_LABEL}=1`];
  const listed = (await docker.must(['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', ...filter])).split('\n');
  const own = listed.filter((image) => /^(clocker-lab|127\.0\.0\.1:\d+\/library)\//.test(image));
  if (own.length > 0) await docker.run(['image', 'rm', ...own]);
  await docker.run(['image', 'prune', '--force', ...filter]);
}
