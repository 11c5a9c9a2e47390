import type { AppliedStrategy } from './decide-placement.ts';
import type { HostView, PlacementRequest } from './placement.ts';

/** One thing that hosts are ordered by. */
export type PlacementOrder = {
  readonly id: string;
  readonly text: string;
} & (
  | {
      readonly by: 'score';
      score(host: HostView, request: PlacementRequest): number;
      tell(score: number): string;
      /** Of what is measured; null for what is counted. */
      readonly leastGain: number | null;
    }
  /** The group of a host: of those with the fewest siblings first. */
  | { readonly by: 'spread'; groupOf(host: HostView): string | undefined }
);

/** What a list of strategies orders hosts by in the end. */
export interface PlacementOrders {
  /** The most telling first. */
  readonly orders: readonly PlacementOrder[];
  /** The order of hosts that these leave equal. */
  readonly base: 'joined' | 'turn' | 'random';
  /** What a decision names; null where nothing orders, and the oldest host is taken. */
  readonly orderedBy: { readonly id: string; readonly text: string } | null;
}

/** What a list of strategies comes to when hosts are looked at one by one. */
export interface PlacementShape extends Pick<PlacementOrders, 'base' | 'orderedBy'> {
  readonly refusals: readonly { readonly id: string; refuse(host: HostView, request: PlacementRequest): string | null }[];
  /** What the hosts are ordered by in the end, the most telling first; `spread` is the group of the host. */
  readonly keys: readonly (((host: HostView, request: PlacementRequest) => number) | 'spread')[];
  /** The group of a host, where there is a `spread`. */
  readonly groupOf: ((host: HostView) => string | undefined) | null;
  readonly readsName: boolean;
}

/** Null where the hosts can only be judged all at once. `sample`: any host of the cloud. */
export function shapeOf(strategies: readonly AppliedStrategy[], sample: HostView): PlacementShape | null {
  const refusals: PlacementShape['refusals'][number][] = [];
  let base: PlacementShape['base'] = 'joined';
  let readsName = false;
  for (const { id, strategy, config } of strategies) {
    const { perHost } = strategy;
    if (perHost === undefined) return null;
    const { refuse, order } = perHost;
    readsName ||= perHost.readsName?.(config) ?? false;
    if (refuse !== undefined && base === 'random') return null;
    if (refuse !== undefined) refusals.push({ id, refuse: (host, request) => refuse(host, request, config) });
    if (order !== undefined) base = order.by;
  }
  const { orders, orderedBy } = ordersOf(strategies, sample);
  const spreads = orders.flatMap((order) => (order.by === 'spread' ? [order] : []));
  if (spreads.length > 1 || (base === 'random' && orders.length > 0)) return null;
  const keys = orders.map((order) => (order.by === 'spread' ? order.by : order.score));
  return { refusals, keys, groupOf: spreads[0]?.groupOf ?? null, base, orderedBy, readsName };
}

/** By the strategies that can be told of one host at a time; the others order nothing here. */
export function ordersOf(strategies: readonly AppliedStrategy[], sample: HostView): PlacementOrders {
  let orders: PlacementOrder[] = [];
  let base: PlacementOrders['base'] = 'joined';
  let orderedBy: PlacementOrders['orderedBy'] = null;
  for (const { id, strategy, config } of strategies) {
    const { order, score, spread } = strategy.perHost ?? {};
    if (order !== undefined) {
      orders = [];
      base = order.by;
      orderedBy = { id, text: order.ordered };
    }
    if (score !== undefined) {
      const { tell = String, leastGain = null } = score;
      orderedBy = { id, text: score.ordered };
      orders.unshift({ ...orderedBy, by: 'score', score: (host, request) => score.of(host, request, config), tell, leastGain });
    }
    if (spread !== undefined && spread.groupOf(sample, config) !== null) {
      orderedBy = { id, text: spread.ordered(config) };
      orders.unshift({ ...orderedBy, by: 'spread', groupOf: (host) => spread.groupOf(host, config) ?? undefined });
    }
  }
  return { orders, base, orderedBy };
}
