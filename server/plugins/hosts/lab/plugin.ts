import type { HostProvisioner, MachineRequest, ProvisionOptions } from '../../../ports/host-provisioner.ts';
import type { LocalExec } from '../../../ports/local-exec.ts';
import type { LocalFiles } from '../../../ports/local-files.ts';
import { createDockerCli, type DockerCli } from './docker-cli.ts';
import { findEngine } from './ensure-engine.ts';
import { labDown, releaseHosts } from './lab-down.ts';
import type { LabSettings } from './lab-settings.ts';
import { listMachines } from './lab-status.ts';
import { labUp } from './lab-up.ts';
import { type LabWorld, toLabWorld } from './lab-world.ts';

export interface LabPorts {
  readonly exec: LocalExec;
  readonly files: LocalFiles;
  readonly settings: LabSettings;
}

/** Provisions hosts on this very machine: containers with systemd, sshd and a Docker Engine of their own. */
export const plugin = {
  id: 'lab',
  title: 'Lab on this machine',
  create: (ports: LabPorts): HostProvisioner => {
    const toWorld = (options: ProvisionOptions = {}): LabWorld => toLabWorld({ ...ports, ...options });
    return {
      id: 'lab',
      title: 'Lab on this machine',
      provision: (request: MachineRequest, options) => labUp(toWorld(options), request),
      release: async (names, options) => {
        const world = toWorld(options);
        const docker = await findDocker(world);
        if (names === 'all') await labDown(world);
        else if (docker) await releaseHosts(world, docker, names);
      },
      list: async (options) => {
        const world = toWorld(options);
        const docker = await findDocker(world);
        return docker ? listMachines(world, docker) : [];
      },
    };
  },
};

/** The engine's command line where an engine runs; starts none. */
export async function findDocker(world: LabWorld): Promise<DockerCli | undefined> {
  const engine = await findEngine(world);
  return engine && createDockerCli(world, engine.socketPath);
}
