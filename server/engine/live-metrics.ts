import type { LiveMetrics } from './engine-context.ts';

type Values = Readonly<Record<string, number>>;
type Listener = (subjectId: string, at: number, values: Values) => void;

const NONE: Values = Object.freeze({});

/** Latest numeric values in memory. A listener that throws is dropped from the call, not from the list; others still hear. */
export function createLiveMetrics(onListenerError: (error: unknown) => void): LiveMetrics {
  const latest = new Map<string, Values>();
  const listeners = new Set<Listener>();
  return {
    latest: (subjectId) => latest.get(subjectId) ?? NONE,
    record(subjectId, at, values) {
      latest.set(subjectId, { ...latest.get(subjectId), ...values });
      for (const listener of listeners) {
        try {
          listener(subjectId, at, values);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
    forget(subjectId) {
      latest.delete(subjectId);
    },
    subscribe(listener) {
      const own: Listener = (subjectId, at, values) => listener(subjectId, at, values);
      listeners.add(own);
      return () => listeners.delete(own);
    },
  };
}
