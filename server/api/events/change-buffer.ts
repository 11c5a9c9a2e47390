import type { PublicChange } from '../masking/record-views.ts';

interface Patch {
  readonly revision: number;
  readonly changes: readonly PublicChange[];
}

/**
 * What one client has not been sent yet: at most one change a record, the newest. However slow the client, it holds no more than
 * the records there are.
 */
export interface ChangeBuffer {
  add(patch: Patch): void;
  /** All that waits, oldest change first; null when nothing does. */
  take(): Patch | null;
  /** Resolves when something waits, at once if it does already, or when `signal` aborts. */
  filled(signal: AbortSignal): Promise<void>;
}

export function createChangeBuffer(): ChangeBuffer {
  const waiting = new Map<string, PublicChange>();
  let revision = 0;
  let wake: (() => void) | null = null;
  return {
    add(patch) {
      for (const change of patch.changes) {
        const key = `${change.kind}:${change.id}`;
        waiting.delete(key);
        waiting.set(key, change);
      }
      revision = Math.max(revision, patch.revision);
      if (waiting.size > 0) wake?.();
    },
    take() {
      if (waiting.size === 0) return null;
      const changes = [...waiting.values()];
      waiting.clear();
      return { revision, changes };
    },
    filled(signal) {
      if (waiting.size > 0 || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          wake = null;
          signal.removeEventListener('abort', done);
          resolve();
        };
        wake = done;
        signal.addEventListener('abort', done, { once: true });
      });
    },
  };
}
