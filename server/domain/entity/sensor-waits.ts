/** Times of a wait for a sensor of another entity, milliseconds since the epoch. */
export interface WaitTimes {
  readonly since: number;
  /** Since when that entity is down; absent while it is not. */
  readonly downSince?: number;
  readonly onFireSince?: number;
}

/** What an entity waits for, by `<entity id> <sensor>`. */
export type SensorWaits = Readonly<Record<string, WaitTimes>>;
