import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { Kind, Records } from '../../domain/shared/records.ts';
import type { Change, Draft } from '../../ports/store.ts';
import { OverlayMap } from './overlay-map.ts';
import { INDICES, INDICES_BY_KIND, type IndexedRecord, type IndexName, keyIn } from './record-indices.ts';
import { RecordLayer } from './record-layer.ts';
import { isSameJson } from './same-json.ts';

type Pending = Map<string, Records[Kind] | null>;

/**
 * A draft: pending changes over another layer, which stays as it is. Reads, indices included, answer as if the changes were made.
 * A put that equals what is below leaves no change behind.
 */
export class RecordOverlay extends RecordLayer implements Draft {
  readonly #below: RecordLayer;
  #pending = new Map<Kind, Pending>();
  /** Ids of pending records by key, of each index that was asked for. */
  #keys = new Map<IndexName, Map<string, Set<string>>>();
  #closed = false;

  constructor(below: RecordLayer) {
    super();
    this.#below = below;
  }

  get size(): number {
    let size = 0;
    for (const pending of this.#pending.values()) size += pending.size;
    return size;
  }

  changes(): Change[] {
    const changes: Change[] = [];
    for (const [kind, pending] of this.#pending) for (const [id, record] of pending) changes.push({ kind, id, record });
    return changes;
  }

  /** Ends writing: a change that keeps its draft and writes later is an error, never a lost write. */
  close(): void {
    this.#closed = true;
  }

  /** Takes over the changes of a draft made over this layer, which is closed. Those of the first one need no second comparison. */
  absorb(draft: RecordOverlay): void {
    if (this.#pending.size === 0) {
      this.#pending = draft.#pending;
      this.#keys = draft.#keys;
      return;
    }
    for (const { kind, id, record } of draft.changes()) this.#set(kind, id, record);
  }

  put<K extends Kind>(kind: K, record: Records[K]): void {
    this.#set(kind, record.id, record);
  }

  remove<K extends Kind>(kind: K, id: string): void {
    this.#set(kind, id, null);
  }

  get<K extends Kind>(kind: K, id: string): Records[K] | undefined {
    const pending = this.#pending.get(kind)?.get(id);
    if (pending === undefined) return this.#below.get(kind, id);
    return pending === null ? undefined : (pending as Records[K]);
  }

  all<K extends Kind>(kind: K): ReadonlyMap<string, Records[K]> {
    const pending = this.#pending.get(kind);
    const below = this.#below.all(kind);
    return pending && pending.size > 0 ? new OverlayMap(below, pending as Map<string, Records[K] | null>) : below;
  }

  indexed<N extends IndexName>(name: N, key: string): readonly IndexedRecord<N>[] {
    const kind = INDICES[name].kind;
    const pending = this.#pending.get(kind);
    const below = this.#below.indexed(name, key);
    if (!pending || pending.size === 0) return below;
    const found: Records[Kind][] = [];
    for (const record of below) {
      const changed = pending.get(record.id);
      if (changed === undefined) found.push(record);
      else if (changed !== null && keyIn(name, changed) === key) found.push(changed);
    }
    for (const id of this.#idsIn(name, pending).get(key) ?? []) {
      const before = this.#below.get(kind, id);
      const record = pending.get(id);
      const isBelow = before !== undefined && keyIn(name, before) === key;
      if (record && !isBelow && keyIn(name, record) === key) found.push(record);
    }
    return found as unknown as readonly IndexedRecord<N>[];
  }

  isVolatile(kind: Kind, id: string): boolean {
    return this.#pending.get(kind)?.has(id) ? false : this.#below.isVolatile(kind, id);
  }

  #set(kind: Kind, id: string, record: Records[Kind] | null): void {
    if (this.#closed) {
      throw new ClockerError('internal', { message: `A draft was written to after its commit: ${kind} ${id}` });
    }
    const pending = this.#pending.get(kind) ?? new Map();
    const already = pending.get(id);
    if (record !== null && already && isSameJson(already, record)) return;
    const before = this.#below.get(kind, id);
    const unchanged = record === null ? before === undefined : before !== undefined && isSameJson(before, record);
    for (const name of INDICES_BY_KIND.get(kind) ?? []) {
      const index = this.#keys.get(name);
      if (index) reindex(index, name, { id, already: already ?? null, record });
    }
    if (unchanged && !this.#below.isVolatile(kind, id)) pending.delete(id);
    else pending.set(id, record);
    this.#pending.set(kind, pending);
  }

  #idsIn(name: IndexName, pending: Pending): Map<string, Set<string>> {
    const known = this.#keys.get(name);
    if (known) return known;
    const index = new Map<string, Set<string>>();
    for (const [id, record] of pending) reindex(index, name, { id, already: null, record });
    this.#keys.set(name, index);
    return index;
  }
}

interface Reindexed {
  readonly id: string;
  readonly already: Records[Kind] | null;
  readonly record: Records[Kind] | null;
}

function reindex(index: Map<string, Set<string>>, name: IndexName, { id, already, record }: Reindexed): void {
  const from = already ? keyIn(name, already) : null;
  const to = record ? keyIn(name, record) : null;
  if (from !== null) index.get(from)?.delete(id);
  if (to !== null) index.set(to, (index.get(to) ?? new Set()).add(id));
}
