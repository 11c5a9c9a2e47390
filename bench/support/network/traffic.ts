import { median } from '../bench.ts';
import type { BenchMachine } from './bench-machine.ts';

/** One end of a way: a network namespace of a host, and its address there. */
export interface WayEnd {
  readonly machine: BenchMachine;
  /** A file that holds the namespace: `/proc/<pid>/ns/net`. */
  readonly namespace: string;
  readonly address: string;
}

/** From the first to the second. */
export type Way = readonly [WayEnd, WayEnd];

/** The namespace of the host itself. */
export const HOST_NAMESPACE = '/proc/1/ns/net';
const PORT = 5_999;
const PING_COUNT = 60;

const LISTEN = `
set -- $CK_TEXT
# The network before had the same address, and its server is still there.
if [ -e "/run/clocker-bench-$2.pid" ]; then
  read -r p <"/run/clocker-bench-$2.pid"
  if grep -q iperf3 "/proc/$p/comm" 2>/dev/null; then kill "$p"; fi
  # It removes that file as it ends, which by then would be that of the next.
  n=0
  while [ -e "/proc/$p" ] && [ $n -lt 100 ]; do sleep 0.02; n=$((n + 1)); done
  rm -f "/run/clocker-bench-$2.pid"
fi
nsenter --net="$1" iperf3 --server --daemon --bind "$2" --port "$3" --pidfile "/run/clocker-bench-$2.pid"
`;
const END_ALL = `
for f in /run/clocker-bench-*.pid; do
  [ -e "$f" ] || continue
  read -r p <"$f"
  grep -q iperf3 "/proc/$p/comm" && kill "$p"
  rm -f "$f"
done 2>/dev/null
:
`;
/** The server may still be starting. */
const SEND = `
set -- $CK_TEXT
n=0
while [ $n -lt 40 ]; do
  out=$(nsenter --net="$1" iperf3 --client "$2" --port "$3" --time "$4" --json 2>&1) && break
  n=$((n + 1))
  sleep 0.1
done
echo "$out"
`;
const REACH = `
set -- $CK_TEXT
n=0
while [ $n -lt 60 ]; do
  nsenter --net="$1" ping -n -c 1 -W 0.25 "$2" >/dev/null 2>&1 && exit 0
  n=$((n + 1))
done
echo "no answer from $2"
exit 1
`;
const PING = `
set -- $CK_TEXT
nsenter --net="$1" ping -n -i 0.01 -c "$3" -W 1 "$2"
`;

/** Has the second end take what is sent, until \`endTraffic\`. */
export async function listenAt({ machine, namespace, address }: WayEnd): Promise<void> {
  await machine.must(LISTEN, `${namespace} ${address} ${PORT}`);
}

export async function endTraffic(machines: readonly BenchMachine[]): Promise<void> {
  await Promise.all(machines.map(({ must }) => must(END_ALL)));
}

/** Routes of a network that was just made may still be on their way to the other host. @throws Error where there is no answer in 15 s */
export async function whenReached([from, to]: Way): Promise<void> {
  await from.machine.must(REACH, `${from.namespace} ${to.address}`);
}

/** TCP, in Gbit/s as the second end received it. @throws Error where nothing passes */
export async function throughput([from, to]: Way, seconds: number): Promise<number> {
  const output = await from.machine.must(SEND, `${from.namespace} ${to.address} ${PORT} ${seconds}`);
  const report: { readonly end?: { readonly sum_received?: { readonly bits_per_second?: number } }; readonly error?: string } =
    JSON.parse(output);
  const bits = report.end?.sum_received?.bits_per_second;
  if (!bits) throw new Error(`nothing passes from ${from.machine.name} to ${to.address}: ${report.error ?? 'no report'}`);
  return bits / 1e9;
}

/** Median of the answers, in milliseconds. @throws Error where none came */
export async function pingMs([from, to]: Way): Promise<number> {
  const { output } = await from.machine.shell.run(PING, `${from.namespace} ${to.address} ${PING_COUNT}`);
  const times = [...output.matchAll(/time[=<]([\d.]+) ms/g)].map(([, ms]) => Number(ms));
  if (times.length === 0) throw new Error(`no answer to ${from.machine.name} from ${to.address}`);
  return median(times);
}
