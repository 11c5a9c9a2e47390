import type { Instance } from '../../domain/entity/instance.ts';
import type { Change } from '../../ports/store.ts';
import type { InstanceLots, LotDraft } from './instance-lots.ts';
import { REMOVED_FROM_LOT, type RecordWrite } from './record-database.ts';
import type { RecordTables } from './record-tables.ts';
import type { PooledInstance, SpecDraft, SpecPool } from './spec-pool.ts';

export interface PlannedWrite extends Pick<RecordWrite, 'changes' | 'newLots' | 'goneLots' | 'newSpecs'> {
  /** What memory and subscribers get, in the order of the changes: instances share specs that are the same. */
  readonly applied: readonly Change[];
  /** Size of its documents as JSON. */
  readonly bytes: number;
  readonly specs: SpecDraft;
  readonly lots: LotDraft;
}

interface Kept {
  readonly tables: RecordTables;
  readonly specs: SpecPool;
  readonly lots: InstanceLots;
}

/** How changes are written: instances that come together in lots, everything else in rows. */
export function planWrite(changes: readonly Change[], { tables, specs, lots }: Kept): PlannedWrite {
  const draft = specs.begin();
  const rows: RecordWrite['changes'][number][] = [];
  const made: PooledInstance[] = [];
  const touched: string[] = [];
  const applied = changes.map((change) => {
    const { kind, id, record } = change;
    if (kind !== 'instance') {
      rows.push({ kind, id, doc: record === null ? null : JSON.stringify(record) });
      return change;
    }
    const isInLot = lots.has(id);
    const isThere = isInLot || tables.get('instance', id) !== undefined;
    if (isThere) touched.push(id);
    if (record === null) {
      rows.push({ kind, id, doc: isInLot ? REMOVED_FROM_LOT : null });
      return change;
    }
    const pooled = draft.pool(record as Instance);
    if (isThere) rows.push(toRow(pooled));
    else made.push(pooled);
    return pooled.instance === record ? change : { kind, id, record: pooled.instance };
  });
  const planned = lots.begin(made, touched);
  for (const pooled of planned.rest) rows.push(toRow(pooled));
  const { newLots, goneLots } = planned;
  return {
    applied,
    changes: rows,
    newLots,
    goneLots,
    newSpecs: [...draft.added.values()],
    bytes: sizeOf(rows) + sizeOf(newLots),
    specs: draft,
    lots: planned,
  };
}

function toRow({ instance, spec }: PooledInstance): RecordWrite['changes'][number] {
  return { kind: 'instance', id: instance.id, doc: JSON.stringify({ ...instance, spec }) };
}

function sizeOf(rows: readonly { readonly doc: string | null }[]): number {
  return rows.reduce((bytes, { doc }) => bytes + (doc?.length ?? 0), 0);
}
