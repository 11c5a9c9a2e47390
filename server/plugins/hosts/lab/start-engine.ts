import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import { addressIn, BRIDGE_NUMBERS, chooseSubnet, toRoutedSubnets } from './choose-subnet.ts';
import { type EngineRecord, engineAnswers, isEngineAlive, type LabEngine, readEngineRecord, writeEngineRecord } from './engine-record.ts';
import { type LabWorld, lastLines, waitFor } from './lab-world.ts';

const START_TIMEOUT_MS = 90_000;
const ATTEMPTS = 3;

/** Starts an engine of the lab's own, which goes on when this process ends. Errors: lab.failed, conflict, deadline. */
export async function startEngine(world: LabWorld): Promise<LabEngine> {
  const { engineFolder, engineSocket } = world.paths;
  world.report('engine', 'starting a Docker Engine', 0.02);
  const before = (await readEngineRecord(world))?.before ?? (await readMachineState(world));
  // Written first: a start that is cut short here must not make the next one take the changed machine for the original.
  await writeEngineRecord(world, { pid: 0, started: '', before });
  if (!(await adoptEngine(world, before))) {
    await refuseRival(world);
    await world.files.writeText(`${engineFolder}/daemon.json`, '{}\n');
    await startWithRetries(world, before);
  }
  return { socketPath: engineSocket, startedByUs: true };
}

/** An engine whose start was cut short before it was recorded is still the lab's. */
async function adoptEngine(world: LabWorld, before: EngineRecord['before']): Promise<boolean> {
  const pid = Number((await world.files.readText(`${world.paths.engineFolder}/docker.pid`)) ?? 0);
  const identity = pid > 0 ? await world.exec.identify(pid) : undefined;
  if (!identity || !(await isEngineAlive(world, { ...identity, before }))) return false;
  await writeEngineRecord(world, { ...identity, before });
  return (await waitForAnswer(world, { ...identity, before })) === 'yes';
}

/** The containerd of an engine that was killed takes a moment to go; until then the new engine's start fails. */
async function startWithRetries(world: LabWorld, before: EngineRecord['before']): Promise<void> {
  const logFile = `${world.paths.engineFolder}/dockerd.log`;
  const argv = await engineCommand(world);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    await world.files.remove(logFile);
    await removeStalePidFiles(world);
    const identity = await world.exec.identify(await world.exec.spawnDetached(argv, { logFile }));
    if (!identity) continue;
    await writeEngineRecord(world, { ...identity, before });
    if ((await waitForAnswer(world, { ...identity, before })) === 'yes') return;
  }
  const words = lastLines((await world.files.readText(logFile)) ?? '', 3);
  throw new ClockerError('lab.failed', { message: `dockerd ended at its start: ${words}`, hint: `The whole log is ${logFile}.` });
}

async function waitForAnswer(world: LabWorld, record: EngineRecord): Promise<'yes' | 'died'> {
  return waitFor(world, 'answer of the new engine', { timeoutMs: START_TIMEOUT_MS, everyMs: 150 }, async () => {
    if (await engineAnswers(world, world.paths.engineSocket)) return 'yes';
    return (await isEngineAlive(world, record)) ? undefined : 'died';
  });
}

/** After a crash the number in a pid file may belong to any process. */
async function removeStalePidFiles(world: LabWorld): Promise<void> {
  const { engineFolder } = world.paths;
  for (const [file, program] of [
    [`${engineFolder}/docker.pid`, 'dockerd'],
    [`${engineFolder}/exec/containerd/containerd.pid`, 'containerd'],
  ] as const) {
    const pid = Number((await world.files.readText(file)) ?? 0);
    const command = pid > 0 ? ((await world.exec.commandLine(pid))?.[0] ?? '') : '';
    if (command !== program && !command.endsWith(`/${program}`)) await world.files.remove(file);
  }
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
