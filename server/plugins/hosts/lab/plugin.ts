import type { HostProvisioner, ProvisionerPlugin, ProvisionOptions } from '../../../ports/host-provisioner.ts';
import type { LocalExec } from '../../../ports/local-exec.ts';
import type { LocalFiles } from '../../../ports/local-files.ts';
import { toLabSettings } from './lab-settings.ts';
import { type LabWorld, toLabWorld } from './lab-world.ts';
import { ensureMachine, offerMachine, removeMachine } from './one-machine.ts';

interface LabPorts {
  readonly exec: LocalExec;
  readonly files: LocalFiles;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Makes hosts on this very machine: containers with systemd and sshd, bare or with a Docker Engine of their own. */
export const plugin: ProvisionerPlugin<LabPorts> = {
  id: 'lab',
  title: 'Lab on this machine',
  create: ({ exec, files, env }): HostProvisioner => {
    const toWorld = (options: ProvisionOptions = {}): LabWorld => toLabWorld({ exec, files, settings: toLabSettings(env), ...options });
    return {
      id: 'lab',
      title: 'Lab on this machine',
      removesMachines: true,
      credentials: () => [],
      offer: ({ options }, taken, how) => offerMachine(toWorld(how), options, taken),
      obtain: async (request, how) => {
        const world = toWorld(how);
        const { address, port, user, hostKey, bare, labels, privateKeyPem: privateKey } = await ensureMachine(world, request);
        const login = { kind: 'given', name: `lab-${world.settings.name}`, privateKey } as const;
        return { address, port, user, login, key: { kind: 'known', hostKey }, bare, labels };
      },
      release: (machine, how) => removeMachine(toWorld(how), machine),
    };
  },
};
