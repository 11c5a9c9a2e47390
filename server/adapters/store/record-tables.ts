import { KINDS, type Kind, type Records } from '../../domain/shared/records.ts';
import { IndexBucket } from './index-bucket.ts';
import { INDEX_NAMES, INDICES_BY_KIND, type IndexedRecord, type IndexName, keyIn } from './record-indices.ts';
import { RecordLayer } from './record-layer.ts';
import { RecordMap } from './record-map.ts';

const NONE: readonly never[] = Object.freeze([]);

/** A table, and the greatest id that it ever had: ids of most kinds grow with time, so that what is new is known without a search. */
interface Table {
  readonly records: RecordMap<Records[Kind]>;
  greatest: string;
}

/** By key. Most keys have one record for good: a bucket is made for the second, or for the first who reads it. */
type Index = RecordMap<Records[Kind] | IndexBucket>;

/** The current records and their indices: one map a kind, and one an index. */
export class RecordTables extends RecordLayer {
  readonly #tables = new Map<Kind, Table>(KINDS.map((kind) => [kind, { records: new RecordMap<Records[Kind]>(), greatest: '' }]));
  readonly #indices = new Map<IndexName, Index>(INDEX_NAMES.map((name) => [name, new RecordMap()]));
  readonly #volatile = new Set<string>();

  get<K extends Kind>(kind: K, id: string): Records[K] | undefined {
    const { records, greatest } = this.#table(kind);
    return id > greatest ? undefined : (records.get(id) as Records[K] | undefined);
  }

  all<K extends Kind>(kind: K): ReadonlyMap<string, Records[K]> {
    return this.#table(kind).records as unknown as ReadonlyMap<string, Records[K]>;
  }

  indexed<N extends IndexName>(name: N, key: string): readonly IndexedRecord<N>[] {
    const index = this.#indices.get(name);
    const bucket = index && bucketIn(index, key);
    if (!bucket) return NONE;
    return bucket.array as unknown as readonly IndexedRecord<N>[];
  }

  isVolatile(kind: Kind, id: string): boolean {
    return this.#volatile.has(`${kind}/${id}`);
  }

  /** Replaces or (null) removes a record. */
  apply(kind: Kind, id: string, record: Records[Kind] | null, durability: 'durable' | 'volatile'): void {
    const table = this.#table(kind);
    const isNew = id > table.greatest;
    const before = isNew ? undefined : table.records.get(id);
    if (isNew) table.greatest = id;
    if (before === undefined && record) table.records.add(id, record);
    else if (record) table.records.set(id, record);
    else table.records.delete(id);
    if (durability === 'volatile') this.#volatile.add(`${kind}/${id}`);
    else if (this.#volatile.size > 0) this.#volatile.delete(`${kind}/${id}`);
    for (const name of INDICES_BY_KIND.get(kind) ?? NONE) {
      const index = this.#indices.get(name);
      if (index) reindex(index, before ? keyIn(name, before) : null, { id, after: record, to: record ? keyIn(name, record) : null });
    }
  }

  #table(kind: Kind): Table {
    return this.#tables.get(kind) as Table;
  }
}

interface After {
  readonly id: string;
  readonly after: Records[Kind] | null;
  readonly to: string | null;
}

function reindex(index: Index, from: string | null, { id, after, to }: After): void {
  if (from !== null && from === to && after) {
    if (index.get(to) instanceof IndexBucket) bucketIn(index, to)?.replace(after);
    else index.set(to, after);
    return;
  }
  if (from !== null) dropFrom(index, from, id);
  if (to === null || !after) return;
  const held = index.get(to);
  if (held instanceof IndexBucket) held.add(after);
  else if (held === undefined) index.add(to, after);
  else bucketIn(index, to)?.add(after);
}

function bucketIn(index: Index, key: string): IndexBucket | undefined {
  const held = index.get(key);
  if (held === undefined || held instanceof IndexBucket) return held;
  const bucket = new IndexBucket(held);
  index.set(key, bucket);
  return bucket;
}

function dropFrom(index: Index, key: string, id: string): void {
  const bucket = bucketIn(index, key);
  if (!bucket) return;
  bucket.delete(id);
  if (bucket.isEmpty) index.delete(key);
}
