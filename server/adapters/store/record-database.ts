import type { Kind } from '../../domain/shared/records.ts';

export interface RecordRow {
  readonly kind: Kind;
  readonly id: string;
  /** The record as JSON. */
  readonly doc: string;
}

/** What the record store needs of a database. */
export interface RecordDatabase {
  load(): Promise<{ readonly revision: number; readonly rows: readonly RecordRow[] }>;
  /**
   * Writes everything in one durable transaction or nothing; null documents are removals.
   * @throws ClockerError store.full | store.locked | store.corrupt
   */
  write(revision: number, changes: readonly { readonly kind: Kind; readonly id: string; readonly doc: string | null }[]): Promise<void>;
}
