import type { AppliedStrategy } from './decide-placement.ts';
import type { HostView, PlacementRequest } from './placement.ts';

/** What a list of strategies comes to when hosts are looked at one by one. */
export interface PlacementShape {
  readonly refusals: readonly { readonly id: string; refuse(host: HostView, request: PlacementRequest): string | null }[];
  /** What the hosts are ordered by in the end, the most telling first; `spread` is the group of the host. */
  readonly keys: readonly (((host: HostView, request: PlacementRequest) => number) | 'spread')[];
  /** The group of a host, where there is a `spread`. */
  readonly groupOf: ((host: HostView) => string | undefined) | null;
  /** The order of hosts that the keys leave equal. */
  readonly base: 'joined' | 'turn' | 'random';
  readonly orderedBy: { readonly id: string; readonly text: string } | null;
  readonly readsName: boolean;
}

/** Null where the hosts can only be judged all at once. `sample`: any host of the cloud. */
export function shapeOf(strategies: readonly AppliedStrategy[], sample: HostView): PlacementShape | null {
  const refusals: PlacementShape['refusals'][number][] = [];
  let keys: PlacementShape['keys'][number][] = [];
  let groupOf: PlacementShape['groupOf'] = null;
  let base: PlacementShape['base'] = 'joined';
  let orderedBy: PlacementShape['orderedBy'] = null;
  let readsName = false;
  for (const { id, strategy, config } of strategies) {
    const { perHost } = strategy;
    if (perHost === undefined) return null;
    const { refuse, order, score, spread } = perHost;
    readsName ||= perHost.readsName?.(config) ?? false;
    if (refuse !== undefined && base === 'random') return null;
    if (refuse !== undefined) refusals.push({ id, refuse: (host, request) => refuse(host, request, config) });
    if (order !== undefined) {
      keys = [];
      groupOf = null;
      base = order.by;
      orderedBy = { id, text: order.ordered };
    }
    if (score !== undefined) {
      keys.unshift((host, request) => score.of(host, request, config));
      orderedBy = { id, text: score.ordered };
    }
    if (spread !== undefined && spread.groupOf(sample, config) !== null) {
      if (groupOf !== null) return null;
      groupOf = (host) => spread.groupOf(host, config) ?? undefined;
      keys.unshift('spread');
      orderedBy = { id, text: spread.ordered(config) };
    }
  }
  return base === 'random' && keys.length > 0 ? null : { refusals, keys, groupOf, base, orderedBy, readsName };
}
