/** Time and identity come from outside so that tests and the simulator own them. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `ms`; returns the cancel function. */
  after(ms: number, callback: () => void): () => void;
}

export interface Ids {
  /** 26 characters, sortable by time, unique. */
  next(): string;
}
