/** So often within a second an adjunct looks as soon as it is woken; after that each so often. */
const MOST_AT_ONCE = 20;
const SECOND_MS = 1_000;
const PACED_MS = 20;

/**
 * What is woken by many, as the mean of a thousand members is, looks at all of them at once; and two that wake each other for ever do not take the
 * whole process.
 */
export interface Pace {
  /** Null: it looks now. Otherwise when it is to look, milliseconds since the epoch. */
  take(id: string, now: number): number | null;
  forget(id: string): void;
}

export function createPace(): Pace {
  const looks = new Map<string, { since: number; count: number; last: number }>();
  return {
    take(id, now) {
      const known = looks.get(id);
      if (known === undefined) {
        looks.set(id, { since: now, count: 1, last: now });
        return null;
      }
      if (now - known.since >= SECOND_MS) {
        known.since = now;
        known.count = 0;
      }
      if (known.count >= MOST_AT_ONCE && now < known.last + PACED_MS) return known.last + PACED_MS;
      known.count += 1;
      known.last = now;
      return null;
    },
    forget: (id) => void looks.delete(id),
  };
}
