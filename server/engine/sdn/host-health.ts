import type { Host } from '../../domain/entity/host.ts';
import type { NetworkRecord } from '../../domain/network/network-record.ts';
import { nextPair, type PairMemory, type PairProbe, pairReason } from '../../domain/network/pair-health.ts';
import type { VirtualNetwork } from '../../domain/network/virtual-network.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { HostWay } from '../../ports/sdn-provider.ts';
import type { StoreView } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';
import { asRoot } from './root-shell.ts';

/** How long what was found is taken to hold, where nothing has changed. Milliseconds. */
const HOLDS_MS = 25_000;
/** A pair that does not answer is tried again so soon. Milliseconds. */
const AGAIN_MS = 5_000;
/** Outer of a ping: IPv4 and ICMP headers. */
const HEADER_BYTES = 28;

export interface HostHealth {
  /** Tries every other host over each network that both have, where that is due, and tells on the parts what has changed. Errors: host.*, deadline. */
  look(host: Host): Promise<void>;
}

interface PairOf {
  readonly part: NetworkRecord;
  readonly network: VirtualNetwork;
  readonly other: Host;
  readonly way: HostWay;
  readonly gateway: string;
  readonly underlay: string;
}

/** Health of pairs of hosts (`NetworkRecord.peers`): whether whole packets pass from this host to the others over each network. */
export function createHostHealth(context: EngineContext): HostHealth {
  const { store, clock, hosts, queue } = context;
  const looked = new Map<HostId, { readonly until: number; readonly key: string }>();
  const pairs = new Map<string, PairMemory>();

  return {
    async look(host) {
      const session = hosts.ready(host.id);
      const all = pairsOf(context, host);
      const key = all.map(({ part, other, underlay }) => `${part.id} ${other.id} ${underlay}`).join('\n');
      const last = looked.get(host.id);
      if (!session || (last?.key === key && clock.now() < last.until)) return;
      looked.set(host.id, { until: clock.now() + HOLDS_MS, key });
      const probes =
        all.length === 0
          ? new Map<number, PairProbe>()
          : await probe(all, async (text) => await asRoot(session.shell, host.name).run(HEALTH_SCRIPT, text));
      const now = new Map<string, string>();
      for (const [index, pair] of all.entries()) {
        const found = probes.get(index);
        const id = `${pair.part.id} ${pair.other.id}`;
        if (!found) continue;
        const reason = pairReason(found, { from: host.name, to: pair.other.name, needs: pair.way.needs, mtu: pair.network.mtu });
        const before = pairs.get(id) ?? { told: store.view.get('network', pair.part.id)?.peers?.[pair.other.id], failures: 0 };
        const next = nextPair(before, reason);
        pairs.set(id, next);
        if (next.told !== undefined) now.set(id, next.told);
        if (next.failures === 0) continue;
        const until = clock.now() + AGAIN_MS;
        looked.set(host.id, { until, key });
        queue.lookAgain(`sdn:${host.id}`, until);
      }
      forgetOthers(host, new Set(all.map(({ part, other }) => `${part.id} ${other.id}`)));
      await tell(context, { host, all, now });
    },
  };

  function forgetOthers({ id: hostId }: Host, known: ReadonlySet<string>): void {
    for (const id of pairs.keys()) if (id.startsWith(`${hostId}:`) && !known.has(id)) pairs.delete(id);
  }
}

/** Those of hosts that are there: one that is known to be away is no news of its networks. */
function pairsOf({ store: { view }, plugins }: EngineContext, host: Host): readonly PairOf[] {
  const parts = [...view.all('network').values()].filter(({ state, reach }) => state === 'ready' && reach !== undefined);
  const byNetwork = Map.groupBy(parts, ({ reach }) => reach?.networkId ?? '');
  const own = host.facts?.underlay?.address;
  return parts.flatMap((part) => {
    const network = part.hostId === host.id ? view.get('virtualNetwork', part.reach?.networkId ?? '') : undefined;
    const provider = network && plugins.sdnProviders.get(network.networking.provider);
    if (!network || !provider?.way || own === undefined) return [];
    return (byNetwork.get(network.id) ?? []).flatMap(({ hostId, reach }): PairOf[] => {
      const other = hostId === host.id ? undefined : view.get('host', hostId);
      const underlay = other?.facts?.underlay?.address;
      const way = underlay === undefined ? undefined : provider.way?.(network, { from: own, to: underlay });
      if (other?.state !== 'ready' || underlay === undefined || !way || !reach) return [];
      return [{ part, network, other, way, gateway: reach.gateway, underlay }];
    });
  });
}

type Run = (text: string) => Promise<{ readonly output: string }>;

/** Found, by the pair’s place in the list; none where the host has no `ping`. */
async function probe(all: readonly PairOf[], run: Run): Promise<ReadonlyMap<number, PairProbe>> {
  const lines = all.map(({ underlay, gateway, network }, index) => `${index} ${underlay} ${gateway} ${network.mtu - HEADER_BYTES}`);
  const found = new Map<number, PairProbe>();
  for (let at = 0; at < lines.length; at += CHUNK_LINES) {
    const { output } = await run(lines.slice(at, at + CHUNK_LINES).join('\n'));
    for (const line of output.split('\n')) {
      const [, index, whole, small, underlay] = /^(\d+) ([yn]) ([yn]) ([yn])$/.exec(line) ?? [];
      if (index !== undefined) found.set(Number(index), { whole: whole === 'y', small: small === 'y', underlay: underlay === 'y' });
    }
  }
  return found;
}

/** So many at once, each at most 3 s: well below what the held shell waits for. */
const CHUNK_LINES = 64;
const HEALTH_SCRIPT = `
export LC_ALL=C
command -v ping >/dev/null || exit 0
whole=
if ping -V 2>&1 | grep -q iputils; then whole='-M do'; fi
try() { if ping -n -q -c 1 -W 1 "$@" >/dev/null 2>&1; then echo y; else echo n; fi; }
one() {
  if [ "$(try $whole -s "$4" "$3")" = y ]; then echo "$1 y y y"; return; fi
  echo "$1 n $(try "$3") $(try "$2")"
}
printf '%s\\n' "$CK_TEXT" | {
  while read -r index underlay gateway size; do one "$index" "$underlay" "$gateway" "$size" & done
  wait
}
`;

interface Telling {
  readonly host: Host;
  readonly all: readonly PairOf[];
  /** Reasons by part and host, empty where all is well. */
  readonly now: ReadonlyMap<string, string>;
}

/** On the parts where something is otherwise than before; and of what broke or healed, in the application’s activity. */
async function tell(context: EngineContext, { host, all, now }: Telling): Promise<void> {
  const { view } = context.store;
  const parts = [...view.all('network').values()].filter(({ hostId, reach }) => hostId === host.id && reach);
  const changed = parts.flatMap((part) => {
    const mine = all.flatMap(({ part: { id }, other }): [string, string][] => {
      const reason = id === part.id ? now.get(`${id} ${other.id}`) : undefined;
      return reason === undefined ? [] : [[other.id, reason]];
    });
    const peers = Object.fromEntries(mine);
    return isSame(part.peers ?? {}, peers) ? [] : [{ part, peers }];
  });
  if (changed.length === 0) return;
  await context.store.commit((draft) => {
    for (const { part, peers } of changed) {
      const latest = draft.get('network', part.id);
      if (latest?.state === 'ready') draft.put('network', { ...latest, peers });
    }
  });
  for (const { part, peers } of changed) {
    for (const [otherId, reason] of Object.entries(peers)) await tellPair(context, { host, part, otherId, reason });
  }
}

function isSame(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([key, text]) => b[key] === text);
}

interface ToldPair {
  readonly host: Host;
  /** As it was before. */
  readonly part: NetworkRecord;
  readonly otherId: string;
  readonly reason: string;
}

/** Both ends find the same: the one with the smaller id tells it. */
async function tellPair(context: EngineContext, { host, part, otherId, reason }: ToldPair): Promise<void> {
  const isBroken = reason !== '';
  const wasBroken = (part.peers?.[otherId] ?? '') !== '';
  if (host.id > otherId || isBroken === wasBroken) return;
  const names = `${host.name} and ${nameOf(context.store.view, otherId)}`;
  const name = isBroken
    ? `Network ${part.logicalName}: ${names} lose each other`
    : `Network ${part.logicalName}: ${names} reach each other again`;
  const start = { name, cause: { kind: 'controller', by: 'sdn' }, applicationId: part.applicationId, hostId: host.id } as const;
  const task = await context.tasks.open(start);
  await context.tasks.finish(task.id, isBroken ? { error: new ClockerError('network.refused', { message: reason, retryable: true }) } : {});
}

function nameOf(view: StoreView, hostId: string): string {
  return view.get('host', hostId)?.name ?? hostId;
}
