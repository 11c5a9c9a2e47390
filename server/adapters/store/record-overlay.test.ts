import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Kind, Records } from '../../domain/shared/records.ts';
import type { StoreView } from '../../ports/store.ts';
import { aHost, anEntity, anInstance } from '../../testing/records.ts';
import { RecordOverlay } from './record-overlay.ts';
import { RecordTables } from './record-tables.ts';

const KEYS = ['a', 'b', 'c'] as const;
const IDS = ['1', '2', '3', '4', '5'] as const;

interface Step {
  readonly record: { readonly kind: 'entity' | 'instance' | 'host'; readonly value: Records['entity' | 'instance' | 'host'] };
  readonly remove: boolean;
}

const step: fc.Arbitrary<Step> = fc
  .record({ kind: fc.constantFrom('entity', 'instance', 'host'), id: fc.constantFrom(...IDS), a: key(), b: key(), remove: fc.boolean() })
  .map(({ kind, id, a, b, remove }) => {
    const value =
      kind === 'entity'
        ? anEntity({ id, applicationId: a, parentId: b === 'c' ? null : b })
        : kind === 'instance'
          ? anInstance({ id, entityId: a, hostId: b })
          : aHost({ id, cloudId: a });
    return { record: { kind: kind as Step['record']['kind'], value }, remove };
  });

function key() {
  return fc.constantFrom(...KEYS);
}

/** Everything as plain maps, indices found by looking at every record. */
function naive(base: readonly Step[]): Map<Kind, Map<string, Records[Kind]>> {
  const tables = new Map<Kind, Map<string, Records[Kind]>>();
  for (const { record, remove } of base) {
    const table = tables.get(record.kind) ?? new Map();
    if (remove) table.delete(record.value.id);
    else table.set(record.value.id, record.value);
    tables.set(record.kind, table);
  }
  return tables;
}

function expectSame(view: StoreView, steps: readonly Step[]): void {
  const tables = naive(steps);
  const all = <K extends Kind>(kind: K) => [...(tables.get(kind)?.values() ?? [])] as Records[K][];
  const ids = (records: Iterable<{ readonly id: string }>) => [...records].map(({ id }) => id).sort();
  const shown: unknown[] = [];
  const wanted: unknown[] = [];
  for (const kind of ['entity', 'instance', 'host'] as const) {
    const map = view.all(kind);
    shown.push(new Map(map), map.size, ...IDS.flatMap((id) => [view.get(kind, id), map.has(id), map.get(id)]));
    const table = tables.get(kind) ?? new Map();
    wanted.push(table, table.size, ...IDS.flatMap((id) => [table.get(id), table.has(id), table.get(id)]));
  }
  for (const at of KEYS as readonly string[]) {
    shown.push(
      ids(view.instancesOf(at)),
      ids(view.instancesOn(at)),
      ids(view.childrenOf(at)),
      ids(view.entitiesOf(at)),
      ids(view.hostsOf(at)),
    );
    wanted.push(
      ids(all('instance').filter(({ entityId }) => entityId === at)),
      ids(all('instance').filter(({ hostId }) => hostId === at)),
      ids(all('entity').filter(({ parentId }) => parentId === at)),
      ids(all('entity').filter(({ applicationId }) => applicationId === at)),
      ids(all('host').filter(({ cloudId }) => cloudId === at)),
    );
  }
  expect(shown).toEqual(wanted);
}

function perform(draft: RecordOverlay, steps: readonly Step[]): void {
  for (const { record, remove } of steps) {
    if (remove) draft.remove(record.kind, record.value.id);
    else draft.put(record.kind, record.value as never);
  }
}

const steps = fc.array(step, { maxLength: 12 });

it('answers in a draft over a draft what a naive model answers, and the base stays as it is', () => {
  fc.assert(
    fc.property(steps, steps, steps, (first, second, third) => {
      const base = new RecordTables();
      for (const { record, remove } of first) base.apply(record.kind, record.value.id, remove ? null : record.value, 'durable');
      const group = new RecordOverlay(base);
      perform(group, second);
      const draft = new RecordOverlay(group);
      perform(draft, third);
      expectSame(draft, [...first, ...second, ...third]);
      expectSame(group, [...first, ...second]);
      expectSame(base, first);
      draft.close();
      group.absorb(draft);
      for (const { kind, id, record } of group.changes()) base.apply(kind, id, record, 'durable');
      expectSame(base, [...first, ...second, ...third]);
    }),
    { numRuns: 300 },
  );
});

it('leaves no change behind when the outcome equals what was there', () => {
  const base = new RecordTables();
  base.apply('entity', '1', anEntity({ id: '1', name: 'web' }), 'durable');
  const draft = new RecordOverlay(base);
  draft.put('entity', anEntity({ id: '1', name: 'db' }));
  draft.put('entity', anEntity({ id: '1', name: 'web' }));
  draft.put('entity', anEntity({ id: '2' }));
  draft.remove('entity', '2');
  draft.remove('entity', '3');
  expect(draft.changes()).toEqual([]);
});

it('writes a record that was only shown so far, though it is equal', () => {
  const base = new RecordTables();
  base.apply('entity', '1', anEntity({ id: '1' }), 'volatile');
  const draft = new RecordOverlay(base);
  draft.put('entity', anEntity({ id: '1' }));
  expect(draft.changes()).toHaveLength(1);
});

it('gives the same array for an index until one of its records changes', () => {
  const base = new RecordTables();
  base.apply('instance', '1', anInstance({ id: '1', entityId: 'a' }), 'durable');
  const before = base.instancesOf('a');
  base.apply('instance', '2', anInstance({ id: '2', entityId: 'b' }), 'durable');
  expect(base.instancesOf('a')).toBe(before);
  base.apply('instance', '3', anInstance({ id: '3', entityId: 'a' }), 'durable');
  expect(base.instancesOf('a').map(({ id }) => id)).toEqual(['1', '3']);
});

it('refuses writes to a draft whose commit is over', () => {
  const draft = new RecordOverlay(new RecordTables());
  draft.close();
  expect(() => draft.put('entity', anEntity({ id: '1' }))).toThrow(/after its commit/);
});
