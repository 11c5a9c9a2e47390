import type { LiveMetrics } from './engine-context.ts';

type Values = Readonly<Record<string, number>>;
type Listener = (subjectId: string, at: number, values: Values) => void;

const NONE: Values = Object.freeze({});

/** Sensors of one subject are few: found by looking through their names, which lie closer together than a map of them would. */
interface Subject {
  readonly names: string[];
  /** Of each name its value, and after it when it was recorded. */
  readonly heard: number[];
  /** All values as one, made when somebody asks; null once one has changed. */
  values: Values | null;
}

/** Latest numeric values in memory. A listener that throws is dropped from the call, not from the list; others still hear. */
export function createLiveMetrics(onListenerError: (error: unknown) => void): LiveMetrics {
  const subjects = new Map<string, Subject>();
  let listeners: readonly Listener[] = [];

  function subjectOf(id: string): Subject {
    const known = subjects.get(id);
    if (known !== undefined) return known;
    const subject: Subject = { names: [], heard: [], values: null };
    subjects.set(id, subject);
    return subject;
  }

  return {
    latest(subjectId) {
      const subject = subjects.get(subjectId);
      if (subject === undefined) return NONE;
      subject.values ??= Object.fromEntries(subject.names.map((sensor, n) => [sensor, subject.heard[2 * n] ?? 0]));
      return subject.values;
    },
    heard(subjectId, sensor) {
      const subject = subjects.get(subjectId);
      const n = subject?.names.indexOf(sensor) ?? -1;
      if (subject === undefined || n === -1) return undefined;
      return { value: subject.heard[2 * n] ?? 0, at: subject.heard[2 * n + 1] ?? 0 };
    },
    record(subjectId, at, values) {
      const subject = subjectOf(subjectId);
      subject.values = null;
      for (const sensor in values) {
        let n = subject.names.indexOf(sensor);
        if (n === -1) n = subject.names.push(sensor) - 1;
        subject.heard[2 * n] = values[sensor] ?? 0;
        subject.heard[2 * n + 1] = at;
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
      const n = subject?.names.indexOf(sensor) ?? -1;
      if (subject === undefined || n === -1) return;
      subject.names.splice(n, 1);
      subject.heard.splice(2 * n, 2);
      subject.values = null;
    },
    forget: (subjectId) => void subjects.delete(subjectId),
    subscribe(listener) {
      const own: Listener = (subjectId, at, values) => listener(subjectId, at, values);
      listeners = [...listeners, own];
      return () => {
        listeners = listeners.filter((other) => other !== own);
      };
    },
  };
}
