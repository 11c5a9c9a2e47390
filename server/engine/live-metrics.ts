import type { LiveMetrics } from './engine-context.ts';

type Values = Readonly<Record<string, number>>;
type Listener = (subjectId: string, at: number, values: Values) => void;

const NONE: Values = Object.freeze({});

/** Latest numeric values in memory. A listener that throws is dropped from the call, not from the list; others still hear. */
export function createLiveMetrics(onListenerError: (error: unknown) => void): LiveMetrics {
  const latest = new Map<string, Values>();
  const times = new Map<string, Map<string, number>>();
  const listeners = new Set<Listener>();
  return {
    latest: (subjectId) => latest.get(subjectId) ?? NONE,
    heard(subjectId, sensor) {
      const value = latest.get(subjectId)?.[sensor];
      const at = times.get(subjectId)?.get(sensor);
      return value === undefined || at === undefined ? undefined : { value, at };
    },
    record(subjectId, at, values) {
      latest.set(subjectId, { ...latest.get(subjectId), ...values });
      const heard = times.get(subjectId) ?? new Map<string, number>();
      times.set(subjectId, heard);
      for (const sensor of Object.keys(values)) heard.set(sensor, at);
      for (const listener of listeners) {
        try {
          listener(subjectId, at, values);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
    drop(subjectId, sensor) {
      const values = latest.get(subjectId);
      if (values?.[sensor] === undefined) return;
      const { [sensor]: _, ...others } = values;
      latest.set(subjectId, others);
      times.get(subjectId)?.delete(sensor);
    },
    forget(subjectId) {
      latest.delete(subjectId);
      times.delete(subjectId);
    },
    subscribe(listener) {
      const own: Listener = (subjectId, at, values) => listener(subjectId, at, values);
      listeners.add(own);
      return () => listeners.delete(own);
    },
  };
}
