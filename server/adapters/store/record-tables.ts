import { KINDS, type Kind, type Records } from '../../domain/shared/records.ts';
import { INDEX_NAMES, INDICES_BY_KIND, type IndexedRecord, type IndexName, keyIn } from './record-indices.ts';
import { RecordLayer } from './record-layer.ts';

interface Bucket {
  readonly records: Map<string, Records[Kind]>;
  /** Made on the first read after a change, so that readers get the same array while nothing changed. */
  array: readonly Records[Kind][] | null;
}

const NONE: readonly never[] = Object.freeze([]);

/** The current records and their indices: one map a kind, one bucket an index key. */
export class RecordTables extends RecordLayer {
  readonly #tables = new Map<Kind, Map<string, Records[Kind]>>(KINDS.map((kind) => [kind, new Map()]));
  readonly #indices = new Map<IndexName, Map<string, Bucket>>(INDEX_NAMES.map((name) => [name, new Map()]));
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
    bucket.array ??= [...bucket.records.values()];
    return bucket.array as readonly IndexedRecord<N>[];
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
    else this.#volatile.delete(`${kind}/${id}`);
    for (const name of INDICES_BY_KIND.get(kind) ?? NONE) this.#reindex(name, id, before, record);
  }

  #table<K extends Kind>(kind: K): Map<string, Records[K]> {
    return this.#tables.get(kind) as Map<string, Records[K]>;
  }

  #reindex(name: IndexName, id: string, before: Records[Kind] | undefined, after: Records[Kind] | null): void {
    const index = this.#indices.get(name) as Map<string, Bucket>;
    const from = before ? keyIn(name, before) : null;
    const to = after ? keyIn(name, after) : null;
    if (from !== null && from !== to) dropFrom(index, from, id);
    if (to === null || !after) return;
    const bucket = index.get(to) ?? { records: new Map(), array: null };
    bucket.records.set(id, after);
    bucket.array = null;
    index.set(to, bucket);
  }
}

function dropFrom(index: Map<string, Bucket>, key: string, id: string): void {
  const bucket = index.get(key);
  if (!bucket) return;
  bucket.records.delete(id);
  bucket.array = null;
  if (bucket.records.size === 0) index.delete(key);
}
