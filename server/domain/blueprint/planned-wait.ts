/** Who waits for what before it starts, as far as the blueprint tells. Plain data. */
export interface PlannedWait {
  /** Path of the entity that waits. */
  readonly waiter: string;
  /** The config key of the waiter that needs it, or `dependsOn`. */
  readonly key: string;
  /** Path of the entity that is waited for. */
  readonly on: string;
  /** Null for `dependsOn`, which waits for the entity itself. */
  readonly sensor: string | null;
}
