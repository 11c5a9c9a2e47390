import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPlugins } from '../../plugins/registry.ts';
import { aCandidate, aRequest } from '../../testing/placement.ts';
import { type AppliedStrategy, decidePlacement, type PlacementCandidate } from './decide-placement.ts';
import { MOST_RUNNERS_UP } from './explain-placement.ts';
import type { StrategyChoice } from './placement.ts';
import { resolveStrategies } from './resolve-strategies.ts';

const { placement } = await loadPlugins();

function strategies(...choices: readonly StrategyChoice[]): readonly AppliedStrategy[] {
  const resolved = resolveStrategies(choices, placement);
  if (!resolved.ok) throw new Error(resolved.message);
  return resolved.strategies;
}

const CONFIGS: Readonly<Record<string, StrategyChoice['config']>> = {
  hostname: { hostname: '.*[02468]' },
  predicate: { expression: 'host.containers < 7' },
};
const some = [...placement.keys()].map((strategy) => ({ strategy, config: CONFIGS[strategy] ?? {} }));
const candidates: fc.Arbitrary<readonly PlacementCandidate[]> = fc
  .array(fc.record({ containers: fc.nat(10), foreign: fc.nat(3), refusal: fc.option(fc.constantFrom('is cordoned', 'is unreachable')) }), {
    maxLength: 60,
  })
  .map((hosts) =>
    hosts.map(({ containers, foreign, refusal }, order) => aCandidate({ order, containers, foreignContainers: foreign }, refusal)),
  );

describe('decidePlacement', () => {
  it('chooses the host of the others, whatever the strategies would order, and says why', () => {
    const hosts = [aCandidate({ order: 1, name: 'east-1' }), aCandidate({ order: 2, name: 'east-2' })];
    const home = { hostId: hosts[1]?.host.id ?? ('' as never), hostName: 'east-2', because: 'with the others of network back' };
    const outcome = decidePlacement(aRequest({ name: 'api', home }), hosts, [], { sequence: 0, lastHostOrder: null });
    expect(outcome.hostId).toBe(home.hostId);
    expect(outcome.explanation.map(({ by, text }) => `${by}: ${text}`)).toEqual([
      'same-host: east-1: api has to be on east-2, with the others of network back',
      'same-host: east-2 is chosen for api: with the others of network back',
    ]);
  });

  it('takes the oldest host that fits when no strategy orders', () => {
    const outcome = decidePlacement(
      aRequest(),
      [aCandidate({ order: 2 }), aCandidate({ order: 1 }, 'is cordoned'), aCandidate({ order: 3 })],
      [],
      { sequence: 0, lastHostOrder: null },
    );
    expect(outcome.hostId).toBe('host-2');
    expect(outcome.explanation).toEqual([
      { by: 'host', hostId: 'host-1', text: 'host-1: is cordoned', refused: true },
      { by: 'host', hostId: 'host-2', text: 'host-2 is chosen for web: the oldest host that fits', refused: false },
      { by: 'host', hostId: 'host-3', text: 'host-3 fits too: number 2 in the order', refused: false },
    ]);
  });

  it('keeps an entity on the host of its data', () => {
    const hosts = [aCandidate({ order: 1 }), aCandidate({ order: 2 })];
    const outcome = decidePlacement(aRequest({ boundTo: hosts[1]?.host.id ?? null }), hosts, [], { sequence: 0, lastHostOrder: null });
    expect(outcome.hostId).toBe('host-2');
    expect(outcome.explanation[0]).toMatchObject({
      hostId: 'host-1',
      refused: true,
      text: expect.stringContaining('bound to another host'),
    });
  });

  it('says why for each host when none fits', () => {
    const full = [aCandidate({ order: 1, containers: 8 }), aCandidate({ order: 2, containers: 5, foreignContainers: 3 })];
    const outcome = decidePlacement(aRequest(), full, strategies({ strategy: 'max-containers', config: {} }), {
      sequence: 0,
      lastHostOrder: null,
    });
    expect(outcome.hostId).toBeNull();
    expect(outcome.explanation.map(({ text }) => text)).toEqual([
      'host-1: has 8 of at most 8 containers',
      'host-2: has 8 of at most 8 containers, 3 of them of others',
      'Without max-containers: host-1, host-2 would do',
      'No host for web: all 2 are refused',
    ]);
  });

  it('applies strategies in their order: a limit refuses, and of those that order the last decides', () => {
    const hosts = [aCandidate({ order: 1, containers: 2 }), aCandidate({ order: 2 }), aCandidate({ order: 3 })];
    const list = strategies(
      { strategy: 'MaxContainersPlacementStrategy', config: { maxContainers: 2 } },
      { strategy: 'random', config: {} },
      { strategy: 'depth-first', config: {} },
    );
    expect(decidePlacement(aRequest(), hosts, list, { sequence: 5, lastHostOrder: null }).hostId).toBe('host-2');
  });

  it('gives equal answers to equal questions, whatever order the hosts come in', () => {
    fc.assert(
      fc.property(candidates, fc.subarray(some), fc.nat(1000), (hosts, choices, sequence) => {
        const list = strategies(...choices);
        const first = decidePlacement(aRequest(), hosts, list, { sequence, lastHostOrder: null });
        expect(decidePlacement(aRequest(), [...hosts].reverse(), list, { sequence, lastHostOrder: null }).hostId).toBe(first.hostId);
        expect(decidePlacement(aRequest(), hosts, list, { sequence, lastHostOrder: null })).toEqual(first);
      }),
      { numRuns: 100 },
    );
  });

  it('accounts for every host: refused once, chosen, or among those that would have done', () => {
    fc.assert(
      fc.property(candidates, fc.subarray(some), fc.nat(1000), (hosts, choices, sequence) => {
        const { hostId, explanation } = decidePlacement(aRequest(), hosts, strategies(...choices), { sequence, lastHostOrder: null });
        const told = explanation.flatMap((reason) => reason.hostId ?? []);
        expect(new Set(told).size).toBe(told.length);
        const more = explanation.find((reason) => reason.hostId === null && !reason.refused);
        const unnamed = more === undefined ? 0 : Number(/^\d+/.exec(more.text)?.[0]);
        expect(told.length + unnamed).toBe(hosts.length);
        expect(explanation.some((reason) => reason.hostId === hostId && !reason.refused)).toBe(hostId !== null);
        if (unnamed > 0) expect(explanation.filter((reason) => !reason.refused).length).toBe(MOST_RUNNERS_UP + 2);
      }),
      { numRuns: 100 },
    );
  });

  it('tells which host would do were it not for what is said of it, if every strategy would take it', () => {
    const hosts = [
      aCandidate({ order: 1, containers: 8 }),
      aCandidate({ order: 2 }, 'cordoned: takes no new containers'),
      aCandidate({ order: 3, containers: 9 }, 'in maintenance'),
    ];
    const list = strategies({ strategy: 'max-containers', config: {} });
    const { explanation } = decidePlacement(aRequest(), hosts, list, { sequence: 0, lastHostOrder: null });
    expect(explanation.filter(({ text }) => text.startsWith('Without ')).map(({ text }) => text)).toEqual([
      'Without max-containers: host-1 would do',
      'Without “cordoned: takes no new containers”: host-2 would do',
    ]);
  });

  it('names as many refused hosts as anybody reads, and counts the others', () => {
    const hosts = Array.from({ length: 250 }, (_, order) => aCandidate({ order, containers: 8 }));
    const list = strategies({ strategy: 'max-containers', config: {} });
    const { explanation } = decidePlacement(aRequest(), hosts, list, { sequence: 0, lastHostOrder: null });
    expect(explanation.filter(({ hostId }) => hostId !== null)).toHaveLength(100);
    expect(explanation[100]).toMatchObject({ hostId: null, refused: true, text: '150 more hosts are refused by max-containers' });
  });

  it('spreads by the siblings on all hosts, also on those that take no more', () => {
    const place = (zone: string) => ({ place: { zone } });
    const hosts = [
      aCandidate({ order: 1, siblings: 3, ...place('a') }, 'cordoned'),
      aCandidate({ order: 2, ...place('a') }),
      aCandidate({ order: 3, siblings: 1, ...place('b') }),
    ];
    const list = strategies({ strategy: 'geographic', config: { spread: 'zone' } });
    expect(decidePlacement(aRequest(), hosts, list, { sequence: 0, lastHostOrder: null }).hostId).toBe('host-3');
  });
});

describe('resolveStrategies', () => {
  it('names what it does not know', () => {
    expect(resolveStrategies([{ strategy: 'Best', config: {} }], placement)).toMatchObject({
      ok: false,
      message: expect.stringContaining('“Best”'),
    });
  });

  it('refuses config that is none', () => {
    expect(resolveStrategies([{ strategy: 'max-containers', config: { maxContainers: 'many' } }], placement).ok).toBe(false);
  });
});
