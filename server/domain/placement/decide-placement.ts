import type { HostId } from '../shared/ids.ts';
import type { Json } from '../shared/json.ts';
import type { HostView, PlacementContext, PlacementReason, PlacementRequest, PlacementStrategy, StrategyOutcome } from './placement.ts';

/** A host of the cloud, and why it cannot be chosen at all: `cordoned`, `unreachable since …`. Null when nothing stands against it. */
export interface PlacementCandidate {
  readonly host: HostView;
  readonly refusal: string | null;
}

/** A strategy ready to apply: see `resolveStrategies`. */
export interface AppliedStrategy {
  readonly id: string;
  readonly strategy: PlacementStrategy;
  readonly config: Readonly<Record<string, Json>>;
}

export interface PlacementOutcome {
  readonly hostId: HostId | null;
  /** Every refused host with its reason, why the order is what it is, the choice, and the hosts that would have done too. */
  readonly explanation: readonly PlacementReason[];
}

/** The rule that keeps together what shares networks and volumes. */
const SAME_HOST = 'same-host';

/** Hosts that were not refused and not chosen are told one by one up to this many, the others by their number. */
export const MOST_RUNNERS_UP = 20;

/**
 * Chooses a host: hosts in the order in which they joined the cloud, less those refused as such, through each strategy in list
 * order (those of the cloud first, then the entity's own, which can only add). The first host left is taken. Pure: equal
 * arguments give an equal answer. With no strategy that orders, the oldest host that fits is taken.
 */
export function decidePlacement(
  request: PlacementRequest,
  candidates: readonly PlacementCandidate[],
  strategies: readonly AppliedStrategy[],
  context: PlacementContext,
): PlacementOutcome {
  const explanation: PlacementReason[] = [];
  const eligible: HostView[] = [];
  for (const { host, refusal } of candidates) {
    const against = refusal ?? boundElsewhere(host, request);
    const away = against === null ? notHome(host, request) : null;
    if (against !== null) explanation.push({ by: 'host', hostId: host.id, text: `${host.name}: ${against}`, refused: true });
    else if (away !== null) explanation.push({ by: SAME_HOST, hostId: host.id, text: `${host.name}: ${away}`, refused: true });
    else eligible.push(host);
  }
  let hosts: readonly HostView[] = eligible.sort(byOrder);
  let orderedBy: { readonly id: string; readonly text: string } | null = null;
  for (const { id, strategy, config } of strategies) {
    const outcome = strategy.apply(hosts, request, config, context);
    if (outcome.refused.length > 0) addRefused(outcome.refused, hosts, { by: id, explanation });
    hosts = outcome.hosts;
    if (outcome.ordered !== undefined) orderedBy = { id, text: outcome.ordered };
  }
  const chosen = hosts[0];
  if (chosen === undefined) {
    const relaxed = eligible.length > MOST_RELAXED ? [] : whatToRelax(eligible, { request, strategies, context });
    return { hostId: null, explanation: [...explanation, ...relaxed, noHost(request, candidates.length)] };
  }
  const atHome = request.home?.hostId === chosen.id ? request.home : undefined;
  const by = atHome ? SAME_HOST : (orderedBy?.id ?? 'host');
  const why = atHome?.because ?? orderedBy?.text ?? (request.boundTo === chosen.id ? 'its data is there' : 'the oldest host that fits');
  explanation.push({ by, hostId: chosen.id, text: `${chosen.name} is chosen for ${request.name}: ${why}`, refused: false });
  addRunnersUp(hosts, by, explanation);
  return { hostId: chosen.id, explanation };
}

/** On more hosts than this it is not worked out which rule stands in the way. */
const MOST_RELAXED = 2_000;
const MOST_NAMED = 3;

/** Of each strategy by itself: which hosts would do without it. */
function whatToRelax(
  eligible: readonly HostView[],
  asked: { readonly request: PlacementRequest; readonly strategies: readonly AppliedStrategy[]; readonly context: PlacementContext },
): readonly PlacementReason[] {
  const { request, strategies, context } = asked;
  return strategies.flatMap(({ id }, left): readonly PlacementReason[] => {
    let hosts = eligible;
    for (const [index, { strategy, config }] of strategies.entries()) {
      if (index !== left) hosts = strategy.apply(hosts, request, config, context).hosts;
    }
    if (hosts.length === 0) return [];
    const names = hosts.slice(0, MOST_NAMED).map(({ name }) => name);
    const more = hosts.length > names.length ? ` and ${hosts.length - names.length} more` : '';
    return [{ by: id, hostId: null, text: `Without ${id}: ${names.join(', ')}${more} would do`, refused: true }];
  });
}

function addRefused(
  refused: StrategyOutcome['refused'],
  asked: readonly HostView[],
  { by, explanation }: { readonly by: string; readonly explanation: PlacementReason[] },
): void {
  const names = new Map(asked.map((host) => [host.id, host.name]));
  for (const { hostId, reason } of refused)
    explanation.push({ by, hostId, text: `${names.get(hostId) ?? hostId}: ${reason}`, refused: true });
}

function byOrder(a: HostView, b: HostView): number {
  return a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function boundElsewhere(host: HostView, request: PlacementRequest): string | null {
  return request.boundTo === null || request.boundTo === host.id ? null : `${request.name} is bound to another host by its data`;
}

function notHome(host: HostView, { name, home }: PlacementRequest): string | null {
  return home === undefined || home.hostId === host.id ? null : `${name} has to be on ${home.hostName}, ${home.because}`;
}

function noHost(request: PlacementRequest, count: number): PlacementReason {
  const text = count === 0 ? `No host for ${request.name}: the cloud has none` : `No host for ${request.name}: all ${count} are refused`;
  return { by: 'host', hostId: null, text, refused: true };
}

function addRunnersUp(hosts: readonly HostView[], by: string, explanation: PlacementReason[]): void {
  const shown = Math.min(hosts.length, MOST_RUNNERS_UP + 1);
  for (let index = 1; index < shown; index += 1) {
    const host = hosts[index];
    if (host !== undefined)
      explanation.push({ by, hostId: host.id, text: `${host.name} fits too: number ${index + 1} in the order`, refused: false });
  }
  const more = hosts.length - shown;
  if (more > 0) explanation.push({ by, hostId: null, text: `${more} more hosts fit too`, refused: false });
}
