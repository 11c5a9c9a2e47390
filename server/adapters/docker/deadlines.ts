/** How long the engine may take to answer each kind of call, in milliseconds. */
export const DEADLINE_MS = {
  ping: 3_000,
  facts: 10_000,
  list: 10_000,
  inspect: 5_000,
  create: 20_000,
  start: 30_000,
  kill: 10_000,
  remove: 30_000,
  update: 10_000,
  archive: 30_000,
  exec: 10_000,
  logs: 10_000,
  events: 10_000,
  volume: 20_000,
  network: 20_000,
  /** Docker itself gives up on joining after 20 s. */
  swarm: 30_000,
  /** All that a container has written is read once, and hashed. */
  commit: 1_800_000,
} as const;

/** Added to the grace time that a container has for its end. */
export const STOP_EXTRA_MS = 10_000;
