import type { EntityId, HostId } from '../shared/ids.ts';
import type { AppliedStrategy } from './decide-placement.ts';
import type { HostView, PlacementContext, PlacementRequest, Resident } from './placement.ts';
import { createPlacementIndex } from './placement-index.ts';
import type { PlacementKind, SeenHost } from './placement-kind.ts';
import { ordersOf, type PlacementOrder, type PlacementOrders } from './placement-shape.ts';
import { byJoining } from './strategy-kinds.ts';

/** An entity that has its container on a host of the cloud. */
export interface PlacedEntity {
  /** As if nothing bound it: those that have to be together are groups. */
  readonly request: PlacementRequest;
  readonly strategies: readonly AppliedStrategy[];
  /** Equal for those that differ in nothing but name and id. */
  readonly kind: string;
  readonly hostId: HostId;
  /** What it uses of its host as measured last, in CPUs and bytes; null where that is not known. */
  readonly usage: { readonly cpus: number | null; readonly memoryBytes: number | null };
}

export interface MoveBoardInput {
  /** Counts what of `placed` is there. */
  readonly hosts: readonly HostView[];
  readonly placed: readonly PlacedEntity[];
  /** Why a host takes the entity under no circumstances: cordoned, in maintenance, its port is taken. */
  refusalOf(hostId: HostId, entityId: EntityId): string | null;
  readonly context: PlacementContext;
}

/** A strategy that refuses a host, and why. */
export interface BrokenRule {
  readonly by: string;
  readonly reason: string;
  /** By what is measured. */
  readonly isMeasured: boolean;
}

/** The hosts of a cloud with what is on them, to try moves on. Nothing happens but here. */
export interface MoveBoard {
  readonly hosts: readonly SeenHost[];
  host(hostId: HostId): SeenHost;
  placed(id: EntityId): PlacedEntity;
  hostOf(id: EntityId): HostId;
  /** In order of their ids. */
  on(hostId: HostId): readonly EntityId[];
  /** Others whose rules may mind that these go from one host to the other. */
  minding(ids: readonly EntityId[], hosts: readonly HostId[]): readonly EntityId[];
  ordersOf(id: EntityId): PlacementOrders;
  /** Which rule refuses the host, the entity itself left away. */
  ruleAgainst(id: EntityId, hostId: HostId): BrokenRule | null;
  refusalOf(id: EntityId, hostId: HostId): string | null;
  /** What the host is worth to the entity by each of its orders, the most telling first; the smallest is the best. */
  scores(id: EntityId, hostId: HostId): readonly number[];
  /** Lets `work` lift these and put them elsewhere, and puts everything back after it. `hosts`: all that it changes. */
  trying<T>(ids: readonly EntityId[], hosts: readonly HostId[], work: () => T): T;
  lift(id: EntityId): void;
  put(id: EntityId, hostId: HostId): void;
  /** Hosts that take an entity which was lifted, in the order in which placement would take them. At most `most`. */
  ranked(id: EntityId, most: number): readonly HostId[];
  /** For good. */
  move(ids: readonly EntityId[], to: HostId): void;
}

interface Kind {
  readonly orders: PlacementOrders;
  /** Null where it can only be decided by a look at all hosts. */
  index(): PlacementKind | null;
}

export function createMoveBoard({ hosts: given, placed, refusalOf, context }: MoveBoardInput): MoveBoard {
  const hosts: readonly SeenHost[] = given.toSorted(byJoining).map((host) => ({ ...host }));
  const slots = new Map(hosts.map(({ id }, slot) => [id, slot]));
  const entities = new Map(placed.map((one) => [one.request.entityId, one]));
  const residents = new Map(placed.map(({ request }) => [request.entityId, toResident(request)]));
  const hostOf = new Map(placed.map(({ request, hostId }) => [request.entityId, hostId]));
  const there = new Map<HostId, Set<EntityId>>(hosts.map(({ id }) => [id, new Set()]));
  const siblings = new Map<EntityId, Map<HostId, number>>();
  const kinds = new Map<string, Kind>();
  const index = createPlacementIndex(hosts);
  /** By application: those for which all hosts have to be looked at together. */
  const wide = new Map<string, EntityId[]>();
  /** What was looked at while something was lifted. */
  let looked: { readonly kind: PlacementKind; readonly slot: number }[] = [];
  let { sequence, lastHostOrder } = context;
  for (const { request, hostId } of placed) {
    there.get(hostId)?.add(request.entityId);
    count(request, hostId, 1);
  }
  for (const { request, strategies } of placed) {
    if (!isWide(strategies)) continue;
    const others = wide.get(request.applicationId);
    if (others) others.push(request.entityId);
    else wide.set(request.applicationId, [request.entityId]);
  }

  function siblingsOf({ parentId, entityId }: PlacementRequest): Map<HostId, number> {
    const key = parentId ?? entityId;
    const known = siblings.get(key) ?? new Map<HostId, number>();
    siblings.set(key, known);
    return known;
  }

  function count(request: PlacementRequest, hostId: HostId, change: number): void {
    if (request.parentId === null) return;
    const counts = siblingsOf(request);
    counts.set(hostId, (counts.get(hostId) ?? 0) + change);
  }

  function placedOf(id: EntityId): PlacedEntity {
    const found = entities.get(id);
    if (found === undefined) throw new Error(`${id} is not on the board`);
    return found;
  }

  function host(id: HostId): SeenHost {
    const found = hosts[slots.get(id) ?? -1];
    if (found === undefined) throw new Error(`host ${id} is not on the board`);
    return found;
  }

  function seenBy({ request }: PlacedEntity, hostId: HostId): SeenHost {
    const view = host(hostId);
    view.siblings = siblingsOf(request).get(hostId) ?? 0;
    return view;
  }

  function shift(id: EntityId, hostId: HostId, change: 1 | -1): void {
    const { request, usage } = placedOf(id);
    const view = host(hostId);
    view.containers += change;
    view.reservedMemoryBytes += change * (request.memoryBytes ?? 0);
    view.reservedCpus += change * (request.cpus ?? 0);
    if (view.cpu !== null && usage.cpus !== null && view.cpus) view.cpu += (change * usage.cpus) / view.cpus;
    if (view.memoryUsedBytes !== null && usage.memoryBytes !== null) view.memoryUsedBytes += change * usage.memoryBytes;
    const resident = residents.get(id);
    const others = view.residents.filter(({ entityId }) => entityId !== id);
    view.residents = change === 1 && resident ? [...others, resident] : others;
    count(request, hostId, change);
    if (change === 1) hostOf.set(id, hostId);
    const ids = there.get(hostId);
    if (change === 1) ids?.add(id);
    else ids?.delete(id);
  }

  function kindOf(one: PlacedEntity): Kind {
    const known = kinds.get(one.kind);
    if (known !== undefined) return known;
    const [sample] = hosts;
    const { request, strategies } = one;
    const orders: PlacementOrders = sample ? ordersOf(strategies, sample) : { orders: [], base: 'joined', orderedBy: null };
    const made: Kind = {
      orders,
      index() {
        const before = index.known(one.kind);
        if (before !== undefined) return before;
        const refusal = ({ id }: HostView): string | null => refusalOf(id, request.entityId);
        return index.add(one.kind, { strategies, request }, { siblings: siblingsOf(request), refusalOf: refusal });
      },
    };
    kinds.set(one.kind, made);
    return made;
  }

  function ruleAgainst(id: EntityId, hostId: HostId): BrokenRule | null {
    const one = placedOf(id);
    const { request, strategies } = one;
    if (isWide(strategies)) return passing(one, hostId).against;
    const view = seenBy(one, hostId);
    for (const { id: by, strategy, config } of strategies) {
      const { refuse, isMeasured = false } = strategy.perHost ?? {};
      const reason = refuse?.(view, request, config) ?? null;
      if (reason !== null) return { by, reason, isMeasured };
    }
    return null;
  }

  /** All hosts through all strategies, as placement asks them; `about` is told why it is refused, and is asked whatever stands against it itself. */
  function passing(one: PlacedEntity, about: HostId | null): { readonly hosts: readonly HostView[]; readonly against: BrokenRule | null } {
    const { request, strategies } = one;
    const counts = siblingsOf(request);
    const all = hosts.map((view) => ({ ...view, siblings: counts.get(view.id) ?? 0 }));
    let left: readonly HostView[] = all.filter(({ id }) => id === about || refusalOf(id, request.entityId) === null);
    let against: BrokenRule | null = null;
    for (const { id: by, strategy, config } of strategies) {
      // What is said of hosts together is not to hang on whose turn it is.
      const asked = strategy.perHost === undefined ? left.toSorted(byJoining) : left;
      const outcome = strategy.apply(asked, request, config, { sequence, lastHostOrder, all });
      const refused = outcome.refused.find(({ hostId }) => hostId === about);
      if (refused !== undefined) against ??= { by, reason: refused.reason, isMeasured: strategy.perHost?.isMeasured ?? false };
      const fitting = new Set(outcome.hosts);
      left = asked === left || outcome.ordered !== undefined ? outcome.hosts : left.filter((view) => fitting.has(view));
    }
    return { hosts: left, against };
  }

  function scoreOf(order: PlacementOrder, one: PlacedEntity, hostId: HostId): number {
    const view = seenBy(one, hostId);
    if (order.by === 'score') return order.score(view, one.request);
    const group = order.groupOf(view);
    if (group === undefined) return Number.POSITIVE_INFINITY;
    let sum = 0;
    for (const [id, number] of siblingsOf(one.request)) {
      const other = number > 0 ? hosts[slots.get(id) ?? -1] : undefined;
      if (other !== undefined && order.groupOf(other) === group) sum += number;
    }
    return sum;
  }

  function lift(id: EntityId): void {
    const from = hostOf.get(id);
    if (from !== undefined) shift(id, from, -1);
  }

  return {
    hosts,
    host,
    placed: placedOf,
    hostOf: (id) => hostOf.get(id) ?? placedOf(id).hostId,
    on: (hostId) => [...(there.get(hostId) ?? [])].sort(),
    minding(ids, ends) {
      const near = ends.flatMap((id) => [...(there.get(id) ?? [])]);
      const far = ids.flatMap((id) => wide.get(placedOf(id).request.applicationId) ?? []);
      return [...new Set([...near, ...far])].filter((id) => !ids.includes(id));
    },
    ordersOf: (id) => kindOf(placedOf(id)).orders,
    ruleAgainst,
    refusalOf: (id, hostId) => refusalOf(hostId, id),
    scores(id, hostId) {
      const one = placedOf(id);
      return kindOf(one).orders.orders.map((order) => scoreOf(order, one, hostId));
    },
    trying(ids, touched, work) {
      const before = touched.map((id) => ({ ...host(id) }));
      const homes = ids.map((id) => [id, hostOf.get(id) ?? placedOf(id).hostId] as const);
      const isOn = (id: EntityId): boolean => there.get(hostOf.get(id) ?? ('' as HostId))?.has(id) === true;
      try {
        return work();
      } finally {
        for (const [id] of homes) if (isOn(id)) lift(id);
        for (const [id, home] of homes) shift(id, home, 1);
        // Sums of what was taken away and added again are not quite what they were.
        for (const view of before) Object.assign(host(view.id), view);
        for (const { kind, slot } of looked) kind.look(slot);
        looked = [];
      }
    },
    lift,
    put: (id, hostId) => shift(id, hostId, 1),
    ranked(id, most) {
      const one = placedOf(id);
      const kind = kindOf(one).index();
      if (kind === null) {
        const { hosts: fitting } = passing(one, null);
        return fitting.slice(0, most).map((view) => view.id);
      }
      const from = slots.get(hostOf.get(id) ?? one.hostId) ?? 0;
      kind.look(from);
      looked.push({ kind, slot: from });
      return kind.ranked(one.request, { sequence, lastHostOrder }, most).flatMap((slot) => hosts[slot]?.id ?? []);
    },
    move(ids, to) {
      for (const id of ids) {
        const from = hostOf.get(id);
        lift(id);
        shift(id, to, 1);
        if (from !== undefined) index.changed(from);
      }
      index.changed(to);
      sequence += 1;
      lastHostOrder = host(to).order;
    },
  };
}

function isWide(strategies: readonly AppliedStrategy[]): boolean {
  return strategies.some(({ strategy }) => strategy.perHost === undefined);
}

function toResident({ entityId, name, type, parentId, applicationId, application }: PlacementRequest): Resident {
  return { entityId, name, type, parentId, applicationId, application };
}
