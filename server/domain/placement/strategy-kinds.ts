import type { HostId } from '../shared/ids.ts';
import type { Json } from '../shared/json.ts';
import type { HostScore, HostView, PerHost, PlacementContext, PlacementRequest, PlacementStrategy, StrategyOutcome } from './placement.ts';
import { seededRandom } from './seeded-random.ts';

type Config = Readonly<Record<string, Json>>;

/** A strategy that looks at one host at a time: a reason to refuse it, or null. `more`: see `PerHost`. */
export function refusing(
  refuse: (host: HostView, request: PlacementRequest, config: Config) => string | null,
  more: Pick<PerHost, 'readsName' | 'isMeasured'> = {},
): PlacementStrategy {
  return judging({ refuse, ...more });
}

/** A strategy that orders hosts by a number of each, the smallest first; equal ones keep their order, so that of several the last decides. */
export function scoring(
  ordered: string,
  of: (host: HostView, request: PlacementRequest, config: Config) => number,
  more: Pick<HostScore, 'tell' | 'leastGain'> = {},
): PlacementStrategy {
  return judging({ score: { ordered, of, ...more } });
}

export function ordering(by: 'joined' | 'turn' | 'random', ordered: string): PlacementStrategy {
  return judging({ order: { ordered, by } });
}

/** A strategy of parts that each see one host: the whole follows from them. */
export function judging(perHost: PerHost): PlacementStrategy {
  const { refuse, order, score, spread } = perHost;
  return {
    perHost,
    apply(given, request, config, context) {
      const { hosts: fitting, refused } =
        refuse === undefined ? { hosts: given, refused: [] } : sift(given, (host) => refuse(host, request, config));
      let hosts = order === undefined ? fitting : inOrder(order.by, fitting, request, context);
      let ordered = order?.ordered;
      if (score !== undefined) {
        hosts = byNumber(hosts, (host) => score.of(host, request, config));
        ordered = score.ordered;
      }
      const groupOf = spread === undefined ? null : (host: HostView) => spread.groupOf(host, config);
      if (spread !== undefined && groupOf !== null && hosts.some((host) => groupOf(host) !== null)) {
        hosts = byNumber(hosts, siblingsAround(context.all ?? given, groupOf));
        ordered = spread.ordered(config);
      }
      return { hosts, refused, ...(ordered === undefined ? {} : { ordered }) };
    },
  };
}

function sift(hosts: readonly HostView[], refuse: (host: HostView) => string | null): Pick<StrategyOutcome, 'hosts' | 'refused'> {
  const fitting: HostView[] = [];
  const refused: { readonly hostId: HostId; readonly reason: string }[] = [];
  for (const host of hosts) {
    const reason = refuse(host);
    if (reason === null) fitting.push(host);
    else refused.push({ hostId: host.id, reason });
  }
  return { hosts: fitting, refused };
}

function byNumber(hosts: readonly HostView[], of: (host: HostView) => number): readonly HostView[] {
  return hosts
    .map((host) => ({ host, number: of(host) }))
    .sort((a, b) => (a.number < b.number ? -1 : a.number > b.number ? 1 : 0))
    .map(({ host }) => host);
}

/** Siblings in the group of a host; none is like infinitely many. */
function siblingsAround(all: readonly HostView[], groupOf: (host: HostView) => string | null | undefined): (host: HostView) => number {
  const siblings = new Map<string, number>();
  for (const host of all) {
    const group = groupOf(host);
    if (typeof group === 'string') siblings.set(group, (siblings.get(group) ?? 0) + host.siblings);
  }
  return (host) => siblings.get(groupOf(host) ?? '') ?? Number.POSITIVE_INFINITY;
}

function inOrder(
  by: 'joined' | 'turn' | 'random',
  hosts: readonly HostView[],
  request: PlacementRequest,
  context: PlacementContext,
): readonly HostView[] {
  const joined = hosts.toSorted(byJoining);
  if (by === 'joined') return joined;
  if (by === 'random') return shuffle(joined, shuffling(request, context));
  const { lastHostOrder } = context;
  const next = lastHostOrder === null ? 0 : joined.findIndex(({ order }) => order > lastHostOrder);
  return next <= 0 ? joined : [...joined.slice(next), ...joined.slice(0, next)];
}

/** As hosts joined their cloud. */
export function byJoining(a: HostView, b: HostView): number {
  return a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** The numbers of one shuffle: the seed is the entity and the number of the placement, so that a decision can be replayed. */
export function shuffling({ entityId }: PlacementRequest, { sequence }: PlacementContext): () => number {
  return seededRandom(`${entityId}/${sequence}`);
}

/** Fisher-Yates from the front: the first number alone tells who is first. */
function shuffle(hosts: HostView[], random: () => number): readonly HostView[] {
  for (let place = 0; place < hosts.length - 1; place += 1) {
    const other = place + Math.floor(random() * (hosts.length - place));
    const [a, b] = [hosts[place], hosts[other]];
    if (a === undefined || b === undefined) break;
    hosts[place] = b;
    hosts[other] = a;
  }
  return hosts;
}

/** What is made of config once, not for each host. */
export function madeOf<Made extends object>(make: (config: Config) => Made): (config: Config) => Made {
  const known = new WeakMap<Config, Made>();
  return (config) => {
    const before = known.get(config);
    if (before !== undefined) return before;
    const made = make(config);
    known.set(config, made);
    return made;
  };
}

/** A part from 0 to 1 of config, as a number or text. */
export function partOf(config: Config, key: string, otherwise: number): number {
  const value = Number(config[key] ?? otherwise);
  return Number.isFinite(value) ? value : otherwise;
}

export function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}

export function gibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}

/** Texts of config: a list, or one text with several on lines or with commas. */
export function textsOf(value: Json | undefined): readonly string[] {
  const items = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  return items
    .flatMap((item) => String(item).split(/[\n,]/))
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
