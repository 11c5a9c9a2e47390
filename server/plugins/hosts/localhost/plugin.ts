import { toMachine } from '../../../domain/cloud/ssh-access.ts';
import type { HostProvisioner, ProvisionerPlugin } from '../../../ports/host-provisioner.ts';

const LOOPBACK = '127.0.0.1';

/** The machine of the console itself, by SSH to the loopback: it needs an sshd, as any host. Its key is taken as seen: nobody stands in between. */
export const plugin: ProvisionerPlugin<unknown> = {
  id: 'localhost',
  title: 'This machine',
  create: (): HostProvisioner => ({
    id: 'localhost',
    title: 'This machine',
    removesMachines: false,
    credentials: ({ options }) => [toMachine(options).credential],
    offer: async ({ options }, taken) => {
      const { machine } = toMachine({ ...options, address: LOOPBACK });
      return taken.has(machine) ? null : machine;
    },
    obtain: async ({ location }) => {
      const { address, port, user, credential, place } = toMachine({ ...location.options, address: LOOPBACK });
      const login = { kind: 'stored', ...(credential === undefined ? {} : { name: credential }) } as const;
      return { address, port, user, login, key: { kind: 'first-use' }, bare: true, labels: {}, place };
    },
    release: async () => undefined,
  }),
};
