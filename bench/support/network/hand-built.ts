import type { BenchMachine } from './bench-machine.ts';
import type { Way, WayEnd } from './traffic.ts';

/** Far beyond what the product gives to networks it makes in a bench. */
const VNI = 16_700_001;
const OVERHEAD_BYTES = 50;
const SUBNET = '10.199.99';
const NAMESPACE = '/run/netns/ckbench';

const REMOVE = `
ip link del ckbenchx 2>/dev/null
ip link del ckbenchv 2>/dev/null
ip link del ckbenchb 2>/dev/null
ip netns del ckbench 2>/dev/null
:
`;
const MAKE = `set -e
set -- $CK_TEXT
vni=$1 mtu=$2 local=$3 remote=$4 dev=$5 own=$6 mac=$7 other=$8 othermac=$9
ip netns add ckbench
ip link add ckbenchb mtu "$mtu" type bridge
ip link add ckbenchx mtu "$mtu" type vxlan id "$vni" dstport 4789 local "$local" dev "$dev" nolearning
ip link set ckbenchx master ckbenchb up
ip link set ckbenchb up
ip link add ckbenchv mtu "$mtu" type veth peer name eth0 mtu "$mtu" netns ckbench
ip link set ckbenchv master ckbenchb up
ip -n ckbench link set eth0 address "$mac" up
ip -n ckbench addr add "$own/24" dev eth0
ip -n ckbench neigh replace "$other" lladdr "$othermac" dev eth0 nud permanent
bridge fdb replace "$othermac" dev ckbenchx dst "$remote" self static
bridge fdb replace "$othermac" dev ckbenchx master static
`;

/** A kernel VXLAN between two hosts, made by hand of the same parts that ours is: a namespace, a veth, a bridge, a link. */
export async function makeHandBuilt(machines: readonly [BenchMachine, BenchMachine]): Promise<Way> {
  await removeHandBuilt(machines);
  const ends = machines.map((machine, n): WayEnd => ({ machine, namespace: NAMESPACE, address: `${SUBNET}.${n + 1}` }));
  const [first, second] = ends;
  if (!first || !second) throw new Error('two hosts are needed');
  const make = (own: WayEnd, n: number, other: WayEnd) => {
    const { address, device, mtu } = own.machine.underlay;
    const line = [
      VNI,
      mtu - OVERHEAD_BYTES,
      address,
      other.machine.underlay.address,
      device,
      own.address,
      macOf(n),
      other.address,
      macOf(3 - n),
    ];
    return own.machine.must(MAKE, line.join(' '));
  };
  await Promise.all([make(first, 1, second), make(second, 2, first)]);
  return [first, second];
}

export async function removeHandBuilt(machines: readonly BenchMachine[]): Promise<void> {
  await Promise.all(machines.map(({ must }) => must(REMOVE)));
}

function macOf(n: number): string {
  return `02:be:9c:00:00:0${n}`;
}
