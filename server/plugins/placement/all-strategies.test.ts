import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostView, PlacementRequest, Resident } from '../../domain/placement/placement.ts';
import { resolveStrategies } from '../../domain/placement/resolve-strategies.ts';
import type { Json } from '../../domain/shared/json.ts';
import { aHostView, aRequest } from '../../testing/placement.ts';
import { loadPlugins } from '../registry.ts';

const { placement } = await loadPlugins();
const CONTEXT = { sequence: 0, lastHostOrder: null };
const GIB = 1024 ** 3;

function ask(id: string, config: Readonly<Record<string, Json>>, hosts: readonly HostView[], request: Partial<PlacementRequest> = {}) {
  const resolved = resolveStrategies([{ strategy: id, config }], placement);
  if (!resolved.ok) throw new Error(resolved.message);
  const [one] = resolved.strategies;
  const outcome = one?.strategy.apply(hosts, aRequest(request), one.config, CONTEXT);
  return { taken: outcome?.hosts.map(({ name }) => name) ?? [], refused: outcome?.refused.map(({ reason }) => reason) ?? [] };
}
const problemOf = (id: string, config: Readonly<Record<string, Json>>) => {
  const resolved = resolveStrategies([{ strategy: id, config }], placement);
  return resolved.ok ? '' : resolved.message;
};
const host = (order: number, fields: Partial<HostView> = {}) => aHostView({ order, ...fields });
const resident = (name: string, fields: Partial<Resident> = {}) =>
  ({ entityId: name, name, type: 'docker-container', parentId: null, applicationId: 'other', application: 'other', ...fields }) as Resident;

describe('strategies that order', () => {
  it('take the fewest containers, those of others counted', () => {
    expect(
      ask('LeastContainersPlacementStrategy', {}, [host(1, { containers: 2 }), host(2, { containers: 1, foreignContainers: 2 }), host(3)])
        .taken,
    ).toEqual(['host-3', 'host-1', 'host-2']);
  });

  it('take the lowest use, what is not known last', () => {
    const hosts = [
      host(1),
      host(2, { cpu: 0.9, memoryBytes: 10, memoryUsedBytes: 1 }),
      host(3, { cpu: 0.1, memoryBytes: 10, memoryUsedBytes: 9 }),
    ];
    expect(ask('lowest-cpu', {}, hosts).taken).toEqual(['host-3', 'host-2', 'host-1']);
    expect(ask('lowest-memory', {}, hosts).taken).toEqual(['host-2', 'host-3', 'host-1']);
  });
});

describe('strategies that limit', () => {
  it('refuse CPU and memory in use beyond a part, and what is not known', () => {
    const hosts = [host(1), host(2, { cpu: 0.75 }), host(3, { cpu: 0.74, memoryBytes: 10, memoryUsedBytes: 9 })];
    expect(ask('max-cpu', { maxCpu: 0.75 }, hosts)).toEqual({
      taken: ['host-3'],
      refused: ['its CPU is not known yet', 'uses 75 % of its CPU, at most 75 % are allowed'],
    });
    expect(ask('max-memory', {}, hosts).refused.at(-1)).toBe('uses 90 % of its memory, at most 90 % are allowed');
  });

  it('refuse memory and CPUs that are promised to others', () => {
    const hosts = [
      host(1, { memoryBytes: 4 * GIB, reservedMemoryBytes: 3 * GIB, cpus: 2, reservedCpus: 1.5 }),
      host(2, { memoryBytes: 4 * GIB, cpus: 2 }),
    ];
    expect(ask('memory-reservation', {}, hosts, { memoryBytes: 2 * GIB })).toEqual({
      taken: ['host-2'],
      refused: ['has 1.0 GiB of memory left to promise, 2.0 GiB are asked for'],
    });
    expect(ask('memory-reservation', { overcommit: 1.5 }, hosts, { memoryBytes: 2 * GIB }).taken).toHaveLength(2);
    expect(ask('cpu-reservation', {}, hosts, { cpus: 1 }).refused).toEqual(['has 0.5 CPUs left to promise, 1 are asked for']);
    expect(ask('cpu-reservation', {}, hosts).taken).toHaveLength(2);
  });

  it('ask for machines, by the strategy or by the entity', () => {
    const hosts = [host(1, { memoryBytes: 4 * GIB, cpus: 2 }), host(2, { memoryBytes: 8 * GIB, cpus: 4 })];
    expect(ask('provisioning-flags', { minRam: '7g' }, hosts)).toMatchObject({
      taken: ['host-2'],
      refused: ['has 4.0 GiB of memory, 7.0 GiB are wanted'],
    });
    expect(ask('provisioning-flags', { minRam: 4096 }, hosts).taken).toHaveLength(2);
    expect(ask('provisioning-flags', {}, hosts, { machine: { memoryBytes: null, cpus: 4 } }).refused).toEqual(['has 2 CPUs, 4 are wanted']);
  });
});

describe('strategies that look for hosts', () => {
  it('by labels', () => {
    const hosts = [host(1, { labels: { disk: 'ssd', rack: '2' } }), host(2, { labels: { disk: 'hdd' } }), host(3)];
    expect(ask('labels', { labels: ['disk=ssd', 'rack'] }, hosts)).toEqual({
      taken: ['host-1'],
      refused: ['has the label disk=hdd, not disk=ssd', 'has no label disk'],
    });
  });

  it('by their whole name, with patterns that cannot take long', () => {
    expect(ask('hostname', { hostname: 'host-[12]' }, [host(1), host(12), host(2)]).taken).toEqual(['host-1', 'host-2']);
    expect(problemOf('hostname', { hostname: '(a+)+' })).toContain('is no pattern');
  });

  it('by an expression, which is checked before', () => {
    const hosts = [host(1, { containers: 1, labels: { disk: 'ssd' } }), host(2, { containers: 3 }), host(3, { containers: 1 })];
    expect(ask('predicate', { expression: 'host.containers + 1 < 4 && container.image == "web:1"' }, hosts).taken).toEqual([
      'host-1',
      'host-3',
    ]);
    expect(ask('predicate', { expression: 'host.labels.disk == "ssd"' }, hosts).refused).toEqual([
      'host.labels.disk == "ssd" cannot be told: No such key: disk',
      'host.labels.disk == "ssd" cannot be told: No such key: disk',
    ]);
    for (const [expression, problem] of [
      ['host.cpu <', 'EOF'],
      ['hos.cpu < 1', 'Unknown variable: hos'],
      ['1 + 1', 'not true or false'],
    ] as const) {
      expect(problemOf('predicate', { expression })).toContain(problem);
    }
  });

  it('by where they stand', () => {
    const berlin = { country: 'DE', zone: 'b', latitude: 52.52, longitude: 13.405 };
    const hosts = [
      host(1, { place: berlin }),
      host(2, { place: { country: 'FR', zone: 'p', latitude: 48.8566, longitude: 2.3522 } }),
      host(3),
    ];
    expect(ask('geographic', { countries: ['de'] }, hosts)).toEqual({
      taken: ['host-1'],
      refused: ['is in country FR, not in de', 'its country is not known'],
    });
    expect(ask('geographic', { near: { latitude: 52.4, longitude: 13.1, withinKm: 100 } }, hosts).refused).toEqual([
      'is 853 km away, at most 100 km are allowed',
      'its coordinates are not known',
    ]);
    const spread = [host(1, { place: berlin, siblings: 1 }), host(4, { place: { zone: 'b' } }), host(2, { place: { zone: 'p' } })];
    expect(ask('geographic', { spread: 'zone' }, spread).taken).toEqual(['host-2', 'host-1', 'host-4']);
  });

  it('by who else is there', () => {
    const db = resident('db', { type: 'mariadb', applicationId: 'shop' as Resident['applicationId'], application: 'shop' });
    const hosts = [host(1, { residents: [db] }), host(2, { residents: [resident('cache')] }), host(3)];
    expect(ask('affinity', { rules: ['NOT TYPE mariadb'] }, hosts)).toEqual({
      taken: ['host-2', 'host-3'],
      refused: ['NOT TYPE mariadb does not hold for db, which runs there'],
    });
    expect(ask('affinity', { rules: 'application\nnot empty' }, hosts).taken).toEqual(['host-1']);
    expect(ask('affinity', { rules: ['EMPTY'] }, hosts).taken).toEqual(['host-3']);
    expect(ask('affinity', { rules: ['NAME cac'] }, hosts).taken).toEqual(['host-2', 'host-3']);
    expect(ask('affinity', { rules: ['NOT ID db'] }, hosts).taken).toEqual(['host-2', 'host-3']);
    for (const rule of ['SAME', 'PREDICATE x.Y', 'NEAR db', 'EMPTY db', 'NAME', 'TYPE a b'])
      expect(problemOf('affinity', { rules: [rule] })).toContain('is no rule');
  });

  it('with their siblings, and without other groups of the application', () => {
    const web = resident('web-1', { parentId: 'cluster' as Resident['parentId'], applicationId: 'shop' as Resident['applicationId'] });
    const other = resident('db', { parentId: 'root' as Resident['parentId'], applicationId: 'shop' as Resident['applicationId'] });
    const request = { parentId: 'cluster' as PlacementRequest['parentId'] };
    expect(ask('group', {}, [host(1), host(2, { residents: [web] })], request)).toEqual({
      taken: ['host-2'],
      refused: ['its siblings are on host-2'],
    });
    expect(ask('group', {}, [host(1), host(2, { residents: [other] })], request).taken).toEqual(['host-1']);
    expect(ask('group', { exclusive: true }, [host(1, { foreignContainers: 1 }), host(2)], request).taken).toEqual(['host-2']);
  });
});

it('every strategy refuses or keeps each host, and asked again says the same', () => {
  const configs: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
    hostname: { hostname: 'host-[13]' },
    predicate: { expression: 'host.containers < 3' },
    affinity: { rules: ['NOT TYPE mariadb'] },
    labels: { labels: ['a'] },
    geographic: { zones: ['z'], spread: 'zone' },
  };
  const hosts = fc.array(
    fc.record({
      containers: fc.nat(5),
      cpu: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      labels: fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2')),
      place: fc.constantFrom({}, { zone: 'z' }, { zone: 'y' }),
      residents: fc.subarray([resident('db', { type: 'mariadb' }), resident('web')]),
      siblings: fc.nat(3),
    }),
    { maxLength: 12 },
  );
  for (const id of placement.keys()) {
    fc.assert(
      fc.property(hosts, fc.nat(100), (fields, sequence) => {
        const views = fields.map((one, order) => host(order + 1, one));
        const resolved = resolveStrategies([{ strategy: id, config: configs[id] ?? {} }], placement);
        const [one] = resolved.ok ? resolved.strategies : [];
        const answer = () =>
          one?.strategy.apply(views, aRequest({ cpus: 1, memoryBytes: GIB }), one.config, { sequence, lastHostOrder: null });
        const first = answer();
        const told = [...(first?.hosts.map((view) => view.id) ?? []), ...(first?.refused.map(({ hostId }) => hostId) ?? [])];
        expect(told.toSorted()).toEqual(views.map((view) => view.id).toSorted());
        expect(answer()).toEqual(first);
      }),
      { numRuns: 60 },
    );
  }
});
