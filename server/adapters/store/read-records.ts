import type { Kind, Records } from '../../domain/shared/records.ts';
import type { InstanceLots } from './instance-lots.ts';
import { readLot } from './lot-document.ts';
import type { LoadedRecords } from './record-database.ts';
import type { SpecPool } from './spec-pool.ts';

interface Into {
  readonly specs: SpecPool;
  readonly lots: InstanceLots;
  put(kind: Kind, record: Records[Kind]): void;
}

/** All rows, and of the lots the members that have no rows. */
export async function readRecords({ pages, lots: lotPages }: LoadedRecords, { specs, lots, put }: Into): Promise<void> {
  /** Ids of the rows of instances. */
  const inRows = new Set<string>();
  for await (const page of pages) {
    for (const { kind, id, doc } of page) {
      const row = JSON.parse(doc);
      if (kind === 'instance') inRows.add(id);
      // By the record's own id: text that is one object is hashed once for all maps that it is a key of.
      if (row !== null) put(kind, kind === 'instance' ? specs.toInstance(row) : row);
    }
  }
  for await (const page of lotPages) {
    for (const { doc } of page) {
      const { ids, instanceAt } = readLot(doc);
      const changed = new Uint8Array(ids.length);
      for (const [at, id] of ids.entries()) {
        if (inRows.has(id)) changed[at] = 1;
        else put('instance', specs.toInstance(instanceAt(at)));
      }
      lots.add(ids, changed);
    }
  }
}
