import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import { type EngineRecord, isEngineAlive, readEngineRecord } from './engine-record.ts';
import { withLock } from './lab-lock.ts';
import { type LabWorld, waitFor } from './lab-world.ts';

/**
 * Stops the engine that the lab started, removes its data, and takes back what it changed on the machine: its bridge, its
 * packet-filter chains, forwarding. Does nothing to an engine that the lab did not start.
 */
export async function removeEngine(world: LabWorld): Promise<void> {
  const lock = { path: `${world.paths.engineFolder}.lock`, purpose: 'stopping the engine', patienceMs: 120_000 };
  await withLock(world, lock, async () => {
    const record = await readEngineRecord(world);
    if (!record) return;
    world.report('engine', 'stopping the Docker Engine of the lab', 0.8);
    await stop(world, record);
    await unmountData(world);
    await world.files.remove(world.paths.engineFolder);
    await restoreMachine(world, record.before);
  });
}

async function stop(world: LabWorld, record: EngineRecord): Promise<void> {
  if (!(await isEngineAlive(world, record))) return;
  for (const [signal, timeoutMs] of [
    ['SIGTERM', 30_000],
    ['SIGKILL', 10_000],
  ] as const) {
    world.exec.signal(record.pid, signal);
    const ended = await waitFor(world, 'end of the engine', { timeoutMs, everyMs: 100 }, async () =>
      (await world.exec.isAlive(record)) ? undefined : true,
    ).catch(() => false);
    if (ended) return;
  }
  throw new ClockerError('lab.failed', {
    message: `The engine of the lab (process ${record.pid}) does not end`,
    hint: 'End it by hand and run the command again.',
  });
}

/** What a killed engine left mounted below its folder would otherwise keep the folder from being removed. */
async function unmountData(world: LabWorld): Promise<void> {
  const mounts = (await world.files.readText('/proc/self/mountinfo')) ?? '';
  const below = mounts
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .filter((path) => path.startsWith(`${world.paths.engineFolder}/`));
  for (const path of below.reverse()) await world.exec.run(['umount', '--lazy', path]);
}

async function restoreMachine(world: LabWorld, before: EngineRecord['before']): Promise<void> {
  const { exec } = world;
  if (!before.bridge) await exec.run(['ip', 'link', 'delete', 'docker0']);
  for (const table of ['filter', 'nat']) {
    const rules = (await exec.run(['iptables', '-w', '-t', table, '-S'])).stdout.split('\n');
    const chains = rules.flatMap((rule) => /^-N (DOCKER\S*)$/.exec(rule)?.[1] ?? []).filter((chain) => !before.chains.includes(chain));
    for (const rule of toJumpRules(rules, chains)) await exec.run(['iptables', '-w', '-t', table, ...rule]);
    for (const chain of chains) await exec.run(['iptables', '-w', '-t', table, '-F', chain]);
    for (const chain of chains) await exec.run(['iptables', '-w', '-t', table, '-X', chain]);
  }
  await exec.run(['iptables', '-w', '-P', 'FORWARD', before.forwardPolicy]);
  await exec.run(['sysctl', '-q', '-w', `net.ipv4.ip_forward=${before.ipForward}`]);
}

/** Arguments that delete what the engine put into the built-in chains: jumps into its chains and rules about its bridge. */
export function toJumpRules(rules: readonly string[], chains: readonly string[]): readonly (readonly string[])[] {
  return rules
    .map((rule) => rule.trim().replaceAll('"', '').split(/\s+/))
    .filter((words) => words[0] === '-A' && !chains.includes(words[1] ?? ''))
    .filter((words) => words.some((word) => chains.includes(word) || word === 'docker0'))
    .map((words) => ['-D', ...words.slice(1)]);
}
