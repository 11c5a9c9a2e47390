import type { RecordDatabase, RecordRow, SpecRow } from '../store/record-database.ts';

export interface MemoryDatabase extends RecordDatabase {
  /** From now on nothing is written and no write is answered: the process that used it is dead. */
  cutOff(): MemoryDatabase;
}

/** What a database keeps, in memory: survives the store that was opened on it, as a file survives a process. */
export function createMemoryDatabase(
  rows = new Map<string, RecordRow>(),
  specs = new Map<number, SpecRow>(),
  last = { revision: 0 },
): MemoryDatabase {
  let dead = false;
  return {
    async load() {
      return {
        revision: last.revision,
        specs: [...specs.values()],
        pages: (async function* () {
          yield [...rows.values()];
        })(),
      };
    },
    write({ revision, changes, newSpecs, unusedSpecs }) {
      if (dead) return new Promise(() => undefined);
      for (const id of unusedSpecs) specs.delete(id);
      for (const spec of newSpecs) specs.set(spec.id, spec);
      for (const { kind, id, doc } of changes) {
        if (doc === null) rows.delete(`${kind} ${id}`);
        else rows.set(`${kind} ${id}`, { kind, id, doc });
      }
      last.revision = revision;
      return Promise.resolve();
    },
    cutOff() {
      dead = true;
      return createMemoryDatabase(rows, specs, last);
    },
  };
}
