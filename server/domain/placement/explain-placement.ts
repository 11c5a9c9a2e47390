import type { HostView, PlacementReason, PlacementRequest } from './placement.ts';

/** Hosts that were not refused and not chosen are told one by one up to this many, the others by their number. */
export const MOST_RUNNERS_UP = 20;
/** So are those that one rule refused. */
export const MOST_REFUSED = 100;
/** The rule that keeps together what shares networks and volumes. */
export const SAME_HOST = 'same-host';

/** What a decision came to, before it is put in words. */
export interface Judgement {
  readonly request: PlacementRequest;
  /** By rule, in the order in which they were asked. */
  readonly refused: readonly RefusedHosts[];
  /** The chosen one and those after it, as far as they are told. */
  readonly ranked: readonly HostView[];
  /** All that were not refused. */
  readonly fitting: number;
  readonly orderedBy: { readonly id: string; readonly text: string } | null;
}

export interface RefusedHosts {
  /** Strategy id, `host` or `same-host`. */
  readonly by: string;
  /** In the order in which they joined, as far as they are told. */
  readonly hosts: readonly { readonly host: HostView; readonly reason: string }[];
  readonly count: number;
}

/** Refused hosts with their reasons, the choice and why, and the hosts that would have done too. */
export function explainChoice({ request, refused, ranked, fitting, orderedBy }: Judgement): readonly PlacementReason[] {
  const [chosen, ...others] = ranked;
  const explanation = refused.flatMap(explainRefused);
  if (chosen === undefined) return explanation;
  const atHome = request.home?.hostId === chosen.id ? request.home : undefined;
  const by = atHome ? SAME_HOST : (orderedBy?.id ?? 'host');
  const bond = request.boundBy === 'snapshot' ? 'has the snapshot' : 'its data is there';
  const why = atHome?.because ?? orderedBy?.text ?? (request.boundTo === chosen.id ? bond : 'the oldest host that fits');
  explanation.push({ by, hostId: chosen.id, text: `${chosen.name} is chosen for ${request.name}: ${why}`, refused: false });
  const shown = others.slice(0, MOST_RUNNERS_UP);
  for (const [index, host] of shown.entries()) {
    explanation.push({ by, hostId: host.id, text: `${host.name} fits too: number ${index + 2} in the order`, refused: false });
  }
  const more = fitting - 1 - shown.length;
  if (more > 0) explanation.push({ by, hostId: null, text: `${more} more hosts fit too`, refused: false });
  return explanation;
}

function explainRefused({ by, hosts, count }: RefusedHosts): PlacementReason[] {
  const told = hosts.slice(0, MOST_REFUSED);
  const reasons = told.map(
    ({ host, reason }): PlacementReason => ({ by, hostId: host.id, text: `${host.name}: ${reason}`, refused: true }),
  );
  const more = count - told.length;
  return more > 0 ? [...reasons, { by, hostId: null, text: `${more} more hosts are refused by ${by}`, refused: true }] : reasons;
}
