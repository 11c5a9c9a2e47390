import type { LogLine } from '../../ports/docker-engine.ts';

/** Where reading one container's log has got to: by Docker's time stamps, and the lines of the last one. */
export interface LogPosition {
  /** What to ask the engine for. */
  request(): { readonly tail: number; readonly sinceMs?: number };
  /** False for a line that was told before. Keeps the position. */
  isNew(line: LogLine): boolean;
  /** From now on, lines up to the position may come again. */
  resume(): void;
}

const ALL_LINES = 100_000;

export function createLogPosition(tail: number): LogPosition {
  let at = '';
  /** Lines told at `at`: stream and text, with how often. */
  let told = new Map<string, number>();
  let repeated = new Map<string, number>();

  return {
    request() {
      const since = Date.parse(at);
      return Number.isNaN(since) ? { tail } : { tail: ALL_LINES, sinceMs: since };
    },
    isNew(line) {
      if (line.at < at) return false;
      const key = `${line.stream} ${line.text}`;
      if (line.at > at) {
        at = line.at;
        told = new Map();
        repeated = new Map();
      }
      const before = repeated.get(key) ?? 0;
      if (before > 0) {
        repeated.set(key, before - 1);
        return false;
      }
      told.set(key, (told.get(key) ?? 0) + 1);
      return true;
    },
    resume() {
      repeated = new Map(told);
    },
  };
}
