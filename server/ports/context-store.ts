/**
 * Files that images are built from, each context once, by its content hash (`hashOfContext`): durable, and not in memory as records are.
 */
export interface ContextStore {
  /** Keeps the archive; where there is one of this hash, it is as if it came at `at`. @throws ClockerError store.full */
  put(hash: string, archive: Uint8Array, at: number): Promise<void>;
  /** Null where it is not, or no longer, kept. */
  get(hash: string): Promise<Uint8Array | null>;
  /** Of all that is kept. */
  totalBytes(): Promise<number>;
  /** Removes what came before `before` (milliseconds since the epoch) and is not in `used`; how many that were. */
  removeUnused(used: ReadonlySet<string>, before: number): Promise<number>;
}
