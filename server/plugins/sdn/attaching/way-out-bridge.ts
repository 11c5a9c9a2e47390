import type { NetworkDefinition } from '../../../domain/entity/container-spec.ts';
import type { HostNetwork } from '../../../ports/sdn-provider.ts';

/** Docker's bridge beside a network whose provider attaches containers: Docker chooses its addresses, and routes nothing to the network. */
export function wayOutBridge({ vni, mtu, internal }: Pick<HostNetwork, 'vni' | 'mtu' | 'internal'>): NetworkDefinition {
  return {
    ...(internal ? { internal: true } : {}),
    options: { 'com.docker.network.bridge.name': `ckb${vni.toString(36)}`, 'com.docker.network.driver.mtu': String(mtu) },
  };
}
