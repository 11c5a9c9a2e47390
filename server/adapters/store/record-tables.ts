import { KINDS, type Kind, type Records } from '../../domain/shared/records.ts';
import { IndexBucket } from './index-bucket.ts';
import { INDEX_NAMES, INDICES_BY_KIND, type IndexedRecord, type IndexName, keyIn } from './record-indices.ts';
import { RecordLayer } from './record-layer.ts';

const NONE: readonly never[] = Object.freeze([]);

/** The current records and their indices: one map a kind, one bucket an index key. */
export class RecordTables extends RecordLayer {
  readonly #tables = new Map<Kind, Map<string, Records[Kind]>>(KINDS.map((kind) => [kind, new Map()]));
  readonly #indices = new Map<IndexName, Map<string, IndexBucket>>(INDEX_NAMES.map((name) => [name, new Map()]));
  readonly #volatile = new Set<string>();

  get<K extends Kind>(kind: K, id: string): Records[K] | undefined {
    return this.#table(kind).get(id);
  }

  all<K extends Kind>(kind: K): ReadonlyMap<string, Records[K]> {
    return this.#table(kind);
  }

  indexed<N extends IndexName>(name: N, key: string): readonly IndexedRecord<N>[] {
    const bucket = this.#indices.get(name)?.get(key);
    if (!bucket) return NONE;
    return bucket.array as unknown as readonly IndexedRecord<N>[];
  }

  isVolatile(kind: Kind, id: string): boolean {
    return this.#volatile.has(`${kind}/${id}`);
  }

  /** Replaces or (null) removes a record. */
  apply(kind: Kind, id: string, record: Records[Kind] | null, durability: 'durable' | 'volatile'): void {
    const table = this.#table(kind);
    const before = table.get(id);
    if (record) table.set(id, record as never);
    else table.delete(id);
    if (durability === 'volatile') this.#volatile.add(`${kind}/${id}`);
    else if (this.#volatile.size > 0) this.#volatile.delete(`${kind}/${id}`);
    for (const name of INDICES_BY_KIND.get(kind) ?? NONE) this.#reindex(name, id, before, record);
  }

  #table<K extends Kind>(kind: K): Map<string, Records[K]> {
    return this.#tables.get(kind) as Map<string, Records[K]>;
  }

  #reindex(name: IndexName, id: string, before: Records[Kind] | undefined, after: Records[Kind] | null): void {
    const index = this.#indices.get(name) as Map<string, IndexBucket>;
    const from = before ? keyIn(name, before) : null;
    const to = after ? keyIn(name, after) : null;
    if (from !== null && from !== to) dropFrom(index, from, id);
    if (to === null || !after) return;
    const bucket = index.get(to);
    if (bucket) bucket.set(after);
    else index.set(to, new IndexBucket(after));
  }
}

function dropFrom(index: Map<string, IndexBucket>, key: string, id: string): void {
  const bucket = index.get(key);
  if (!bucket) return;
  bucket.delete(id);
  if (bucket.isEmpty) index.delete(key);
}
