import type { EntityId } from '../shared/ids.ts';
import { type Asked, noHost, type PlacementOutcome } from './decide-placement.ts';
import { explainChoice, MOST_REFUSED, MOST_RUNNERS_UP, type RefusedHosts } from './explain-placement.ts';
import type { HostView, PlacementRequest } from './placement.ts';
import { createPlacementKind, type KindInput, type PlacementKind, type SeenHost } from './placement-kind.ts';
import { shapeOf } from './placement-shape.ts';

/**
 * Many placements on the hosts of one cloud, each as `decidePlacement` would decide it, without looking at all hosts each time: for each
 * kind of request it is kept which hosts fit and which is the best, and only hosts that have changed are looked at again.
 */
export interface PlacementIndex {
  /** The hosts, to be changed in place. */
  readonly hosts: readonly SeenHost[];
  /** What was found for a kind of request before, brought up to date; undefined: not asked yet; null: such are decided by looking at all hosts. */
  known(kind: string): PlacementKind | null | undefined;
  /** `asked`: any of the kind, that has no container on these hosts. */
  add(kind: string, asked: Pick<Asked, 'strategies' | 'request'>, input: Pick<KindInput, 'siblings' | 'refusalOf'>): PlacementKind | null;
  /** A host was changed in place. */
  changed(hostId: HostView['id']): void;
  /** The decision with its reasons; null where no host fits: see `nowhere`. */
  decide(kind: PlacementKind, asked: Asked): PlacementOutcome | null;
  /**
   * Why no host fits a request of this kind. `lookAtAll` works it out, rule by rule, and is asked once for all of the kind as long as no host changes:
   * where a cloud is full, many wait.
   */
  nowhere(kind: string, request: Pick<PlacementRequest, 'name'>, lookAtAll: () => PlacementOutcome): PlacementOutcome;
}

interface Nowhere {
  /** How many changes there were. */
  readonly seen: number;
  /** Whose it is. */
  readonly name: string;
  readonly outcome: PlacementOutcome;
}

interface Kept {
  readonly kind: PlacementKind | null;
  /** How many of the changes it has seen. */
  seen: number;
}

/** Of no entity: whoever of a kind is placed is a resident for the others. */
const NOBODY = '' as EntityId;

/** `hosts` in the order in which they joined. */
export function createPlacementIndex(hosts: readonly SeenHost[]): PlacementIndex {
  const slots = new Map(hosts.map(({ id }, slot) => [id, slot]));
  const kinds = new Map<string, Kept>();
  const changes: number[] = [];
  const none = new Map<string, Nowhere>();

  function update(kept: Kept): PlacementKind | null {
    const { kind } = kept;
    if (kind !== null) for (; kept.seen < changes.length; kept.seen += 1) kind.look(changes[kept.seen] ?? 0);
    return kind;
  }

  function refusedOf(kind: PlacementKind): readonly RefusedHosts[] {
    const rules = [{ id: 'host' }, ...kind.shape.refusals];
    const found = rules.map(({ id: by }) => ({ by, hosts: [] as { readonly host: HostView; readonly reason: string }[], count: 0 }));
    for (const [slot, host] of hosts.entries()) {
      const refusal = kind.refusalAt(slot);
      const rule = refusal === null ? undefined : found[refusal.by + 1];
      if (refusal === null || rule === undefined) continue;
      rule.count += 1;
      if (rule.hosts.length < MOST_REFUSED) rule.hosts.push({ host, reason: refusal.reason });
    }
    return found.filter(({ count }) => count > 0);
  }

  return {
    hosts,
    known(name) {
      const kept = kinds.get(name);
      return kept === undefined ? undefined : update(kept);
    },
    add(name, { strategies, request }, input) {
      const [sample] = hosts;
      const shape = sample === undefined ? null : shapeOf(strategies, sample);
      const any = { ...request, entityId: NOBODY, name: '' };
      const kind = shape === null || shape.readsName ? null : createPlacementKind({ shape, request: any, hosts, ...input });
      kinds.set(name, { kind, seen: changes.length });
      return kind;
    },
    changed(hostId) {
      const slot = slots.get(hostId);
      if (slot !== undefined) changes.push(slot);
    },
    nowhere(kind, { name }, lookAtAll) {
      const before = none.get(kind);
      if (before?.seen === changes.length) return renamed(before, name);
      const outcome = lookAtAll();
      none.set(kind, { seen: changes.length, name, outcome });
      return outcome;
    },
    decide(kind, { request, context }) {
      const ranked = kind.ranked(request, context, MOST_RUNNERS_UP + 1).flatMap((slot) => hosts[slot] ?? []);
      const [chosen] = ranked;
      if (chosen === undefined) return null;
      const { orderedBy } = kind.shape;
      const refused = kind.fitting === hosts.length ? [] : refusedOf(kind);
      return { hostId: chosen.id, explanation: explainChoice({ request, refused, ranked, fitting: kind.fitting, orderedBy }) };
    },
  };
}

function renamed({ name: before, outcome }: Nowhere, name: string): PlacementOutcome {
  const explanation = outcome.explanation.map((reason) => ({ ...reason, text: reason.text.replace(noHost(before), () => noHost(name)) }));
  return { ...outcome, explanation };
}
