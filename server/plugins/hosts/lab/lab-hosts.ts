import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { DockerCli } from './docker-cli.ts';
import type { ImageInputs } from './image-keys.ts';
import { ensureHostKey, ensureLabKey } from './lab-keys.ts';
import { BARE_LABEL, HOST_LABEL, toLabelArguments } from './lab-labels.ts';
import { type LabServices, labServices } from './lab-services.ts';
import { type LabWorld, waitFor } from './lab-world.ts';
import { machineImage } from './machine-images.ts';
import { lanName } from './observe-lab.ts';
import { packFiles } from './pack-files.ts';
import type { HostPlan } from './plan-lab.ts';
import { sshCommand } from './ssh-access.ts';

/** `systemd` is what Debian servers run; `plain` starts sshd and dockerd without it, where systemd does not come up. */
export type HostInit = 'systemd' | 'plain';

export interface HostRequest {
  readonly inputs: ImageInputs;
  readonly subnet: string;
  readonly plan: HostPlan;
  readonly init: HostInit;
}

/**
 * What a program needs to run systemd and dockerd inside a container. Not `--privileged`: that asks for CAP_SYS_RESOURCE,
 * which a machine that is itself a container often does not have.
 */
const HOST_RIGHTS = [
  ...['--cap-add', 'ALL', '--cap-drop', 'SYS_RESOURCE', '--device-cgroup-rule', 'a *:* rwm', '--cgroupns', 'private'],
  ...['--security-opt', 'seccomp=unconfined', '--security-opt', 'apparmor=unconfined', '--security-opt', 'systempaths=unconfined'],
  ...['--tmpfs', '/run:exec,mode=755', '--stop-timeout', '20'],
];

/** Makes a host and starts it. It was never started where this is cut short, and is then made anew the next time. */
export async function createHost(world: LabWorld, docker: DockerCli, request: HostRequest): Promise<void> {
  const { inputs, subnet, plan, init } = request;
  const lab = world.settings.name;
  const services = labServices(subnet);
  const labels = { [HOST_LABEL]: plan.name, [BARE_LABEL]: String(plan.bare) };
  await docker.must(['volume', 'create', ...toLabelArguments(lab, 'disk', { [HOST_LABEL]: plan.name }), plan.disk]);
  const memory = String(plan.memoryBytes);
  await docker.must([
    ...['create', '--name', plan.container, '--hostname', plan.name, ...toLabelArguments(lab, 'host', labels), ...HOST_RIGHTS],
    ...['--network', lanName(lab), '--ip', plan.address, '--network-alias', plan.name, '--dns', services.nameServer],
    ...['--volume', `${plan.disk}:/var/lib/docker`, '--memory', memory, '--memory-swap', memory],
    ...(plan.cpus === undefined ? [] : ['--cpus', String(plan.cpus)]),
    ...['--env', `LAB_INIT=${init}`, ...(init === 'plain' ? ['--stop-signal', 'SIGTERM'] : [])],
    machineImage(inputs, plan.bare ? 'host-bare' : 'host'),
  ]);
  await docker.must(['cp', '-', `${plan.container}:/`], { input: await hostFiles(world, plan.name, services) });
  await docker.must(['start', plan.container]);
}

/** Removes a host with its disk. */
export async function removeHost(docker: DockerCli, host: { readonly container: string }): Promise<void> {
  await docker.must(['rm', '--force', '--volumes', host.container], { timeoutMs: 120_000 });
  await docker.must(['volume', 'rm', '--force', `${host.container}-docker`], { timeoutMs: 120_000 });
}

/** Waits until a host answers on SSH with its own key and, unless bare, its Docker Engine answers there. Errors: deadline. */
export async function waitForHost(
  world: LabWorld,
  host: { readonly name: string; readonly bare: boolean },
  timeoutMs: number,
): Promise<void> {
  const command = host.bare ? ['true'] : ['docker', 'version', '--format', '{{.Server.Version}}'];
  const argv = [...sshCommand(world, host.name), ...command];
  let words = '';
  try {
    await waitFor(world, `answer of ${host.name} on SSH`, { timeoutMs, everyMs: 150 }, async () => {
      const answer = await world.exec.run(argv, { timeoutMs: 10_000 }).catch(() => undefined);
      words = answer?.stderr.trim() ?? 'no answer';
      return answer?.code === 0 ? true : undefined;
    });
  } catch (error) {
    if (!(error instanceof ClockerError) || error.code !== 'deadline') throw error;
    throw new ClockerError('deadline', { message: `${error.message}: ${words}`, retryable: true, cause: error });
  }
}

async function hostFiles(world: LabWorld, host: string, { nameServer, mirror, registry }: LabServices): Promise<Uint8Array> {
  const login = await ensureLabKey(world);
  const hostKey = await ensureHostKey(world, host);
  const engine = {
    'registry-mirrors': [`http://${mirror}`],
    'insecure-registries': [mirror, registry],
    'live-restore': true,
    dns: [nameServer],
    'log-opts': { 'max-size': '10m', 'max-file': '3' },
  };
  return packFiles([
    { path: '/etc/ssh/ssh_host_ed25519_key', text: hostKey.privateKeyPem, mode: 0o600 },
    { path: '/etc/ssh/ssh_host_ed25519_key.pub', text: hostKey.publicKey, mode: 0o644 },
    { path: '/root/.ssh/authorized_keys', text: login.publicKey, mode: 0o600 },
    { path: '/home/lab/.ssh/authorized_keys', text: login.publicKey, mode: 0o644 },
    { path: '/etc/docker/daemon.json', text: `${JSON.stringify(engine, null, 2)}\n`, mode: 0o644 },
  ]);
}
