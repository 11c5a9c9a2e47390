import { applyPatch, EMPTY_LIVE_STATE, type LivePatch, type LiveState } from './live-state.ts';

export type Connection = 'connecting' | 'live' | 'reconnecting' | 'refused';

export interface LiveStore {
  readonly state: () => LiveState;
  readonly connection: () => Connection;
  /** True once the first snapshot is in. */
  readonly ready: () => boolean;
  /** Applies a patch and tells the listeners of what it touched. */
  readonly apply: (patch: LivePatch) => void;
  readonly setConnection: (connection: Connection) => void;
  /**
   * Keys are `entity:<id>` for one record, `entity` for the table, `connection` for the connection and readiness.
   * Returns the unsubscribe function.
   */
  readonly subscribe: (keys: readonly string[], listener: () => void) => () => void;
}

/** One for each tab. Listeners are kept by key, so that a changed record wakes only who shows it. */
export function makeLiveStore(): LiveStore {
  const listeners = new Map<string, Set<() => void>>();
  let state = EMPTY_LIVE_STATE;
  let connection: Connection = 'connecting';

  const tell = (keys: Iterable<string>) => {
    const woken = new Set<() => void>();
    for (const key of keys) for (const listener of listeners.get(key) ?? []) woken.add(listener);
    for (const listener of woken) listener();
  };
  return {
    state: () => state,
    connection: () => connection,
    ready: () => state.revision !== null,
    apply(patch) {
      const wasReady = state.revision !== null;
      const applied = applyPatch(state, patch);
      state = applied.state;
      tell(wasReady ? applied.touched : [...applied.touched, 'connection']);
    },
    setConnection(next) {
      if (next === connection) return;
      connection = next;
      tell(['connection']);
    },
    subscribe(keys, listener) {
      for (const key of keys) {
        const own = listeners.get(key) ?? new Set();
        listeners.set(key, own.add(listener));
      }
      return () => {
        for (const key of keys) {
          const own = listeners.get(key);
          own?.delete(listener);
          if (own?.size === 0) listeners.delete(key);
        }
      };
    },
  };
}
