import type { Kind } from '../../domain/shared/records.ts';

export interface RecordRow {
  readonly kind: Kind;
  readonly id: string;
  /** The record as JSON; of an instance with the number of its spec in place of the spec. */
  readonly doc: string;
}

/** A container spec, kept once for all instances that have the same. */
export interface SpecRow {
  /** 1, 2, 3 … */
  readonly id: number;
  /** SHA-256 of `doc`, hexadecimal. */
  readonly hash: string;
  /** The spec as JSON. */
  readonly doc: string;
}

export interface RecordWrite {
  readonly revision: number;
  /** Null documents are removals. */
  readonly changes: readonly { readonly kind: Kind; readonly id: string; readonly doc: string | null }[];
  readonly newSpecs: readonly SpecRow[];
  /** Numbers of specs that nothing uses any more. Some may be gone already. */
  readonly unusedSpecs: readonly number[];
}

export interface LoadedRecords {
  readonly revision: number;
  readonly specs: readonly SpecRow[];
  /** All rows, some thousands at a time. To be read once, and to the end. */
  readonly pages: AsyncIterable<readonly RecordRow[]>;
}

/** What the record store needs of a database. */
export interface RecordDatabase {
  load(): Promise<LoadedRecords>;
  /**
   * Writes everything in one durable transaction or nothing. Unused specs go before new ones come, which may equal them.
   * @throws ClockerError store.full | store.locked | store.corrupt
   */
  write(write: RecordWrite): Promise<void>;
}
