import type { Api } from '../../../e2e/support/api.ts';
import { eventually } from '../../../e2e/support/api.ts';
import type { EntityId } from '../../../server/domain/shared/ids.ts';
import type { BenchMachine } from './bench-machine.ts';
import type { WayEnd } from './traffic.ts';

/** What the watcher's first answer is waited for; each try takes some 25 ms, on both sides. */
const FIRST_ANSWER = `
n=0
while [ $n -lt 400 ]; do
  nsenter --net="$1" ip neigh flush to "$2" 2>/dev/null
  if nsenter --net="$1" ping -n -c 1 -W 0.02 "$2" >/dev/null 2>&1; then date +%s%3N; exit 0; fi
  n=$((n + 1))
done
exit 1
`;
const WATCH = `set -- $CK_TEXT
${FIRST_ANSWER}`;
/** A veth that is put into a namespace of the same host, and its way to another there: what nobody can do without. */
const FLOOR = `set -- $CK_TEXT
ip netns add ckbenchf
date +%s%3N
ip link add ckbenchg mtu 1450 type veth peer name eth0 mtu 1450 netns ckbenchf
ip link set ckbenchg master ckbenchb up
ip -n ckbenchf addr add "$2/24" dev eth0
ip -n ckbenchf link set eth0 up
${FIRST_ANSWER}`;
const FLOOR_END = 'ip link del ckbenchg 2>/dev/null; ip netns del ckbenchf 2>/dev/null; :';

export interface Attaching {
  readonly api: Api;
  readonly entityId: EntityId;
  readonly network: string;
  /** Free on the network. */
  readonly address: string;
  /** On the network, and on another host than the entity. */
  readonly watcher: WayEnd;
}

/** Milliseconds from the call of `network.attach` to the first answer to a ping from another host. */
export async function attachedMs({ api, entityId, network, address, watcher }: Attaching): Promise<number> {
  const answered = watcher.machine.must(WATCH, `${watcher.namespace} ${address}`);
  const begun = Date.now();
  await api.network.attach.mutate({ entityId, network, address });
  const ms = Number((await answered).trim()) - begun;
  await api.network.detach.mutate({ entityId, network });
  await eventually(`it is off ${network}`, 30_000, async () => {
    const found = (await api.network.list.query()).find(({ name }) => name === network);
    return found?.members.every((member) => member.entityId !== entityId) !== false;
  });
  return ms;
}

/** The same of a bare veth beside the network that was built by hand. */
export async function floorMs({ must }: BenchMachine, namespace: string, address: string): Promise<number> {
  await must(FLOOR_END);
  try {
    const [begun, ended] = (await must(FLOOR, `${namespace} ${address}`)).trim().split('\n').map(Number);
    return (ended ?? Number.NaN) - (begun ?? Number.NaN);
  } finally {
    await must(FLOOR_END);
  }
}
