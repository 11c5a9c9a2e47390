/** What one adjunct may do, so that none can run away. */
const MOST_ACTIONS = 30;
const WINDOW_MS = 10 * 60_000;

export interface ActionBudget {
  /** Null: it may act now, and that is counted. Otherwise when it may again, milliseconds since the epoch. */
  take(id: string, now: number): number | null;
  forget(id: string): void;
}

export function createActionBudget(): ActionBudget {
  const acted = new Map<string, readonly number[]>();
  return {
    take(id, now) {
      const recent = (acted.get(id) ?? []).filter((at) => at > now - WINDOW_MS);
      const [oldest] = recent;
      if (recent.length >= MOST_ACTIONS && oldest !== undefined) return oldest + WINDOW_MS;
      acted.set(id, [...recent, now]);
      return null;
    },
    forget: (id) => void acted.delete(id),
  };
}

export function describeBudget(): string {
  return `it has acted ${MOST_ACTIONS} times in ${WINDOW_MS / 60_000} minutes`;
}
