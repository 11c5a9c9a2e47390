import { type LotRow, REMOVED_FROM_LOT, type RecordDatabase, type RecordRow, type SpecRow } from '../store/record-database.ts';

export interface MemoryDatabase extends RecordDatabase {
  /** From now on nothing is written and no write is answered: the process that used it is dead. */
  cutOff(): MemoryDatabase;
}

function nothing() {
  return { rows: new Map<string, RecordRow>(), lots: new Map<string, LotRow>(), specs: new Map<number, SpecRow>(), last: { revision: 0 } };
}

/** What a database keeps, in memory: survives the store that was opened on it, as a file survives a process. */
export function createMemoryDatabase(kept = nothing()): MemoryDatabase {
  const { rows, lots, specs, last } = kept;
  let dead = false;
  return {
    async load() {
      return {
        revision: last.revision,
        specs: [...specs.values()],
        pages: (async function* () {
          yield [...rows.values()];
        })(),
        lots: (async function* () {
          yield [...lots.values()];
        })(),
      };
    },
    write({ revision, changes, newLots, goneLots, newSpecs, unusedSpecs }) {
      if (dead) return new Promise(() => undefined);
      for (const id of unusedSpecs) specs.delete(id);
      for (const spec of newSpecs) specs.set(spec.id, spec);
      for (const { kind, id, doc } of changes) {
        if (doc === null) rows.delete(`${kind} ${id}`);
        else rows.set(`${kind} ${id}`, { kind, id, doc });
      }
      for (const lot of newLots) lots.set(lot.first, lot);
      for (const { first, last: end } of goneLots) {
        lots.delete(first);
        for (const [key, { kind, id, doc }] of rows) {
          if (kind === 'instance' && doc === REMOVED_FROM_LOT && id >= first && id <= end) rows.delete(key);
        }
      }
      last.revision = revision;
      return Promise.resolve();
    },
    cutOff() {
      dead = true;
      return createMemoryDatabase(kept);
    },
  };
}
