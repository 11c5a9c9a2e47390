import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AppliedStrategy } from '../../domain/placement/decide-placement.ts';
import type { StrategyChoice } from '../../domain/placement/placement.ts';
import { proposeMoves } from '../../domain/placement/propose-moves.ts';
import { resolveStrategies } from '../../domain/placement/resolve-strategies.ts';
import type { EntityId, HostId } from '../../domain/shared/ids.ts';
import { aMoveWorld, aPlaced, askPlacement, type MoveWorld, moved, toInput } from '../../testing/move-world.ts';
import { aHostView } from '../../testing/placement.ts';
import { loadPlugins } from '../registry.ts';

const { placement } = await loadPlugins();
const GIB = 1024 ** 3;

function strategies(...choices: readonly StrategyChoice[]): readonly AppliedStrategy[] {
  const resolved = resolveStrategies(choices, placement);
  if (!resolved.ok) throw new Error(resolved.message);
  return resolved.strategies;
}

function by(strategy: string, config: StrategyChoice['config'] = {}): StrategyChoice {
  return { strategy, config };
}

/** Members `web-0` and so on, on hosts with these numbers of them. */
function spread(counts: readonly number[], applied: readonly AppliedStrategy[], hosts = counts.map((_, order) => aHostView({ order }))) {
  let next = 0;
  const placed = counts.flatMap((count, order) =>
    Array.from({ length: count }, () => aPlaced({ id: `web-${next++}`, host: `host-${order}`, strategies: applied })),
  );
  return aMoveWorld(hosts, placed);
}

const done = (world: MoveWorld, proposal = proposeMoves(toInput(world))): MoveWorld =>
  proposal.moves.reduce(
    (now, { entities, to }) =>
      moved(
        now,
        entities.map(({ id }) => id),
        to,
      ),
    world,
  );
const counts = ({ bare, placed }: MoveWorld) => bare.map(({ id }) => placed.filter(({ hostId }) => hostId === id).length);

describe('proposed moves', () => {
  it('even out what is lopsided with as few moves as that takes, and tell the numbers', () => {
    const world = spread([12, 5, 0], strategies(by('least-containers')));
    const proposal = proposeMoves(toInput(world));
    expect(counts(done(world, proposal))).toEqual([6, 6, 5]);
    expect(proposal.moves).toHaveLength(6);
    expect(proposal.moves[0]).toMatchObject({ fromName: 'host-0', toName: 'host-2', cause: 'better' });
    expect(proposal.moves[0]?.reasons).toEqual([
      'host-2 is the first host that takes it: fewest containers',
      'host-0 has 12 containers now, host-2 will have 1 container',
    ]);
    expect(proposal.hosts).toEqual([
      { hostId: 'host-0', name: 'host-0', before: 12, after: 6 },
      { hostId: 'host-1', name: 'host-1', before: 5, after: 6 },
      { hostId: 'host-2', name: 'host-2', before: 0, after: 5 },
    ]);
  });

  it('are none where two hosts would only swap', () => {
    expect(proposeMoves(toInput(spread([3, 2], strategies(by('least-containers'))))).moves).toEqual([]);
  });

  it('are none for what prefers nothing, however lopsided', () => {
    for (const choice of [by('random'), by('breadth-first')]) {
      expect(proposeMoves(toInput(spread([9, 0], strategies(choice)))).moves).toEqual([]);
    }
  });

  it('bring down to its limit a host that is above it, whatever orders', () => {
    for (const choice of [by('random'), by('breadth-first'), by('depth-first'), by('least-containers')]) {
      const world = spread([5, 1, 0], strategies(by('max-containers', { maxContainers: 3 }), choice));
      const proposal = proposeMoves(toInput(world));
      expect(Math.max(...counts(done(world, proposal)))).toBeLessThanOrEqual(3);
      expect(proposal.moves[0]).toMatchObject({ cause: 'rule' });
      expect(proposal.moves[0]?.reasons[0]).toBe('host-0 would not take web-0 now, by max-containers: has 4 of at most 3 containers');
    }
  });

  it('leave a host that has lost its label, and say of those that no host takes why they are stuck', () => {
    const labelled = strategies(by('labels', { labels: ['disk=ssd'] }), by('max-containers', { maxContainers: 2 }));
    const world = spread([3, 0], labelled, [aHostView({ order: 0 }), aHostView({ order: 1, labels: { disk: 'ssd' } })]);
    const proposal = proposeMoves(toInput(world));
    expect(counts(done(world, proposal))).toEqual([1, 2]);
    expect(proposal.stuck).toEqual([{ id: 'web-2', name: 'web-2', reason: expect.stringContaining('by labels') }]);
  });

  it('spread siblings over zones', () => {
    const zones = ['a', 'a', 'b'].map((zone, order) => aHostView({ order, place: { zone } }));
    const world = spread([2, 2, 0], strategies(by('geographic', { spread: 'zone' })), zones);
    const proposal = proposeMoves(toInput(world));
    const [one, other, far] = counts(done(world, proposal));
    expect([(one ?? 0) + (other ?? 0), far]).toEqual([2, 2]);
    expect(proposal.moves[0]?.reasons.at(-1)).toBe('4 of its siblings are in a now, 1 will be in b');
  });

  it('empty a younger host for depth first, or leave it alone where it cannot be emptied', () => {
    const limited = strategies(by('max-containers', { maxContainers: 4 }), by('depth-first'));
    expect(counts(done(spread([2, 3, 2], limited)))).toEqual([4, 3, 0]);
    expect(proposeMoves(toInput(spread([3, 3, 3], limited))).moves).toEqual([]);
    expect(proposeMoves(toInput(spread([0, 3], limited))).moves).toEqual([]);
  });

  it('take what has to be together together', () => {
    const applied = strategies(by('least-containers'));
    const world = { ...spread([6, 0], applied), groups: [['web-0', 'web-1', 'web-2'] as EntityId[]] };
    const proposal = proposeMoves(toInput(world));
    expect(proposal.moves.map(({ entities }) => entities.map(({ id }) => id))).toEqual([['web-0', 'web-1', 'web-2']]);
    expect(proposeMoves(toInput({ ...spread([5, 2], applied), groups: world.groups })).moves).toEqual([]);
  });

  it('go nowhere where a rule of somebody else would be broken', () => {
    const [web, db] = [strategies(by('least-containers')), strategies(by('affinity', { rules: ['NOT TYPE web'] }))];
    const placed = [
      ...['a', 'b', 'c'].map((id) => aPlaced({ id, host: 'host-0', strategies: web })),
      aPlaced({ id: 'db', host: 'host-1', strategies: db, type: 'db', parent: 'q' }),
    ];
    const world = aMoveWorld([aHostView({ order: 0 }), aHostView({ order: 1 })], placed);
    expect(proposeMoves(toInput(world)).moves).toEqual([]);
  });

  it('follow what each container uses, at most so many a host, and leave what differs by little', () => {
    const applied = strategies(by('lowest-cpu'));
    const hosts = [0, 1].map((order) => aHostView({ order, cpu: 0.02, cpus: 1 }));
    const placed = [0, 1, 2, 3, 4, 5, 6, 7].map((at) => aPlaced({ id: `w${at}`, host: 'host-0', strategies: applied, usedCpus: 0.1 }));
    const world = aMoveWorld(hosts, placed);
    expect(counts(done(world))).toEqual([4, 4]);
    const few = proposeMoves(toInput(world, { mostMeasured: 2 }));
    expect(few.moves).toHaveLength(2);
    expect(few.notes).toEqual([expect.stringContaining('ask again once the moves have been measured')]);
    const unknown = aMoveWorld(
      hosts.map((host) => aHostView({ ...host, cpu: host.order === 0 ? 0.9 : 0.1 })),
      placed.map((one) => ({ ...one, usage: { cpus: null, memoryBytes: null } })),
    );
    expect(proposeMoves(toInput(unknown)).moves).toEqual([]);
  });

  it('leave hosts that are held only by a rule, and none for one that takes nothing', () => {
    const world = spread([6, 0, 0], strategies(by('least-containers')));
    expect(proposeMoves(toInput(world, { held: new Set(['host-0' as HostId]) })).moves).toEqual([]);
    expect(counts(done({ ...world, refused: new Map([['host-1', 'cordoned']]) }))).toEqual([3, 0, 3]);
  });

  it('are cut at the limit, and go on from there', () => {
    const world = spread([12, 0], strategies(by('least-containers')));
    const first = proposeMoves(toInput(world, { limit: 4 }));
    expect([first.moves.length, first.more]).toEqual([4, true]);
    const rest = proposeMoves(toInput(done(world, first), { limit: 4 }));
    expect([rest.moves.length, rest.more]).toEqual([2, false]);
  });

  it('follow rules alone where preferences chase each other for ever', () => {
    const near = { strategy: scored('near others', ({ residents }) => -residents.length), id: 'near', config: {} };
    const far = { strategy: scored('far from others', ({ residents }) => residents.length), id: 'far', config: {} };
    const placed = [
      aPlaced({ id: 'cat', host: 'host-0', strategies: [near], parent: 'p' }),
      aPlaced({ id: 'mouse', host: 'host-0', strategies: [far], parent: 'q' }),
    ];
    const proposal = proposeMoves(toInput(aMoveWorld([aHostView({ order: 0 }), aHostView({ order: 1 })], placed)));
    expect(proposal.moves).toEqual([]);
    expect(proposal.notes).toEqual([expect.stringContaining('does not go together')]);
  });
});

function scored(ordered: string, of: NonNullable<NonNullable<AppliedStrategy['strategy']['perHost']>['score']>['of']) {
  const [{ strategy } = { strategy: undefined }] = strategies(by('least-containers'));
  if (strategy === undefined) throw new Error('no strategy');
  return { ...strategy, perHost: { score: { ordered, of } } };
}

const ORDERS: readonly StrategyChoice[] = [
  by('depth-first'),
  by('breadth-first'),
  by('random'),
  by('least-containers'),
  by('lowest-cpu'),
  by('lowest-memory'),
  by('geographic', { spread: 'zone' }),
];
const RULES: readonly StrategyChoice[] = [
  by('max-containers', { maxContainers: 3 }),
  by('max-cpu', { maxCpu: 0.8 }),
  by('max-memory'),
  by('memory-reservation'),
  by('cpu-reservation'),
  by('hostname', { hostname: 'host-[0-4]' }),
  by('labels', { labels: ['disk=ssd'] }),
  by('affinity', { rules: ['NOT TYPE db'] }),
  by('affinity', { rules: ['APPLICATION'] }),
  by('affinity', { rules: ['NOT NAME c1'] }),
  by('affinity', { rules: ['NOT EMPTY'] }),
  by('group'),
  by('provisioning-flags', { minRam: '2g' }),
  by('geographic', { zones: ['a', 'b'] }),
  by('predicate', { expression: 'host.containers < 3' }),
  by('predicate', { expression: 'host.siblings < 2 && container.name != "c1"' }),
];

const cloud = fc.record({
  hosts: fc.array(
    fc.record({
      cpu: fc.constantFrom(null, 0.125, 0.5),
      memoryBytes: fc.constantFrom(GIB, 4 * GIB),
      memoryUsedBytes: fc.constantFrom(0, GIB / 2),
      cpus: fc.constantFrom(1, 4),
      foreignContainers: fc.nat(2),
      ssd: fc.boolean(),
      zone: fc.constantFrom(undefined, 'a', 'b', 'c'),
      refusal: fc.constantFrom(null, null, null, 'cordoned'),
    }),
    { minLength: 1, maxLength: 7 },
  ),
  choices: fc.array(fc.constantFrom(...ORDERS, ...RULES), { maxLength: 3 }),
  own: fc.array(fc.array(fc.constantFrom(...ORDERS, ...RULES), { maxLength: 1 }), { minLength: 2, maxLength: 2 }),
  containers: fc.array(
    fc.record({
      at: fc.nat(6),
      type: fc.constantFrom('web', 'db'),
      family: fc.nat(1),
      memoryBytes: fc.constantFrom(null, GIB / 2),
      usedCpus: fc.constantFrom(null, 0.25, 0.5),
      stays: fc.constantFrom(false, false, false, true),
      withNext: fc.constantFrom(false, false, false, true),
    }),
    { maxLength: 16 },
  ),
});

function toWorld({ hosts, choices, own, containers }: typeof cloud extends fc.Arbitrary<infer T> ? T : never): MoveWorld {
  const bare = hosts.map(({ ssd, zone, refusal: _, ...rest }, order) =>
    aHostView({ order, ...rest, labels: ssd ? { disk: 'ssd' } : {}, place: zone === undefined ? {} : { zone } }),
  );
  const applied = own.map((more) => strategies(...choices, ...more));
  const placed = containers.map(({ at, type, family, memoryBytes, usedCpus }, number) => {
    const host = `host-${at % hosts.length}`;
    return aPlaced({ id: `c${number}`, host, type, parent: `p${family}`, memoryBytes, usedCpus, strategies: applied[family] ?? [] });
  });
  const groups: EntityId[][] = [];
  for (const [number, one] of placed.entries()) {
    if (containers[number]?.stays) continue;
    const before = groups.at(-1);
    const joins = containers[number - 1]?.withNext && placed.find(({ request }) => request.entityId === before?.[0])?.hostId === one.hostId;
    if (joins && before) before.push(one.request.entityId);
    else groups.push([one.request.entityId]);
  }
  const refused = new Map(hosts.flatMap(({ refusal }, order) => (refusal === null ? [] : [[`host-${order}`, refusal] as const])));
  return { bare, placed, groups, refused };
}

function isAgainstRules(world: MoveWorld, id: EntityId): boolean {
  const hostId = world.placed.find(({ request }) => request.entityId === id)?.hostId ?? ('' as HostId);
  return askPlacement(world, id, hostId).explanation.some((reason) => reason.refused && reason.hostId === hostId);
}

describe('whatever the cloud and its strategies', () => {
  it('proposals leave nothing to propose, and take nobody to where a rule refuses it', () => {
    let proposed = 0;
    fc.assert(
      fc.property(cloud, (given) => {
        let world = toWorld(given);
        const proposal = proposeMoves(toInput(world));
        proposed += proposal.moves.length;
        for (const { entities, to } of proposal.moves) {
          const ids = entities.map(({ id }) => id);
          const next = moved(world, ids, to);
          expect(world.refused.get(to)).toBeUndefined();
          for (const { request } of world.placed) {
            const { entityId } = request;
            if (isAgainstRules(next, entityId)) expect(isAgainstRules(world, entityId), `${entityId} after ${ids} to ${to}`).toBe(true);
          }
          world = next;
        }
        expect(proposal.more).toBe(false);
        expect(proposeMoves(toInput(world)).moves).toEqual([]);
      }),
      { numRuns: 1_500 },
    );
    expect(proposed).toBeGreaterThan(500);
  });

  it('proposals that are cut short come to an end', () => {
    fc.assert(
      fc.property(cloud, (given) => {
        let world = toWorld(given);
        const limits = { limit: 2, mostMeasured: 1 };
        for (let round = 0; round < 60; round += 1) {
          const proposal = proposeMoves(toInput(world, limits));
          expect(proposal.moves.length).toBeLessThanOrEqual(2);
          if (proposal.moves.length === 0) return;
          world = done(world, proposal);
        }
        expect.unreachable('still proposes after 60 rounds');
      }),
      { numRuns: 500 },
    );
  });
});
