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

/** Instances that came in one commit, in one row while none of them has changed. See `InstanceLots`. */
export interface LotRow {
  /** The least and the greatest id in it. No other lot has ids between them. */
  readonly first: string;
  readonly last: string;
  /** See `packLot`. */
  readonly doc: string;
}

/** In a row of its own: what was in a lot is removed. */
export const REMOVED_FROM_LOT = 'null';

export interface RecordWrite {
  readonly revision: number;
  /** Null documents are removals. */
  readonly changes: readonly { readonly kind: Kind; readonly id: string; readonly doc: string | null }[];
  readonly newLots: readonly LotRow[];
  /** Lots that go, and with them the rows that say of members that they are removed, those of this write included. */
  readonly goneLots: readonly Pick<LotRow, 'first' | 'last'>[];
  readonly newSpecs: readonly SpecRow[];
  /** Numbers of specs that nothing uses any more. Some may be gone already. */
  readonly unusedSpecs: readonly number[];
}

export interface LoadedRecords {
  readonly revision: number;
  readonly specs: readonly SpecRow[];
  /** All rows, some thousands at a time. To be read once, and to the end. */
  readonly pages: AsyncIterable<readonly RecordRow[]>;
  /** All lots, some at a time, to be read after the rows: a row counts instead of a member of the same id. */
  readonly lots: AsyncIterable<readonly LotRow[]>;
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
