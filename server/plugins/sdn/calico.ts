import { z } from 'zod';
import { CALICO_CONFIG } from '../../domain/entity-types/sdn-config.ts';
import { isWithin } from '../../domain/network/addresses.ts';
import { type CniConflist, parseConflist } from '../../domain/network/cni-conflist.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostNetwork, HostNetworks, RootShell, SdnProvider } from '../../ports/sdn-provider.ts';
import { applyCni, CNI_COMMANDS, type CniAttaching, type CniStep, observeCni, planCni, refusalOfCni } from './attaching/attach-by-cni.ts';
import type { CniHost } from './attaching/read-host.ts';
import { wayOutBridge } from './attaching/way-out-bridge.ts';

const config = z.strictObject(CALICO_CONFIG);
/** An IP in IP header, which Calico may put around each packet. */
const OVERHEAD_BYTES = 20;

interface CalicoHost {
  readonly isRunning: boolean;
  readonly cni: CniHost;
  /** Ranges of Calico's pools that are given out. */
  readonly pools: readonly string[];
}

const attaching: CniAttaching = {
  id: 'calico',
  settingsOf: ({ networking }) => ({ conflist: conflistOf(networking), path: config.parse(networking.config)['cni.path'] }),
};

/**
 * Calico's own node and plug-in, which the host has to have: a container gets its interface by Calico's plug-in of CNI, with the address of the store out of a pool of
 * Calico's. Outside of Kubernetes the plug-in keeps networks apart by a profile of each. Never tried with a real node.
 */
export const plugin: SdnProvider<CalicoHost, CniStep> = {
  id: 'calico',
  title: 'Calico',
  description: 'Calico’s own nodes on the hosts, by calicoctl and its plug-in of CNI.',
  unverified: true,
  aliases: ['calico-network', 'CalicoNetwork'],
  config,
  commands: [...CNI_COMMANDS, 'calicoctl'],
  overheadBytes: OVERHEAD_BYTES,
  attaches: true,
  definition: wayOutBridge,
  observe,
  refusal,
  plan: (wanted, { cni }) => planCni(attaching, wanted, cni),
  apply: applyCni,
};

/** https://docs.tigera.io/calico/latest/reference/configure-cni-plugins */
function conflistOf({ config: given }: HostNetwork['networking']): CniConflist {
  return parseConflist({
    cniVersion: '0.3.1',
    plugins: [
      {
        ...{ type: 'calico', datastore_type: 'etcdv3', etcd_endpoints: config.parse(given)['calico.etcd.external.url'] },
        ...{ log_level: 'warning', mtu: '{mtu}', ipam: { type: 'calico-ipam' } },
      },
    ],
  });
}

/** Text: address of etcd. */
const OBSERVE = `
command -v calicoctl >/dev/null || exit 0
export DATASTORE_TYPE=etcdv3 ETCD_ENDPOINTS="$CK_TEXT"
timeout 10 calicoctl node status >/dev/null 2>&1 && echo running
echo '#pools'
timeout 10 calicoctl get ippool -o json 2>/dev/null
:
`;

const pools = z.object({ items: z.array(z.object({ spec: z.object({ cidr: z.string(), disabled: z.boolean().default(false) }) })) });

async function observe(shell: RootShell, wanted: HostNetworks): Promise<CalicoHost> {
  const [first] = wanted.networks;
  if (!first) return { isRunning: true, cni: await observeCni(attaching, shell, wanted), pools: [] };
  const { output } = await shell.run(OBSERVE, config.parse(first.networking.config)['calico.etcd.external.url']);
  const [state = '', list = ''] = output.split('#pools');
  return { isRunning: state.trim() === 'running', cni: await observeCni(attaching, shell, wanted), pools: readPools(list) };
}

function readPools(text: string): readonly string[] {
  try {
    const { items } = pools.parse(JSON.parse(text));
    return items.flatMap(({ spec: { cidr, disabled } }) => (disabled ? [] : [cidr]));
  } catch {
    return [];
  }
}

/** Also where no pool of Calico's holds a network. */
function refusal(wanted: HostNetworks, host: CalicoHost): ClockerError | null {
  if (!host.isRunning) {
    return new ClockerError('network.refused', {
      message: `Calico’s node does not run on ${wanted.hostName}, or calicoctl is not there`,
      hint: 'Run it there (calicoctl node run), or choose another provider for the cloud: bgp routes the same way and needs no agent.',
    });
  }
  const outside = wanted.networks.find(({ subnet }) => !host.pools.some((pool) => isWithin(subnet, pool)));
  if (outside) {
    return new ClockerError('network.refused', {
      message: `No address pool of Calico on ${wanted.hostName} holds ${outside.subnet}: ${host.pools.join(', ') || 'it has none'}`,
      hint: `Make one for ${outside.networking.pool} (calicoctl create), or give the cloud the range of one as sdn.network.cidr.`,
    });
  }
  return refusalOfCni(attaching, wanted, host.cni);
}
