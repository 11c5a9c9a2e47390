import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { ProcessIdentity } from '../../../ports/local-exec.ts';
import { addressIn, BRIDGE_NUMBERS, chooseSubnet, toRoutedSubnets } from './choose-subnet.ts';
import { type EngineRecord, engineAnswers, isEngineAlive, readEngineRecord, writeEngineRecord } from './engine-record.ts';
import { ensurePrograms } from './ensure-programs.ts';
import { withLock } from './lab-lock.ts';
import { type LabWorld, lastLines, waitFor } from './lab-world.ts';

export interface LabEngine {
  readonly socketPath: string;
  /** False where the machine's own engine is used: it is then never stopped and nothing of its configuration is touched. */
  readonly startedByUs: boolean;
}

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
  return (await startedBySystemd(world)) ?? startOwn(world);
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

async function startOwn(world: LabWorld): Promise<LabEngine> {
  const { engineFolder, engineSocket } = world.paths;
  await refuseRival(world);
  world.report('engine', 'starting a Docker Engine', 0.02);
  const before = (await readEngineRecord(world))?.before ?? (await readMachineState(world));
  await world.files.makeFolder(engineFolder, 0o711);
  await world.files.remove(`${engineFolder}/docker.pid`);
  await world.files.writeText(`${engineFolder}/daemon.json`, '{}\n');
  const logFile = `${engineFolder}/dockerd.log`;
  await world.files.remove(logFile);
  const pid = await world.exec.spawnDetached(await engineCommand(world), { logFile });
  const record: EngineRecord = { ...(await identityOf(world, pid)), before };
  await writeEngineRecord(world, record);
  const answered = await waitFor(world, 'answer of the new engine', { timeoutMs: 90_000, everyMs: 150 }, async () => {
    if (await engineAnswers(world, engineSocket)) return 'yes';
    return (await isEngineAlive(world, record)) ? undefined : 'died';
  });
  if (answered === 'yes') return { socketPath: engineSocket, startedByUs: true };
  const words = lastLines((await world.files.readText(logFile)) ?? '', 3);
  throw new ClockerError('lab.failed', { message: `dockerd ended at its start: ${words}`, hint: `The whole log is ${logFile}.` });
}

/** Two engines in one network would tear up each other's bridge and packet filter. */
async function refuseRival(world: LabWorld): Promise<void> {
  const network = async (pid: string): Promise<string> => (await world.exec.run(['readlink', `/proc/${pid}/ns/net`])).stdout.trim();
  const own = await network('self');
  for (const pid of (await world.exec.run(['pgrep', '-x', 'dockerd'])).stdout.split('\n').filter(Boolean)) {
    if ((await network(pid)) !== own) continue;
    throw new ClockerError('conflict', {
      message: `A Docker Engine runs on this machine (process ${pid}), but does not answer on ${world.settings.machineSocket}`,
      hint: 'Name its socket, for example DOCKER_HOST=unix:///run/docker.sock, or stop it.',
    });
  }
}

async function identityOf(world: LabWorld, pid: number): Promise<ProcessIdentity> {
  const identity = await world.exec.identify(pid);
  if (identity) return identity;
  throw new ClockerError('lab.failed', {
    message: 'dockerd ended at its start',
    hint: `Its log is ${world.paths.engineFolder}/dockerd.log.`,
  });
}

async function engineCommand(world: LabWorld): Promise<readonly string[]> {
  const { engineFolder, engineSocket } = world.paths;
  const routes = await world.exec.run(['ip', '-o', '-4', 'route', 'show', 'table', 'all']);
  const subnet = chooseSubnet(toRoutedSubnets(routes.stdout), BRIDGE_NUMBERS);
  return [
    'dockerd',
    ...['--host', `unix://${engineSocket}`],
    // Not the machine's /etc/docker/daemon.json: that belongs to the machine's own engine.
    ...['--config-file', `${engineFolder}/daemon.json`],
    ...['--data-root', `${engineFolder}/data`],
    ...['--exec-root', `${engineFolder}/exec`],
    ...['--pidfile', `${engineFolder}/docker.pid`],
    // Where the machine runs a containerd, the lab's containers stay out of its name space.
    ...['--containerd-namespace', 'clocker-lab', '--containerd-plugins-namespace', 'clocker-lab-plugins'],
    ...(subnet ? ['--bip', `${addressIn(subnet, 1)}/24`] : []),
  ];
}

async function readMachineState(world: LabWorld): Promise<EngineRecord['before']> {
  const ipForward = (await world.files.readText('/proc/sys/net/ipv4/ip_forward'))?.trim() ?? '0';
  const rules = (await world.exec.run(['iptables', '-S', 'FORWARD'])).stdout;
  const chains = (await Promise.all(['filter', 'nat'].map((table) => world.exec.run(['iptables', '-t', table, '-S'])))).flatMap((listed) =>
    [...listed.stdout.matchAll(/^-N (\S+)$/gm)].map((match) => match[1] ?? ''),
  );
  const bridge = (await world.exec.run(['ip', 'link', 'show', 'docker0'])).code === 0;
  return { ipForward, forwardPolicy: /^-P FORWARD DROP$/m.test(rules) ? 'DROP' : 'ACCEPT', chains, bridge };
}
