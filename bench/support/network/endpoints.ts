import type { NetworkDefinition } from '../../../server/domain/entity/container-spec.ts';
import { macOf } from '../../../server/domain/network/addresses.ts';
import type { HostEndpoint, HostNetwork, HostNetworks } from '../../../server/ports/sdn-provider.ts';
import { rawEngine } from '../raw-engine.ts';
import type { BenchMachine } from './bench-machine.ts';
import type { ProviderMode } from './provider-row.ts';

const COUNT = 1_000;
const NETWORK = 'bench-endpoints';
const PLANE = 'bench';
const SUBNET = '10.199.0.0/20';
const GATEWAY = '10.199.15.254';
/** Beside what the console has on the host. */
const BESIDE: Readonly<Record<string, HostNetwork['networking']['config']>> = { bgp: { 'bgp.port': 1799 } };
/** A base36 name of it fits into a link's name. */
const VNI = 16_600_001;

/** Milliseconds in which a host learns that 1,000 addresses are elsewhere, by the provider's own look, plan and apply over SSH; once a round. */
export async function reprogrammed(
  { provider, config }: Pick<ProviderMode, 'provider' | 'config'>,
  machine: BenchMachine,
  peer: BenchMachine,
  rounds: number,
): Promise<readonly number[]> {
  const base = {
    ...{ id: 'bench', vni: VNI, subnet: SUBNET, gateway: GATEWAY, internal: false, mtu: machine.underlay.mtu - provider.overheadBytes },
    networking: { provider: provider.id, pool: '10.199.0.0/16', prefix: 20, config: { ...config, ...BESIDE[provider.id] } },
  };
  const wanted = (networks: readonly HostNetwork[]): HostNetworks => ({
    ...{ hostName: machine.name, planeId: PLANE, underlay: machine.underlay, networks },
  });
  const settle = async (networks: readonly HostNetwork[]): Promise<number> => {
    const begun = performance.now();
    const state = wanted(networks);
    const steps = provider.plan(state, await provider.observe(machine.shell, state));
    if (steps.length > 0) await provider.apply(machine.shell, steps);
    return performance.now() - begun;
  };
  // One that is not there: the host itself is not told of by anything else.
  const others = [peer.underlay.address, otherOf(peer.underlay.address)];
  const at = (n: number): HostNetwork => ({
    ...base,
    peers: others,
    gateways: [],
    endpoints: endpointsAt(others[n % 2] ?? peer.underlay.address),
  });
  await removeNetwork(machine);
  await makeNetwork(machine, provider.definition(base));
  try {
    await settle([at(0)]);
    const times: number[] = [];
    for (let n = 1; n <= rounds; n++) times.push(await settle([at(n)]));
    return times;
  } finally {
    await settle([]);
    await removeNetwork(machine);
  }
}

function endpointsAt(at: string): readonly HostEndpoint[] {
  return Array.from({ length: COUNT }, (_, n) => {
    const address = `10.199.${Math.floor(n / 250)}.${1 + (n % 250)}`;
    return { address, mac: macOf(address), at };
  });
}

function otherOf(address: string): string {
  const parts = address.split('.');
  return [...parts.slice(0, 3), parts[3] === '253' ? '252' : '253'].join('.');
}

async function makeNetwork(
  { socketPath }: BenchMachine,
  { subnet = SUBNET, gateway = GATEWAY, options = {} }: NetworkDefinition,
): Promise<void> {
  await rawEngine(socketPath).createNetwork({
    Name: NETWORK,
    Driver: 'bridge',
    Labels: { bench: 'raw' },
    Options: { ...options },
    IPAM: { Config: [{ Subnet: subnet, Gateway: gateway }] },
  });
}

async function removeNetwork({ socketPath }: BenchMachine): Promise<void> {
  const docker = rawEngine(socketPath);
  for (const { Id } of await docker.listNetworks({ filters: { label: ['bench=raw'] } })) await docker.getNetwork(Id).remove();
}
