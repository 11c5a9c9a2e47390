import type { PublicChange, PublicRecords } from '../../api/masking/record-views.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { Kind } from '../../domain/shared/records.ts';
import type { Api } from './connect.ts';

/** Records of some kinds, as they are now. */
export interface LiveRecords {
  get<K extends Kind>(kind: K, id: string): PublicRecords[K] | undefined;
  all<K extends Kind>(kind: K): readonly PublicRecords[K][];
}

export interface Following<T> {
  readonly kinds: readonly [Kind, ...Kind[]];
  /** After this time `late` is thrown. */
  readonly timeoutMs: number;
  /** Called with what changed, first with everything. An answer other than undefined ends the following. */
  readonly look: (records: LiveRecords, changes: readonly PublicChange[]) => T | undefined;
  readonly late: (records: LiveRecords) => Error;
}

/** Follows the server's records until `look` has its answer. Goes on by itself when the connection breaks. */
export function followRecords<T>(api: Api, { kinds, timeoutMs, look, late }: Following<T>): Promise<T> {
  const kept = new Map<string, PublicChange>();
  const records: LiveRecords = {
    get: <K extends Kind>(kind: K, id: string) => kept.get(`${kind}:${id}`)?.record as PublicRecords[K] | undefined,
    all: <K extends Kind>(kind: K) =>
      [...kept.values()].filter((change) => change.kind === kind).map((change) => change.record as PublicRecords[K]),
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(() => reject(late(records))), timeoutMs);
    const subscription = api.events.watch.subscribe(
      { kinds: [...kinds] },
      {
        onData: ({ data }) => {
          const changes = ('snapshot' in data ? data.snapshot : data.changes) as readonly PublicChange[];
          if ('snapshot' in data) kept.clear();
          for (const change of changes) keep(kept, change);
          try {
            const answer = look(records, changes);
            if (answer !== undefined) settle(() => resolve(answer));
          } catch (error) {
            settle(() => reject(error));
          }
        },
        onError: (error) => settle(() => reject(error)),
      },
    );
    function settle(then: () => void): void {
      clearTimeout(timer);
      // The first data may come before `subscribe` has returned.
      queueMicrotask(() => subscription.unsubscribe());
      then();
    }
  });
}

export function lateError(message: string, reasons: readonly string[]): ClockerError {
  return new ClockerError('deadline', {
    message: [message, ...reasons].join('\n  '),
    hint: 'It goes on without us; look with `clocker show`.',
  });
}

function keep(kept: Map<string, PublicChange>, change: PublicChange): void {
  const key = `${change.kind}:${change.id}`;
  if (change.record === null) kept.delete(key);
  else kept.set(key, change);
}
