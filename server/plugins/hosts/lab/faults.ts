import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { DockerCli } from './docker-cli.ts';
import { waitForHost } from './lab-hosts.ts';
import { type LabWorld, lastLines, mustRun, waitFor } from './lab-world.ts';
import { type ObservedHost, observeLab } from './observe-lab.ts';
import { isLinkDown, partitionMark, toHealCommands, toPeerIndex, toVethName } from './packet-rules.ts';

/**
 * stop       orderly shut-down            start      boot, waits until it answers
 * kill       power cut (SIGKILL)          pause      freeze every process; `unpause` thaws
 * cut        pull the network cable       heal       plug it in again and end partitions
 * partition  two hosts lose each other    limit      change the memory of a running host
 */
export type Fault =
  | { readonly kind: 'stop' | 'start' | 'kill' | 'pause' | 'unpause' | 'cut'; readonly host: string }
  | { readonly kind: 'heal'; readonly host?: string }
  | { readonly kind: 'partition'; readonly host: string; readonly other: string }
  | { readonly kind: 'limit'; readonly host: string; readonly memoryBytes: number };

/** Does one fault to a host of the lab. Errors: not-found, conflict where the host's state does not allow it, lab.failed. */
export async function applyFault(world: LabWorld, docker: DockerCli, fault: Fault): Promise<void> {
  const { hosts } = await observeLab(docker, world.settings.name);
  if (fault.kind === 'heal' && fault.host === undefined) return healAll(world, docker);
  const host = findHost(world, hosts, fault.host ?? '');
  switch (fault.kind) {
    case 'stop':
      await docker.must(['stop', host.container]);
      return;
    case 'start':
      await docker.must(['start', host.container]);
      return waitForHost(world, host, 180_000);
    case 'kill':
      await docker.must(['kill', host.container]);
      return;
    case 'pause':
      return freeze(world, docker, host);
    case 'unpause':
      await docker.must(['unpause', host.container]);
      return;
    case 'cut':
      return setLink(world, requireRunning(host), 'down');
    case 'heal':
      return heal(world, [host]);
    case 'partition':
      return partition(world, host, findHost(world, hosts, fault.other));
    case 'limit': {
      const memory = String(fault.memoryBytes);
      await docker.must(['update', '--memory', memory, '--memory-swap', memory, host.container]);
      return;
    }
  }
}

/** Plugs in every cable of the lab and ends all its partitions. Paused and stopped hosts stay so. */
export async function healAll(world: LabWorld, docker: DockerCli): Promise<void> {
  await heal(world, (await observeLab(docker, world.settings.name)).hosts);
}

/** Removes the packet rules of the lab's partitions between these addresses and any other. */
export async function removePartitions(world: LabWorld, addresses: readonly string[] | 'all'): Promise<void> {
  const listed = await world.exec.run(['iptables', '-w', '-S', 'DOCKER-USER']);
  if (listed.code !== 0) return;
  for (const rule of toHealCommands(listed.stdout, world.settings.name, addresses)) await mustRun(world, ['iptables', '-w', ...rule]);
}

/** On a busy machine processes that are just being made slip through the freezer of cgroup v1, and the engine gives up: it is asked again. */
async function freeze(world: LabWorld, docker: DockerCli, host: ObservedHost): Promise<void> {
  await waitFor(world, `freeze of ${host.name}`, { timeoutMs: 30_000, everyMs: 200 }, async () => {
    const paused = await docker.run(['pause', host.container]);
    if (paused.code === 0) return true;
    if (/unable to freeze/.test(paused.stderr)) return undefined;
    throw new ClockerError('lab.failed', { message: `Cannot pause ${host.name}: ${lastLines(paused.stderr)}` });
  });
}

async function heal(world: LabWorld, hosts: readonly ObservedHost[]): Promise<void> {
  for (const host of hosts) if (host.pid > 0) await setLink(world, host, 'up');
  await removePartitions(
    world,
    hosts.map((host) => host.address),
  );
}

async function setLink(world: LabWorld, host: ObservedHost, state: 'up' | 'down'): Promise<void> {
  const veth = toVethName(await mustRun(world, ['ip', '-o', 'link', 'show']), await peerIndex(world, host));
  if (veth) {
    await mustRun(world, ['ip', 'link', 'set', veth, state]);
    return;
  }
  throw new ClockerError('lab.failed', {
    message: `The cable of ${host.name} is not on this machine`,
    hint: 'Does the engine run in a network of its own?',
  });
}

/** Whether the cable of a running host is pulled. */
export async function isCutOff(world: LabWorld, host: ObservedHost): Promise<boolean> {
  if (host.pid === 0) return false;
  const links = await mustRun(world, ['ip', '-o', 'link', 'show']);
  const index = await peerIndex(world, host);
  return toVethName(links, index) !== undefined && isLinkDown(links, index);
}

async function peerIndex(world: LabWorld, host: ObservedHost): Promise<number | undefined> {
  const inside = await mustRun(world, ['nsenter', '--target', String(host.pid), '--net', 'ip', '-o', 'link', 'show', 'eth0']);
  return toPeerIndex(inside);
}

async function partition(world: LabWorld, host: ObservedHost, other: ObservedHost): Promise<void> {
  const filtered = await world.files.readText('/proc/sys/net/bridge/bridge-nf-call-iptables');
  if (filtered?.trim() !== '1') {
    throw new ClockerError('lab.failed', {
      message: 'Packets between hosts do not pass the packet filter of this machine',
      hint: 'Run as root: modprobe br_netfilter; sysctl -w net.bridge.bridge-nf-call-iptables=1',
    });
  }
  for (const [from, to] of [
    [host.address, other.address],
    [other.address, host.address],
  ] as const) {
    const rule = ['DOCKER-USER', '-s', from, '-d', to, '-m', 'comment', '--comment', partitionMark(world.settings.name), '-j', 'DROP'];
    if ((await world.exec.run(['iptables', '-w', '-C', ...rule])).code !== 0) await mustRun(world, ['iptables', '-w', '-I', ...rule]);
  }
}

function findHost(world: LabWorld, hosts: readonly ObservedHost[], name: string): ObservedHost {
  const found = hosts.find((host) => host.name === name || host.container === name || host.address === name);
  if (found) return found;
  const known = hosts.map((host) => host.name).join(', ') || 'none';
  throw new ClockerError('not-found', { message: `The lab "${world.settings.name}" has no host "${name}"`, hint: `Its hosts: ${known}.` });
}

function requireRunning(host: ObservedHost): ObservedHost {
  if (host.pid > 0) return host;
  throw new ClockerError('conflict', {
    message: `${host.name} is ${host.state}: it has no cable to pull`,
    hint: `clocker lab fault start ${host.name}`,
  });
}
