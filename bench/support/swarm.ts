import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { dockerOn, type LabHost } from '../../e2e/support/lab-hosts.ts';
import { BUSYBOX, rawEngine, SLEEP } from './raw-engine.ts';

const run = promisify(execFile);
const SERVICE = 'bench-swarm';
const LOOK_EVERY_MS = 50;
const RELOAD_MS = 30_000;

export interface Swarm {
  /** Resolves with the moment (`performance.now`) when the manager calls the worker down. */
  down(worker: LabHost, signal: AbortSignal): Promise<number>;
  /** Resolves with the moment when all replicas run on other workers. */
  movedFrom(worker: LabHost, signal: AbortSignal): Promise<number>;
  /** Resolves when all workers are there and all replicas run. */
  whole(signal: AbortSignal): Promise<void>;
  end(): Promise<void>;
}

/** Docker's Swarm mode with its defaults, one manager and the workers, running one service of so many replicas on the workers. */
export async function openSwarm(manager: LabHost, workers: readonly LabHost[], replicas: number): Promise<Swarm> {
  const everybody = [manager, ...workers];
  await leave(everybody);
  for (const host of everybody) await setLiveRestore(host, 'false');
  const docker = rawEngine(manager.socketPath);
  await dockerOn(manager, 'swarm', 'init', '--advertise-addr', manager.address);
  const token = await dockerOn(manager, 'swarm', 'join-token', '--quiet', 'worker');
  const nodeIds = new Map<string, string>();
  for (const worker of workers) {
    await dockerOn(worker, 'swarm', 'join', '--token', token, `${manager.address}:2377`);
    nodeIds.set(worker.name, await dockerOn(worker, 'info', '--format', '{{.Swarm.NodeID}}'));
  }
  // By its digest: an agent asks the registry for an image that is named by a tag alone, also where it has it.
  const image = await dockerOn(manager, 'image', 'inspect', '--format', '{{index .RepoDigests 0}}', BUSYBOX);
  const options = [
    '--name',
    SERVICE,
    '--replicas',
    String(replicas),
    '--constraint',
    'node.role==worker',
    '--no-resolve-image',
    '--detach',
  ];
  await dockerOn(manager, 'service', 'create', ...options, image, ...SLEEP);

  const idOf = ({ name }: LabHost): string => nodeIds.get(name) ?? '';
  const running = async (): Promise<readonly { readonly NodeID: string }[]> => {
    const tasks: { NodeID: string; DesiredState: string; Status: { State: string } }[] = await docker.listTasks({
      filters: { service: [SERVICE] },
    });
    return tasks.filter(({ DesiredState, Status }) => DesiredState === 'running' && Status.State === 'running');
  };
  const stateOf = async (id: string): Promise<string> => (await nodesOf(docker)).find(({ ID }) => ID === id)?.Status.State ?? '';
  return {
    down: (worker, signal) => until(signal, async () => (await stateOf(idOf(worker))) === 'down'),
    movedFrom: (worker, signal) =>
      until(signal, async () => (await running()).filter(({ NodeID }) => NodeID !== idOf(worker)).length >= replicas),
    async whole(signal) {
      await until(signal, async () => {
        const states = new Map((await nodesOf(docker)).map(({ ID, Status }) => [ID, Status.State]));
        return workers.every((worker) => states.get(idOf(worker)) === 'ready') && (await running()).length === replicas;
      });
    },
    end: () => leave(everybody),
  };
}

async function nodesOf(docker: Docker): Promise<readonly { readonly ID: string; readonly Status: { readonly State: string } }[]> {
  return await docker.listNodes();
}

async function leave(hosts: readonly LabHost[]): Promise<void> {
  for (const host of hosts) {
    const state = await dockerOn(host, 'info', '--format', '{{.Swarm.LocalNodeState}}');
    if (state !== 'inactive') await dockerOn(host, 'swarm', 'leave', '--force');
    await setLiveRestore(host, 'true');
  }
}

/** An engine of a Swarm cannot have it; it is one of the options that dockerd reads again while it runs. */
async function setLiveRestore(host: LabHost, value: 'true' | 'false'): Promise<void> {
  const script =
    'sed -i "s/\\"live-restore\\": *[a-z]*/\\"live-restore\\": $1/" /etc/docker/daemon.json && kill -HUP "$(cat /var/run/docker.pid)"';
  await run('nsenter', ['--target', String(host.pid), '--mount', '--pid', 'sh', '-c', script, 'sh', value]);
  const deadline = Date.now() + RELOAD_MS;
  while ((await dockerOn(host, 'info', '--format', '{{.LiveRestoreEnabled}}')) !== value) {
    if (Date.now() > deadline) throw new Error(`The engine of ${host.name} does not take up live-restore ${value}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function until(signal: AbortSignal, ask: () => Promise<boolean>): Promise<number> {
  while (!(await ask())) {
    signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return performance.now();
}
