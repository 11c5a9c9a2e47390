import { type AppliedStrategy, decidePlacement } from '../server/domain/placement/decide-placement.ts';
import type { PlacementContext, Resident, StrategyChoice } from '../server/domain/placement/placement.ts';
import { createPlacementIndex } from '../server/domain/placement/placement-index.ts';
import type { PlacementKind, SeenHost } from '../server/domain/placement/placement-kind.ts';
import type { PlacementPlugin } from '../server/domain/placement/placement-plugin.ts';
import { resolveStrategies } from '../server/domain/placement/resolve-strategies.ts';
import type { EntityId } from '../server/domain/shared/ids.ts';
import { loadPlugins } from '../server/plugins/registry.ts';
import { aHostView, aRequest } from '../server/testing/placement.ts';
import { alternate, type Bench, median, rounded, summarise } from './support/bench.ts';

const HOSTS = 5_000;
const PLACEMENTS = 1_000_000;
const SCANNED = 30_000;
const LIMIT = 254;
const ORACLE = { hosts: 500, placements: 127_000 };

const LIMITED: StrategyChoice = { strategy: 'max-containers', config: { maxContainers: LIMIT } };
/** What is measured against the scan: limits of count, memory and CPUs, and for every other request a zone. */
const MIXED: readonly StrategyChoice[] = [
  LIMITED,
  { strategy: 'memory-reservation', config: {} },
  { strategy: 'cpu-reservation', config: {} },
  { strategy: 'least-containers', config: {} },
];
const ZONES = ['zone-2', 'zone-3', 'zone-4'];
const IN_ZONE: readonly StrategyChoice[] = [{ strategy: 'geographic', config: { zones: ZONES } }];
const CASES: Readonly<Record<string, readonly StrategyChoice[]>> = {
  'depth-first': [LIMITED, { strategy: 'depth-first', config: {} }],
  'breadth-first': [LIMITED, { strategy: 'breadth-first', config: {} }],
  random: [LIMITED, { strategy: 'random', config: {} }],
  'lowest-memory': [LIMITED, { strategy: 'lowest-memory', config: {} }],
  reservations: [
    { strategy: 'memory-reservation', config: {} },
    { strategy: 'least-containers', config: {} },
  ],
  'labels, zones': [
    LIMITED,
    { strategy: 'labels', config: { labels: 'disk=ssd' } },
    { strategy: 'geographic', config: { spread: 'zone' } },
  ],
  affinity: [LIMITED, { strategy: 'affinity', config: { rules: ['NOT TYPE database'] } }, { strategy: 'least-containers', config: {} }],
  predicate: [
    { strategy: 'predicate', config: { expression: `host.containers < ${LIMIT} && host.labels.disk == "ssd"` } },
    { strategy: 'least-containers', config: {} },
  ],
};

/** Placements a second on many hosts, against a linear scan that is written for the one question and answers it alike. */
export const bench: Bench = {
  name: 'place',
  what: `${PLACEMENTS} placements on ${HOSTS} hosts (limits of count, memory and CPUs, a zone for every other), against a linear scan`,
  async run({ rounds, say, signal }) {
    const { placement } = await loadPlugins();
    const [anywhere, inZone] = [resolve(MIXED, placement), resolve([...MIXED, ...IN_ZONE], placement)];
    const measured = await alternate(
      { rounds: rounds ?? 9, say, signal },
      async () => placeMixed(anywhere, inZone, PLACEMENTS).perSecond,
      async () => scan(SCANNED).perSecond,
    );
    const [ours, scanned] = [placeMixed(anywhere, inZone, SCANNED).chosen, scan(SCANNED).chosen];
    const fromScan = ours.filter((host, at) => host !== scanned[at]).length;
    const detail: Record<string, number> = {};
    for (const [name, choices] of Object.entries(CASES)) {
      signal.throwIfAborted();
      const strategies = resolve(choices, placement);
      detail[`${name}, per s`] = rounded(median(Array.from({ length: 3 }, () => placeAll(strategies, HOSTS, PLACEMENTS).perSecond)));
      say(`${name}: ${detail[`${name}, per s`]}/s`);
    }
    detail['explained, per s'] = rounded(explained(anywhere));
    detail['without the index, per s'] = rounded(withoutIndex(anywhere));
    say('comparing with a look at all hosts');
    const cases = Object.values({ mixed: MIXED, ...CASES });
    const differences = cases.reduce((sum, choices) => sum + differencesFrom(resolve(choices, placement), signal), fromScan);
    const summary = summarise(measured);
    const met =
      summary.ratio >= 60 &&
      (detail['affinity, per s'] ?? 0) >= 200_000 &&
      (detail['predicate, per s'] ?? 0) >= 100_000 &&
      differences === 0;
    return {
      name: 'place',
      unit: 'placements/s',
      ...summary,
      target: '>= 60 x the scan, affinity >= 200,000/s, a predicate >= 100,000/s, 0 differences from a look at all hosts',
      met,
      detail: { hosts: HOSTS, placements: PLACEMENTS, ...detail, differences, compared: SCANNED + ORACLE.placements * cases.length },
    };
  },
};

function resolve(choices: readonly StrategyChoice[], plugins: ReadonlyMap<string, PlacementPlugin>): readonly AppliedStrategy[] {
  const resolved = resolveStrategies(choices, plugins);
  if (!resolved.ok) throw new Error(resolved.message);
  return resolved.strategies;
}

const REQUEST = aRequest({ parentId: 'web' as EntityId, memoryBytes: 2 ** 26, cpus: 0.1 });
const RESIDENT: Resident = { ...REQUEST, type: 'docker-container' };

function makeHosts(count: number): SeenHost[] {
  return Array.from({ length: count }, (_, order) =>
    aHostView({
      order,
      memoryBytes: 2 ** 38,
      memoryUsedBytes: order * 2 ** 20,
      cpus: 64,
      labels: { disk: order % 4 === 0 ? 'hdd' : 'ssd' },
      place: { zone: `zone-${order % 5}` },
      residents: [],
    }),
  );
}

/** What placing does to a host, as the engine does it, without records. */
function addTo(host: SeenHost): void {
  host.containers += 1;
  host.reservedMemoryBytes += REQUEST.memoryBytes ?? 0;
  host.reservedCpus += REQUEST.cpus ?? 0;
  (host.residents as Resident[]).push(RESIDENT);
}

function open(strategies: readonly AppliedStrategy[], count: number) {
  const hosts = makeHosts(count);
  const siblings = new Map<string, number>();
  const index = createPlacementIndex(hosts);
  const kind = addKind('web', strategies);

  function addKind(name: string, rules: readonly AppliedStrategy[]): PlacementKind {
    const added = index.add(name, { strategies: rules, request: REQUEST }, { siblings, refusalOf: () => null });
    if (added === null) throw new Error('these strategies have no index');
    return added;
  }

  function take(host: SeenHost): void {
    addTo(host);
    siblings.set(host.id, (siblings.get(host.id) ?? 0) + 1);
    index.changed(host.id);
  }

  return { hosts, index, kind, siblings, take, addKind };
}

interface Placed {
  readonly perSecond: number;
  readonly chosen: readonly number[];
}

/** Every other request wants a zone. */
function placeMixed(anywhere: readonly AppliedStrategy[], inZone: readonly AppliedStrategy[], placements: number): Placed {
  const { hosts, index, kind, take, addKind } = open(anywhere, HOSTS);
  const kinds = { web: kind, 'web in a zone': addKind('web in a zone', inZone) };
  const chosen: number[] = [];
  const begun = performance.now();
  for (let sequence = 0; sequence < placements; sequence++) {
    const name = sequence % 2 === 0 ? 'web' : 'web in a zone';
    index.known(name);
    const slot = kinds[name].choose(REQUEST, { sequence, lastHostOrder: null });
    const host = hosts[slot];
    if (host) take(host);
    chosen.push(slot);
  }
  return { perSecond: placements / ((performance.now() - begun) / 1000), chosen };
}

function scan(placements: number): Placed {
  const hosts = makeHosts(HOSTS);
  const chosen: number[] = [];
  const begun = performance.now();
  for (let sequence = 0; sequence < placements; sequence++) {
    let best: SeenHost | undefined;
    for (const host of hosts) {
      if (host.containers + host.foreignContainers >= LIMIT) continue;
      if (host.reservedMemoryBytes + (REQUEST.memoryBytes ?? 0) > (host.memoryBytes ?? 0)) continue;
      if (host.reservedCpus + (REQUEST.cpus ?? 0) > (host.cpus ?? 0)) continue;
      if (sequence % 2 === 1 && !ZONES.includes(host.place.zone ?? '')) continue;
      if (best === undefined || host.containers + host.foreignContainers < best.containers + best.foreignContainers) best = host;
    }
    if (best) addTo(best);
    chosen.push(best?.order ?? -1);
  }
  return { perSecond: placements / ((performance.now() - begun) / 1000), chosen };
}

function placeAll(strategies: readonly AppliedStrategy[], hostCount: number, placements: number): { readonly perSecond: number } {
  const { hosts, index, kind, take } = open(strategies, hostCount);
  const begun = performance.now();
  let lastHostOrder: number | null = null;
  let done = 0;
  for (let sequence = 0; sequence < placements; sequence++) {
    index.known('web');
    const host: SeenHost | undefined = hosts[kind.choose(REQUEST, { sequence, lastHostOrder })];
    if (host === undefined) break;
    take(host);
    lastHostOrder = host.order;
    done++;
  }
  return { perSecond: done / ((performance.now() - begun) / 1000) };
}

/** With the reasons of each, as the engine keeps them. */
function explained(strategies: readonly AppliedStrategy[]): number {
  const { hosts, index, kind, take } = open(strategies, HOSTS);
  const count = 100_000;
  const begun = performance.now();
  for (let sequence = 0; sequence < count; sequence++) {
    index.known('web');
    const asked = { request: REQUEST, strategies, context: { sequence, lastHostOrder: null } };
    const chosen = index.decide(kind, asked)?.hostId;
    const host = hosts[Number(chosen?.slice('host-'.length))];
    if (host) take(host);
  }
  return count / ((performance.now() - begun) / 1000);
}

/** Looking at all hosts each time, as for what cannot be indexed. */
function withoutIndex(strategies: readonly AppliedStrategy[]): number {
  const { hosts, take } = open(strategies, HOSTS);
  const candidates = hosts.map((host) => ({ host, refusal: null }));
  const count = 100;
  const begun = performance.now();
  for (let sequence = 0; sequence < count; sequence++) {
    const { hostId } = decidePlacement(REQUEST, candidates, strategies, { sequence, lastHostOrder: null });
    const host = hosts[Number(hostId?.slice('host-'.length))];
    if (host) take(host);
  }
  return count / ((performance.now() - begun) / 1000);
}

/** How often the index takes another host than one who goes through all of them, until no host has room. */
function differencesFrom(strategies: readonly AppliedStrategy[], signal: AbortSignal): number {
  const { hosts, index, kind, siblings, take } = open(strategies, ORACLE.hosts);
  const anybody = { ...REQUEST, entityId: '' as EntityId };
  let differences = 0;
  let lastHostOrder: number | null = null;
  for (let sequence = 0; sequence < ORACLE.placements; sequence++) {
    if (sequence % 1_000 === 0) signal.throwIfAborted();
    const context: PlacementContext = { sequence, lastHostOrder, all: hosts };
    for (const host of hosts) host.siblings = siblings.get(host.id) ?? 0;
    const left = strategies.reduce<readonly SeenHost[]>(
      (some, { strategy, config }) => strategy.apply(some, anybody, config, context).hosts,
      hosts,
    );
    index.known('web');
    const host: SeenHost | undefined = hosts[kind.choose(anybody, context)];
    if (host?.id !== left[0]?.id) differences++;
    if (host === undefined) continue;
    take(host);
    lastHostOrder = host.order;
  }
  return differences;
}
