import type { LiveMetrics } from './engine-context.ts';

type Values = Readonly<Record<string, number>>;
type Listener = (subjectId: string, at: number, values: Values) => void;

const NONE: Values = Object.freeze({});

interface Heard {
  value: number;
  at: number;
}

interface Subject {
  readonly heard: Map<string, Heard>;
  /** All values as one, made when somebody asks; null once one has changed. */
  values: Values | null;
}

/** Latest numeric values in memory. A listener that throws is dropped from the call, not from the list; others still hear. */
export function createLiveMetrics(onListenerError: (error: unknown) => void): LiveMetrics {
  const subjects = new Map<string, Subject>();
  const listeners = new Set<Listener>();

  function subjectOf(id: string): Subject {
    const known = subjects.get(id);
    if (known !== undefined) return known;
    const subject: Subject = { heard: new Map(), values: null };
    subjects.set(id, subject);
    return subject;
  }

  return {
    latest(subjectId) {
      const subject = subjects.get(subjectId);
      if (subject === undefined) return NONE;
      subject.values ??= Object.fromEntries([...subject.heard].map(([sensor, { value }]) => [sensor, value]));
      return subject.values;
    },
    heard(subjectId, sensor) {
      const found = subjects.get(subjectId)?.heard.get(sensor);
      return found && { value: found.value, at: found.at };
    },
    record(subjectId, at, values) {
      const subject = subjectOf(subjectId);
      subject.values = null;
      for (const sensor in values) {
        const value = values[sensor] ?? 0;
        const known = subject.heard.get(sensor);
        if (known === undefined) subject.heard.set(sensor, { value, at });
        else {
          known.value = value;
          known.at = at;
        }
      }
      for (const listener of listeners) {
        try {
          listener(subjectId, at, values);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
    drop(subjectId, sensor) {
      const subject = subjects.get(subjectId);
      if (subject?.heard.delete(sensor)) subject.values = null;
    },
    forget: (subjectId) => void subjects.delete(subjectId),
    subscribe(listener) {
      const own: Listener = (subjectId, at, values) => listener(subjectId, at, values);
      listeners.add(own);
      return () => listeners.delete(own);
    },
  };
}
