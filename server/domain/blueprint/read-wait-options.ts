import { parseDurationMs } from '../entity/quantities.ts';
import { isJsonObject, type Json } from '../shared/json.ts';
import { quoteText } from './findings.ts';
import { didYouMean } from './nearest-name.ts';

/** How long `attributeWhenReady` waits. All in milliseconds; null is for ever. */
export interface WaitOptions {
  readonly timeoutMs: number | null;
  readonly ifDown: Patience;
  readonly ifOnFire: Patience;
  /** False: any value will do, even none. */
  readonly waitForTruthy: boolean;
}

/** How long an entity may stay in a state; `initialMs` counts from the beginning of the wait when it was so then. */
export interface Patience {
  readonly afterMs: number | null;
  readonly initialMs: number | null;
}

const FOREVER: Patience = { afterMs: null, initialMs: null };
const ON_FIRE: Patience = { afterMs: 0, initialMs: 15_000 };

/** What Brooklyn does without options. */
export const DEFAULT_WAIT: WaitOptions = {
  timeoutMs: null,
  ifDown: { afterMs: 60_000, initialMs: null },
  ifOnFire: ON_FIRE,
  waitForTruthy: true,
};

/** `attributeWhenReadyAllowingOnFire`. */
export const PATIENT_WAIT: WaitOptions = { timeoutMs: null, ifDown: FOREVER, ifOnFire: FOREVER, waitForTruthy: true };

const DURATIONS = ['timeout', 'timeout_if_down', 'timeout_if_down_initial', 'timeout_if_on_fire', 'timeout_if_on_fire_initial'] as const;
const FLAGS = ['abort_if_on_fire', 'wait_for_truthy'] as const;
type Duration = (typeof DURATIONS)[number];
type Flag = (typeof FLAGS)[number];

export type WaitOptionsParse =
  | { readonly ok: true; readonly options: WaitOptions }
  | { readonly ok: false; readonly message: string; readonly hint?: string | undefined; readonly key?: string };

/**
 * The options of `attributeWhenReady`, in snake_case or camelCase. As in Brooklyn, giving any replaces the default for a target that is
 * down, and the default for one that is on fire only when `abort_if_on_fire` is false or a time is given. Values that are still to
 * be resolved (undefined) are taken to be right.
 */
export function readWaitOptions(given: Json | undefined): WaitOptionsParse {
  if (given === undefined || given === null) return { ok: true, options: DEFAULT_WAIT };
  if (!isJsonObject(given)) return { ok: false, message: 'the options are a map, such as {timeout: 5m}' };
  const durations = new Map<Duration, number | null>();
  const flags = new Map<Flag, boolean>();
  for (const [key, value] of Object.entries(given)) {
    const name = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const duration = DURATIONS.find((known) => known === name);
    const flag = FLAGS.find((known) => known === name);
    if (duration !== undefined) {
      const read = readDuration(value);
      if (read === undefined) return { ok: false, key, message: `${quoteText(key)} needs a duration such as 30s or 5m, or forever` };
      durations.set(duration, read);
    } else if (flag !== undefined) {
      const read = value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined;
      if (read === undefined) return { ok: false, key, message: `${quoteText(key)} is true or false` };
      flags.set(flag, read);
    } else return { ok: false, key, message: `there is no option ${quoteText(key)}`, hint: didYouMean(name, [...DURATIONS, ...FLAGS]) };
  }
  return { ok: true, options: toOptions(durations, flags) };
}

function toOptions(durations: ReadonlyMap<Duration, number | null>, flags: ReadonlyMap<Flag, boolean>): WaitOptions {
  const ms = (key: Duration): number | null => durations.get(key) ?? null;
  const timesOnFire = durations.has('timeout_if_on_fire') || durations.has('timeout_if_on_fire_initial');
  const aborts = flags.get('abort_if_on_fire') ?? true;
  return {
    timeoutMs: ms('timeout'),
    ifDown: { afterMs: ms('timeout_if_down'), initialMs: ms('timeout_if_down_initial') },
    ifOnFire: timesOnFire ? { afterMs: ms('timeout_if_on_fire'), initialMs: ms('timeout_if_on_fire_initial') } : aborts ? ON_FIRE : FOREVER,
    waitForTruthy: flags.get('wait_for_truthy') ?? true,
  };
}

/** Undefined when it is none. */
function readDuration(value: Json): number | null | undefined {
  if (value === null || value === 'forever' || value === 'never') return null;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return parseDurationMs(value) ?? undefined;
}
