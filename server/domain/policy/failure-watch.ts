import type { Decision } from '../adjunct/behaviour.ts';
import type { Json } from '../shared/json.ts';

/** What a failure detector sees now. `unknown` counts as nothing: timers that run are begun anew. */
export type Condition = { readonly is: 'failing' | 'well'; readonly why: string } | { readonly is: 'unknown'; readonly why: string };

export interface FailureWatchSettings {
  readonly failedSensor: string;
  readonly recoveredSensor: string;
  /** Milliseconds that it must fail before it is said to have failed. */
  readonly failedAfterMs: number;
  readonly recoveredAfterMs: number;
  /** Says it again so often while it fails, milliseconds; 0 says it once. */
  readonly againMs: number;
}

export interface FailureWatchMemory {
  /** Since when it fails, or is well again; milliseconds since the epoch. Never both. */
  readonly failingSince?: number;
  readonly wellSince?: number;
}

export interface Watched {
  readonly condition: Condition;
  readonly now: number;
  /** What stands in the sensor of failures now; undefined where it has none. */
  readonly published: Json | undefined;
  /** Whose failure it is, in the words of people. */
  readonly name: string;
}

/**
 * From what is seen to what is said: failures and recoveries, each once it has lasted. What is said follows from when it began, so that it
 * can be said twice and is the same. A failure that comes again before the recovery from the last is another one.
 */
export function watchFailure(
  memory: FailureWatchMemory,
  settings: FailureWatchSettings,
  { condition, now, published, name }: Watched,
): Decision<FailureWatchMemory> {
  const hasFailed = published !== undefined && published !== null;
  if (condition.is === 'unknown') return remember(memory, {}, { highlight: { level: 'ok', text: condition.why } });
  if (condition.is === 'failing') {
    const since = memory.failingSince ?? now;
    const next = { failingSince: since };
    const dueAt = since + settings.failedAfterMs;
    if (now < dueAt) {
      const text = `${condition.why}; failed if that stays so for ${inSeconds(settings.failedAfterMs)}`;
      return remember(memory, next, { highlight: { level: 'ok', text }, lookAgainAt: dueAt });
    }
    const { againMs } = settings;
    const rounds = againMs > 0 ? Math.floor((now - dueAt) / againMs) : 0;
    return remember(memory, next, {
      highlight: { level: 'acts', text: `${name} has failed: ${condition.why}` },
      publish: {
        [settings.failedSensor]: { at: since + rounds * againMs, component: name, description: condition.why },
        [settings.recoveredSensor]: null,
      },
      ...(againMs > 0 ? { lookAgainAt: dueAt + (rounds + 1) * againMs } : {}),
    });
  }
  if (!hasFailed) return remember(memory, {}, { highlight: { level: 'ok', text: condition.why } });
  const since = memory.wellSince ?? now;
  const dueAt = since + settings.recoveredAfterMs;
  if (now < dueAt) {
    const text = `${condition.why}; recovered if that stays so for ${inSeconds(settings.recoveredAfterMs)}`;
    return remember(memory, { wellSince: since }, { highlight: { level: 'ok', text }, lookAgainAt: dueAt });
  }
  return remember(
    memory,
    { wellSince: since },
    {
      highlight: { level: 'ok', text: `${name} has recovered: ${condition.why}` },
      publish: { [settings.failedSensor]: null, [settings.recoveredSensor]: { at: since, component: name, description: condition.why } },
    },
  );
}

function remember(
  before: FailureWatchMemory,
  next: FailureWatchMemory,
  decision: Decision<FailureWatchMemory>,
): Decision<FailureWatchMemory> {
  const isSame = before.failingSince === next.failingSince && before.wellSince === next.wellSince;
  return isSame ? decision : { ...decision, memory: next };
}

function inSeconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(1))} s`;
}

/** What tells one failure from the next: when it began, where the sensor tells; else what it says. Null where nothing has failed. */
export function failureKey(value: Json | undefined): string | null {
  if (value === undefined || value === null || value === false) return null;
  if (typeof value === 'object' && 'at' in value && typeof value.at === 'number') return String(value.at);
  return JSON.stringify(value);
}
