import type { Kind } from '../../domain/shared/records.ts';
import type { RecordDatabase, RecordRow } from '../store/record-database.ts';

export interface MemoryDatabase extends RecordDatabase {
  /** From now on nothing is written and no write is answered: the process that used it is dead. */
  cutOff(): MemoryDatabase;
}

/** What a database keeps, in memory: survives the store that was opened on it, as a file survives a process. */
export function createMemoryDatabase(
  rows = new Map<string, { readonly kind: Kind; readonly id: string; readonly doc: string }>(),
  last = { revision: 0 },
): MemoryDatabase {
  let dead = false;
  return {
    load: () => Promise.resolve({ revision: last.revision, rows: [...rows.values()] satisfies RecordRow[] }),
    write(revision, changes) {
      if (dead) return new Promise(() => undefined);
      for (const { kind, id, doc } of changes) {
        if (doc === null) rows.delete(`${kind} ${id}`);
        else rows.set(`${kind} ${id}`, { kind, id, doc });
      }
      last.revision = revision;
      return Promise.resolve();
    },
    cutOff() {
      dead = true;
      return createMemoryDatabase(rows, last);
    },
  };
}
