import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createLocalExec } from '../../server/adapters/process/local-exec.ts';
import { createLocalFiles } from '../../server/adapters/process/local-files.ts';
import { LABEL } from '../../server/domain/entity/ownership.ts';
import { createDockerCli, type DockerCli } from '../../server/plugins/hosts/lab/docker-cli.ts';
import { ensureEngine } from '../../server/plugins/hosts/lab/ensure-engine.ts';
import { HOST_LABEL, NAME_LABEL } from '../../server/plugins/hosts/lab/lab-labels.ts';
import type { ProvisionedMachine } from '../../server/plugins/hosts/lab/lab-machines.ts';
import { type LabServices, labServices } from '../../server/plugins/hosts/lab/lab-services.ts';
import { toLabSettings } from '../../server/plugins/hosts/lab/lab-settings.ts';
import { listMachines } from '../../server/plugins/hosts/lab/lab-status.ts';
import { labUp } from '../../server/plugins/hosts/lab/lab-up.ts';
import { type LabWorld, toLabWorld } from '../../server/plugins/hosts/lab/lab-world.ts';

const run = promisify(execFile);

/** The lab that tests and benches share; another than the one of `npm run demo`. */
const TEST_LAB = 'test';

export interface LabHost extends ProvisionedMachine {
  /** The container that is this host, on the lab's engine. */
  readonly container: string;
  /** Process id of the host's init on this machine. */
  readonly pid: number;
  /** The host's own Docker socket, reached without SSH: for references and for looking on from outside. */
  readonly socketPath: string;
}

export interface TestLab {
  readonly world: LabWorld;
  /** Socket of the engine that the hosts are containers of. */
  readonly engineSocket: string;
  readonly hosts: readonly LabHost[];
}

/** Label of what tests put on a host to see that it is never touched. */
export const SENTINEL = 'io.clocker.test.sentinel';

/** Brings the test lab up: every host running and healed, without what a run that was killed has left there. */
export async function ensureTestLab(count = 3): Promise<TestLab> {
  const settings = { ...toLabSettings(process.env), name: process.env.CLOCKER_LAB_NAME ?? TEST_LAB };
  const world = toLabWorld({ exec: createLocalExec(), files: createLocalFiles(), settings, onProgress: () => undefined });
  const machines = await labUp(world, { count });
  const { socketPath: engineSocket } = await ensureEngine(world);
  const docker = createDockerCli(world, engineSocket);
  const hosts = await Promise.all(machines.slice(0, count).map((machine) => toLabHost(docker, settings.name, machine)));
  await Promise.all(hosts.map(sweepHost));
  // What joined bridges of killed consoles goes beside Docker.
  const sweep = 'pkill dnsmasq; rm -rf /run/clocker; for d in $(ip -o link | grep -o "ckx[0-9a-z]*"); do ip link del $d; done; :';
  await Promise.all(hosts.map(({ container }) => docker.must(['exec', container, 'sh', '-c', sweep])));
  return { world, engineSocket, hosts };
}

async function toLabHost(docker: DockerCli, lab: string, machine: ProvisionedMachine): Promise<LabHost> {
  const filters = ['--filter', `label=${NAME_LABEL}=${lab}`, '--filter', `label=${HOST_LABEL}=${machine.name}`];
  const container = await docker.must(['ps', '--format', '{{.Names}}', ...filters]);
  const pid = Number(await docker.must(['inspect', '--format', '{{.State.Pid}}', container]));
  return { ...machine, container, pid, socketPath: `/proc/${pid}/root/run/docker.sock` };
}

/** A machine of the lab that was made after it was brought up, by its address. @throws Error where there is none */
export async function labHostAt({ world, engineSocket }: TestLab, address: string): Promise<LabHost> {
  const docker = createDockerCli(world, engineSocket);
  const machine = (await listMachines(world, docker)).find((one) => one.address === address);
  if (!machine) throw new Error(`the lab has no machine at ${address}`);
  return await toLabHost(docker, world.settings.name, machine);
}

/** Gives a machine so much memory, and cuts its connections: upon the next the console looks anew at what it is. */
export async function resizeMachine({ world, engineSocket }: TestLab, { container }: LabHost, memoryBytes: number): Promise<void> {
  const docker = createDockerCli(world, engineSocket);
  const memory = String(memoryBytes);
  await docker.must(['update', '--memory', memory, '--memory-swap', memory, container]);
  await docker.must(['exec', container, 'sh', '-c', 'pkill -f "^sshd: root@" || :']);
}

/** Where the services of the lab are for its hosts. */
export function servicesOf({ hosts }: Pick<TestLab, 'hosts'>): LabServices {
  return labServices(`${hosts[0]?.address.split('.').slice(0, 3).join('.')}.0/24`);
}

/** Removes what consoles of tests, and tests, made on a host of the lab. */
export async function sweepHost(host: LabHost): Promise<void> {
  for (const label of [LABEL.plane, SENTINEL]) {
    const filter = ['--quiet', '--filter', `label=${label}`];
    const list = async (...what: readonly string[]) => dockerLines(await dockerOn(host, ...what, ...filter));
    const containers = await list('ps', '--all');
    if (containers.length > 0) await dockerOn(host, 'rm', '--force', '--volumes', ...containers);
    const snapshots = await list('images', 'clocker/snapshot');
    if (snapshots.length > 0) await dockerOn(host, 'rmi', '--force', ...snapshots);
    const networks = await list('network', 'ls');
    if (networks.length > 0) await dockerOn(host, 'network', 'rm', ...networks);
    const volumes = await list('volume', 'ls');
    if (volumes.length > 0) await dockerOn(host, 'volume', 'rm', ...volumes);
  }
}

/** Runs the docker program against a host's own socket; its standard output, trimmed. */
export async function dockerOn(host: Pick<LabHost, 'socketPath'>, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('docker', ['--host', `unix://${host.socketPath}`, ...args], { maxBuffer: 64 * 1024 ** 2, timeout: 120_000 });
  return stdout.trim();
}

export function dockerLines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}
