import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decidePlacement } from '../../domain/placement/decide-placement.ts';
import type { PlacementRequest, Resident, StrategyChoice } from '../../domain/placement/placement.ts';
import { createPlacementIndex } from '../../domain/placement/placement-index.ts';
import type { SeenHost } from '../../domain/placement/placement-kind.ts';
import { resolveStrategies } from '../../domain/placement/resolve-strategies.ts';
import { aHostView, aRequest } from '../../testing/placement.ts';
import { loadPlugins } from '../registry.ts';

const { placement } = await loadPlugins();
const GIB = 1024 ** 3;

const CHOICES: readonly StrategyChoice[] = [
  { strategy: 'depth-first', config: {} },
  { strategy: 'breadth-first', config: {} },
  { strategy: 'random', config: {} },
  { strategy: 'least-containers', config: {} },
  { strategy: 'lowest-cpu', config: {} },
  { strategy: 'lowest-memory', config: {} },
  { strategy: 'max-containers', config: { maxContainers: 3 } },
  { strategy: 'max-cpu', config: { maxCpu: 0.8 } },
  { strategy: 'max-memory', config: {} },
  { strategy: 'memory-reservation', config: {} },
  { strategy: 'cpu-reservation', config: {} },
  { strategy: 'hostname', config: { 'docker.constraint.hostname': 'host-[0-6]' } },
  { strategy: 'labels', config: { labels: ['disk=ssd'] } },
  { strategy: 'affinity', config: { rules: ['NOT TYPE db'] } },
  { strategy: 'affinity', config: { rules: ['APPLICATION'] } },
  { strategy: 'group', config: {} },
  { strategy: 'provisioning-flags', config: { minRam: '2g' } },
  { strategy: 'geographic', config: { zones: ['a', 'b'] } },
  { strategy: 'geographic', config: { spread: 'zone' } },
  { strategy: 'predicate', config: { expression: 'host.containers < 3' } },
  { strategy: 'predicate', config: { expression: 'host.siblings < 2 && container.name != "web-1"' } },
];

const host = fc.record({
  cpu: fc.constantFrom(null, 0.1, 0.1, 0.9),
  memoryBytes: fc.constantFrom(GIB, 4 * GIB),
  memoryUsedBytes: fc.constantFrom(0, GIB / 2),
  cpus: fc.constantFrom(1, 4),
  foreignContainers: fc.nat(2),
  ssd: fc.boolean(),
  zone: fc.constantFrom(undefined, 'a', 'b', 'c'),
  refusal: fc.constantFrom(null, null, null, 'cordoned'),
});
const request = fc.record({
  type: fc.constantFrom('web', 'db'),
  parent: fc.constantFrom('p', 'q'),
  memoryBytes: fc.constantFrom(null, GIB / 2),
  cpus: fc.constantFrom(null, 0.5),
});

interface World {
  readonly hosts: SeenHost[];
  readonly refusals: ReadonlyMap<string, string | null>;
  readonly siblings: Map<string, Map<string, number>>;
}

function siblingsOf({ siblings }: World, parent: string): Map<string, number> {
  const known = siblings.get(parent) ?? new Map<string, number>();
  siblings.set(parent, known);
  return known;
}

function take(world: World, hostId: string, { parentId, ...asked }: PlacementRequest): void {
  const seen = world.hosts.find(({ id }) => id === hostId);
  if (seen === undefined) return;
  const { entityId, name, type, applicationId, application } = asked;
  seen.containers += 1;
  seen.reservedMemoryBytes += asked.memoryBytes ?? 0;
  seen.reservedCpus += asked.cpus ?? 0;
  seen.residents = [...seen.residents, { entityId, name, type, parentId, applicationId, application } as Resident];
  const counts = siblingsOf(world, parentId ?? '');
  counts.set(hostId, (counts.get(hostId) ?? 0) + 1);
}

describe('an index of hosts', () => {
  it('decides as one who looks at all hosts each time, with the same reasons, whatever the strategies', () => {
    let indexed = 0;
    const hosts = fc.array(host, { minLength: 1, maxLength: 12 });
    const choices = fc.array(fc.constantFrom(...CHOICES), { maxLength: 4 });
    fc.assert(
      fc.property(hosts, choices, fc.array(request, { minLength: 1, maxLength: 25 }), (some, chosen, requests) => {
        const resolved = resolveStrategies(chosen, placement);
        if (!resolved.ok) throw new Error(resolved.message);
        const { strategies } = resolved;
        const world: World = {
          hosts: some.map(({ ssd, zone, refusal: _, ...rest }, order) =>
            aHostView({ order: order * 2, ...rest, labels: ssd ? { disk: 'ssd' } : {}, place: zone === undefined ? {} : { zone } }),
          ),
          refusals: new Map(some.map(({ refusal }, order) => [`host-${order * 2}`, refusal])),
          siblings: new Map(),
        };
        const index = createPlacementIndex(world.hosts);
        const refusalOf = ({ id }: { readonly id: string }) => world.refusals.get(id) ?? null;
        let lastHostOrder: number | null = null;
        for (const [sequence, { type, parent, ...rest }] of requests.entries()) {
          const name = `${type}-${sequence}`;
          const asked = aRequest({ entityId: name as never, name, type, parentId: parent as never, ...rest });
          const context = { sequence, lastHostOrder };
          const siblings = siblingsOf(world, parent);
          const candidates = world.hosts.map((one) => ({
            host: { ...one, siblings: siblings.get(one.id) ?? 0 },
            refusal: refusalOf(one),
          }));
          const expected = decidePlacement(asked, candidates, strategies, context);
          const key = JSON.stringify([type, parent, rest]);
          const known = index.known(key);
          const kind = known === undefined ? index.add(key, { strategies, request: asked }, { siblings, refusalOf }) : known;
          if (kind !== null) {
            indexed += 1;
            const decided = index.decide(kind, { request: asked, strategies, context });
            expect(decided ?? index.nowhere(key, asked, () => expected)).toEqual(expected);
            expect(decided?.hostId ?? null).toBe(expected.hostId);
            expect(index.hosts[kind.choose(asked, context)]?.id ?? null).toBe(expected.hostId);
          }
          if (expected.hostId === null) continue;
          take(world, expected.hostId, asked);
          index.changed(expected.hostId);
          lastHostOrder = world.hosts.find(({ id }) => id === expected.hostId)?.order ?? null;
        }
      }),
      { numRuns: 400 },
    );
    expect(indexed).toBeGreaterThan(1_000);
  });

  it('does so when a host changes for another reason', () => {
    const hosts: SeenHost[] = [aHostView({ order: 1, cpu: 0.1 }), aHostView({ order: 2, cpu: 0.5 })];
    const resolved = resolveStrategies([{ strategy: 'lowest-cpu', config: {} }], placement);
    if (!resolved.ok) throw new Error(resolved.message);
    const index = createPlacementIndex(hosts);
    const asked = aRequest();
    index.add('web', { strategies: resolved.strategies, request: asked }, { siblings: new Map(), refusalOf: () => null });
    const [first] = hosts;
    if (first) first.cpu = 0.9;
    index.changed('host-1' as never);
    expect(index.known('web')?.choose(asked, { sequence: 0, lastHostOrder: null })).toBe(1);
  });
});
