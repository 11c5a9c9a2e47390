import type { DockerCli } from './docker-cli.ts';
import { readHostKey } from './lab-keys.ts';
import { LAB_LABEL, NAME_LABEL } from './lab-labels.ts';
import type { ProvisionedMachine } from './lab-machines.ts';
import type { LabWorld } from './lab-world.ts';
import { type ObservedHost, observeLab } from './observe-lab.ts';

/** All hosts of the lab, running or not, with what it takes to add them to a cloud. */
export async function listMachines(world: LabWorld, docker: DockerCli): Promise<readonly ProvisionedMachine[]> {
  const { hosts } = await observeLab(docker, world.settings.name);
  const privateKeyPem = (await world.files.readText(world.paths.privateKey)) ?? '';
  const engineCpus = Number(await docker.must(['info', '--format', '{{.NCPU}}']));
  return Promise.all(hosts.map((host) => toMachine(world, host, { privateKeyPem, engineCpus })));
}

async function toMachine(
  world: LabWorld,
  host: ObservedHost,
  shared: { readonly privateKeyPem: string; readonly engineCpus: number },
): Promise<ProvisionedMachine> {
  return {
    name: host.name,
    address: host.address,
    port: 22,
    user: 'root',
    privateKeyPem: shared.privateKeyPem,
    hostKey: (await readHostKey(world, host.name)) ?? { type: 'ssh-ed25519', fingerprint: '' },
    // The cgroup's limits: /proc/meminfo and /proc/cpuinfo inside show the whole machine.
    memoryBytes: host.memoryBytes,
    cpus: host.cpus || shared.engineCpus,
    bare: host.bare,
    state: host.state === 'running' || host.state === 'paused' ? host.state : 'stopped',
    labels: { [LAB_LABEL]: '1', [NAME_LABEL]: world.settings.name },
  };
}
