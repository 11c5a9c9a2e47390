import { z } from 'zod';
import type { RootShell, SdnProvider, SdnStep } from '../../ports/sdn-provider.ts';

/**
 * Docker's own bridge and nothing beside it: what shares a network is on one host. Addresses, names and rules are those of every provider, so that an
 * application finds on one host what it would on many.
 */
export const plugin: SdnProvider<null> = {
  id: 'bridge',
  title: 'Bridge',
  description: 'Docker’s bridges: all that share a network are on one host.',
  aliases: ['bridge-network', 'BridgeNetwork'],
  config: z.strictObject({}),
  commands: ['ip'],
  overheadBytes: 0,
  reach: 'host',
  definition: ({ vni, subnet, gateway, mtu, internal }) => ({
    subnet,
    gateway,
    ...(internal ? { internal: true } : {}),
    options: { 'com.docker.network.bridge.name': `ckb${vni.toString(36)}`, 'com.docker.network.driver.mtu': String(mtu) },
  }),
  observe: async () => null,
  plan: (): readonly SdnStep[] => [],
  apply: async (_shell: RootShell, _steps: readonly SdnStep[]) => undefined,
};
