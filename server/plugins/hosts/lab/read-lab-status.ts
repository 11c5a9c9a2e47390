import type { DockerCli } from './docker-cli.ts';
import { isCutOff } from './faults.ts';
import type { ProvisionedMachine } from './lab-machines.ts';
import { type LabServices, labServices } from './lab-services.ts';
import { listMachines } from './lab-status.ts';
import type { LabWorld } from './lab-world.ts';
import { observeLab } from './observe-lab.ts';

export interface LabStatus {
  readonly name: string;
  readonly engine: { readonly socketPath: string; readonly startedByUs: boolean } | null;
  readonly subnet: string | null;
  /** Null while they do not run. */
  readonly services: LabServices | null;
  readonly privateKey: string;
  readonly sshConfig: string;
  readonly hosts: readonly (Omit<ProvisionedMachine, 'privateKeyPem'> & { readonly cut: boolean })[];
}

/** What the lab has now. The private key is named, never printed. */
export async function readLabStatus(world: LabWorld, docker: DockerCli | undefined): Promise<LabStatus> {
  const { settings, paths } = world;
  const files = { privateKey: paths.privateKey, sshConfig: `${paths.labFolder}/ssh_config` };
  if (!docker) return { name: settings.name, engine: null, subnet: null, services: null, hosts: [], ...files };
  const observed = await observeLab(docker, settings.name);
  const machines = await listMachines(world, docker);
  const hosts = await Promise.all(
    machines.map(async ({ privateKeyPem: _secret, ...machine }) => {
      const host = observed.hosts.find((candidate) => candidate.name === machine.name);
      return { ...machine, cut: host !== undefined && (await isCutOff(world, host)) };
    }),
  );
  return {
    name: settings.name,
    engine: { socketPath: docker.socketPath, startedByUs: docker.socketPath === paths.engineSocket },
    subnet: observed.subnet ?? null,
    services: observed.services?.state === 'running' && observed.subnet ? labServices(observed.subnet) : null,
    hosts,
    ...files,
  };
}
