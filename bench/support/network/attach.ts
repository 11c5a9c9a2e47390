import { eventually } from '../../../e2e/support/api.ts';
import type { BenchMachine } from './bench-machine.ts';
import { addressOn, type Deployed, findMember, type Member } from './members.ts';
import type { Way } from './traffic.ts';

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
/** Last numbers of addresses that nobody else is given in a bench. */
const FIRST_FREE = 100;

export interface AttachOptions {
  readonly handBuilt: Way;
  readonly times: number;
  readonly signal: AbortSignal;
  say(line: string): void;
}

/**
 * Milliseconds from the call of `network.attach` to the first answer to a ping from the other host, over the same of a bare veth; once an attachment of
 * `joiner` to a network on which only others are.
 */
export async function attachments(deployed: Deployed, network: string, options: AttachOptions): Promise<readonly number[]> {
  const { handBuilt, times, signal, say } = options;
  const watcher = await findMember(deployed, 'first', network);
  const { entityId } = await findMember(deployed, 'joiner', 'back');
  const [from] = handBuilt;
  const over: number[] = [];
  for (let n = 0; n < times; n++) {
    signal.throwIfAborted();
    const floor = await floorMs(from.machine, from.namespace, from.address.replace(/\d+$/, String(FIRST_FREE + n)));
    const address = await addressOn(deployed, network, FIRST_FREE + n);
    const ours = await attachedMs(deployed, { entityId, network, address, watcher });
    over.push(ours - floor);
    say(`attached to ${network} in ${ours} ms, a bare veth in ${floor} ms`);
  }
  return over;
}

interface Attaching {
  readonly entityId: Member['entityId'];
  readonly network: string;
  readonly address: string;
  readonly watcher: Member;
}

async function attachedMs({ console: { api } }: Deployed, { entityId, network, address, watcher }: Attaching): Promise<number> {
  const answered = watcher.machine.must(WATCH, `${watcher.namespace} ${address}`);
  const begun = Date.now();
  await api.network.attach.mutate({ entityId, network, address });
  const ms = Number((await answered).trim()) - begun;
  await api.network.detach.mutate({ entityId, network });
  await eventually(`it is off ${network}`, 30_000, async () => {
    const found = (await api.network.list.query()).find(({ name }) => name === network);
    const isOff = found?.members.every((member) => member.entityId !== entityId) !== false;
    return isOff && found?.parts.every(({ state }) => state === 'ready') !== false;
  });
  return ms;
}

/** The same of a bare veth beside the network that was built by hand. */
async function floorMs({ must }: BenchMachine, namespace: string, address: string): Promise<number> {
  await must(FLOOR_END);
  try {
    const [begun, ended] = (await must(FLOOR, `${namespace} ${address}`)).trim().split('\n').map(Number);
    return (ended ?? Number.NaN) - (begun ?? Number.NaN);
  } finally {
    await must(FLOOR_END);
  }
}
