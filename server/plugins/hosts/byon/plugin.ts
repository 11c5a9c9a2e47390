import { type ListedMachine, listedMachines } from '../../../domain/cloud/ssh-access.ts';
import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { ExpectedKey, HostProvisioner, ProvisionerPlugin } from '../../../ports/host-provisioner.ts';

/** Machines that are there: VMs or bare metal with sshd. Each is used once, whoever asks. */
export const plugin: ProvisionerPlugin<unknown> = {
  id: 'byon',
  title: 'Own machines',
  create: (): HostProvisioner => ({
    id: 'byon',
    title: 'Own machines',
    removesMachines: false,
    credentials: ({ options }) => [...new Set(listedMachines(options).map(({ credential }) => credential))],
    offer: async ({ options }, taken) => listedMachines(options).find(({ machine }) => !taken.has(machine))?.machine ?? null,
    obtain: async ({ machine, location }) => {
      const found = listedMachines(location.options).find((one) => one.machine === machine);
      if (!found) {
        const hint = 'Add it to the location again, or give this host back.';
        throw new ClockerError('not-found', { message: `The location no longer lists the machine ${machine}`, hint });
      }
      const { address, port, user, credential, place } = found;
      const login = { kind: 'stored', ...(credential === undefined ? {} : { name: credential }) } as const;
      return { address, port, user, login, key: expectedKey(found), bare: true, labels: {}, place };
    },
    // It was there before, and stays: only its claim ends.
    release: async () => undefined,
  }),
};

function expectedKey({ fingerprint, trustOnFirstUse }: ListedMachine): ExpectedKey {
  if (fingerprint !== undefined) return { kind: 'pinned', fingerprint };
  return { kind: trustOnFirstUse ? 'first-use' : 'ask' };
}
