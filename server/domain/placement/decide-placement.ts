import type { Json } from '../shared/json.ts';
import { explainChoice, type RefusedHosts, SAME_HOST } from './explain-placement.ts';
import type { HostView, PlacementContext, PlacementReason, PlacementRequest, PlacementStrategy } from './placement.ts';
import { byJoining } from './strategy-kinds.ts';

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
  readonly hostId: HostView['id'] | null;
  /** Refused hosts with their reasons, why the order is what it is, the choice, and the hosts that would have done too. */
  readonly explanation: readonly PlacementReason[];
}

/** What a decision is made of. */
export interface Asked {
  readonly request: PlacementRequest;
  readonly strategies: readonly AppliedStrategy[];
  readonly context: PlacementContext;
}

/**
 * Chooses a host: hosts in the order in which they joined the cloud, less those refused as such, through each strategy in list
 * order (those of the cloud first, then the entity's own, which can only add). The first host left is taken. Pure: equal
 * arguments give an equal answer. With no strategy that orders, the oldest host that fits is taken.
 */
export function decidePlacement(
  request: PlacementRequest,
  candidates: readonly PlacementCandidate[],
  strategies: readonly AppliedStrategy[],
  given: PlacementContext,
): PlacementOutcome {
  const sorted = candidates.toSorted((a, b) => byJoining(a.host, b.host));
  const context = { ...given, all: sorted.map(({ host }) => host) };
  const refused: RefusedHosts[] = [];
  const itself = sorted.flatMap(({ host, refusal }) => {
    const reason = refusal ?? boundElsewhere(host, request);
    return reason === null ? [] : [{ host, reason }];
  });
  addRefused(refused, 'host', itself);
  const away = new Set(itself.map(({ host }) => host));
  const left = context.all.filter((host) => !away.has(host));
  const homeless = left.flatMap((host) => {
    const reason = notHome(host, request);
    return reason === null ? [] : [{ host, reason }];
  });
  addRefused(refused, SAME_HOST, homeless);
  for (const { host } of homeless) away.add(host);
  const eligible = left.filter((host) => !away.has(host));
  let hosts: readonly HostView[] = eligible;
  let orderedBy: { readonly id: string; readonly text: string } | null = null;
  for (const { id, strategy, config } of strategies) {
    const outcome = strategy.apply(hosts, request, config, context);
    if (outcome.refused.length > 0) {
      const reasons = new Map(outcome.refused.map(({ hostId, reason }) => [hostId, reason]));
      const told = hosts.flatMap((host) => {
        const reason = reasons.get(host.id);
        return reason === undefined ? [] : [{ host, reason }];
      });
      addRefused(
        refused,
        id,
        told.sort((a, b) => byJoining(a.host, b.host)),
      );
    }
    hosts = outcome.hosts;
    if (outcome.ordered !== undefined) orderedBy = { id, text: outcome.ordered };
  }
  const explanation = explainChoice({ request, refused, ranked: hosts, fitting: hosts.length, orderedBy });
  const [chosen] = hosts;
  if (chosen !== undefined) return { hostId: chosen.id, explanation };
  return { hostId: null, explanation: [...explanation, ...whyNone({ request, strategies, context }, sorted, eligible)] };
}

function addRefused(refused: RefusedHosts[], by: string, hosts: RefusedHosts['hosts']): void {
  if (hosts.length > 0) refused.push({ by, hosts, count: hosts.length });
}

/** On more hosts than this it is not worked out which rule stands in the way. */
const MOST_RELAXED = 2_000;
const MOST_NAMED = 3;

function whyNone(asked: Asked, candidates: readonly PlacementCandidate[], eligible: readonly HostView[]): readonly PlacementReason[] {
  const { request } = asked;
  const relaxed = candidates.length > MOST_RELAXED ? [] : [...whichRule(asked, eligible), ...whichHost(asked, candidates)];
  const text =
    candidates.length === 0
      ? `${noHost(request.name)}: the cloud has none`
      : `${noHost(request.name)}: all ${candidates.length} are refused`;
  return [...relaxed, { by: 'host', hostId: null, text, refused: true }];
}

export function noHost(name: string): string {
  return `No host for ${name}`;
}

/** Of each strategy by itself: which hosts would do without it. */
function whichRule({ request, strategies, context }: Asked, eligible: readonly HostView[]): readonly PlacementReason[] {
  return strategies.flatMap(({ id }, left): readonly PlacementReason[] => {
    const others = strategies.filter((_, index) => index !== left);
    const hosts = passing(eligible, { request, strategies: others, context });
    return hosts.length === 0 ? [] : [{ by: id, hostId: null, text: `Without ${id}: ${named(hosts)} would do`, refused: true }];
  });
}

/** Hosts that every strategy would take, were it not for what is said of them: cordoned, in maintenance, a port that is taken. */
function whichHost(asked: Asked, candidates: readonly PlacementCandidate[]): readonly PlacementReason[] {
  const byRefusal = new Map<string, HostView[]>();
  for (const { host, refusal } of candidates) {
    if (refusal === null || boundElsewhere(host, asked.request) !== null || notHome(host, asked.request) !== null) continue;
    const hosts = byRefusal.get(refusal);
    if (hosts) hosts.push(host);
    else byRefusal.set(refusal, [host]);
  }
  return [...byRefusal].slice(0, MOST_NAMED).flatMap(([refusal, refusedHosts]): readonly PlacementReason[] => {
    const hosts = passing(refusedHosts, asked);
    if (hosts.length === 0) return [];
    return [{ by: 'host', hostId: null, text: `Without “${refusal}”: ${named(hosts)} would do`, refused: true }];
  });
}

function passing(hosts: readonly HostView[], { request, strategies, context }: Asked): readonly HostView[] {
  return strategies.reduce((left, { strategy, config }) => strategy.apply(left, request, config, context).hosts, hosts);
}

function named(hosts: readonly HostView[]): string {
  const oldest = hosts.toSorted(byJoining).slice(0, MOST_NAMED);
  const names = oldest.map(({ name }) => name);
  const more = hosts.length > names.length ? ` and ${hosts.length - names.length} more` : '';
  return `${names.join(', ')}${more}`;
}

function boundElsewhere(host: HostView, request: PlacementRequest): string | null {
  const { name, boundTo, boundBy } = request;
  if (boundTo === null || boundTo === host.id) return null;
  return boundBy === 'snapshot'
    ? `only another host has the snapshot that ${name} runs from`
    : `${name} is bound to another host by its data`;
}

function notHome(host: HostView, { name, home }: PlacementRequest): string | null {
  return home === undefined || home.hostId === host.id ? null : `${name} has to be on ${home.hostName}, ${home.because}`;
}
