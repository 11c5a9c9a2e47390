import { type AppliedStrategy, decidePlacement, type PlacementCandidate } from '../server/domain/placement/decide-placement.ts';
import { resolveStrategies } from '../server/domain/placement/resolve-strategies.ts';
import type { EntityId } from '../server/domain/shared/ids.ts';
import { loadPlugins } from '../server/plugins/registry.ts';
import { aHostView, aRequest } from '../server/testing/placement.ts';
import { alternate, type Bench, summarise } from './support/bench.ts';

const HOSTS = 5_000;
const PLACEMENTS = 200;
const LIMIT = 200;

/** Placements a second, with the explanation of each, against a bare linear scan that explains nothing. */
export const bench: Bench = {
  name: 'place',
  what: `placements a second on ${HOSTS} hosts (max-containers, breadth-first), each explained, against a linear scan`,
  async run({ rounds, say, signal }) {
    const { placement } = await loadPlugins();
    const resolved = resolveStrategies(
      [
        { strategy: 'max-containers', config: { maxContainers: LIMIT } },
        { strategy: 'breadth-first', config: {} },
      ],
      placement,
    );
    if (!resolved.ok) throw new Error('the strategies of the bench do not resolve');
    const measured = await alternate(
      { rounds: rounds ?? 9, say, signal },
      async () => explained(resolved.strategies),
      async () => scan(),
    );
    return {
      name: 'place',
      unit: 'placements/s',
      ...summarise(measured),
      target: 'none yet: first figure',
      met: true,
      detail: { hosts: HOSTS, placements: PLACEMENTS },
    };
  },
};

function explained(strategies: readonly AppliedStrategy[]): number {
  const candidates = Array.from({ length: HOSTS }, (_, n): PlacementCandidate => ({ host: aHostView({ order: n }), refusal: null }));
  const begun = performance.now();
  let lastHostOrder: number | null = null;
  for (let sequence = 0; sequence < PLACEMENTS; sequence++) {
    const request = aRequest({ entityId: `e${sequence}` as EntityId });
    const { hostId } = decidePlacement(request, candidates, strategies, { sequence, lastHostOrder });
    const index = candidates.findIndex(({ host }) => host.id === hostId);
    const taken = candidates[index];
    if (!taken) continue;
    lastHostOrder = taken.host.order;
    candidates[index] = { ...taken, host: { ...taken.host, containers: taken.host.containers + 1 } };
  }
  return PLACEMENTS / ((performance.now() - begun) / 1000);
}

function scan(): number {
  const hosts = Array.from({ length: HOSTS }, (_, n) => aHostView({ order: n }));
  const counts = hosts.map(() => 0);
  const begun = performance.now();
  for (let n = 0; n < PLACEMENTS; n++) {
    let best = -1;
    for (let k = 0; k < HOSTS; k++) {
      const count = counts[k] ?? 0;
      if (count < LIMIT && (best < 0 || count < (counts[best] ?? 0))) best = k;
    }
    counts[best] = (counts[best] ?? 0) + 1;
  }
  return PLACEMENTS / ((performance.now() - begun) / 1000);
}
