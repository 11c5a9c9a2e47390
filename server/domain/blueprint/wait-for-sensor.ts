import type { Entity } from '../entity/entity.ts';
import type { Lifecycle } from '../entity/lifecycle.ts';
import type { WaitTimes } from '../entity/sensor-waits.ts';
import type { Json } from '../shared/json.ts';
import type { Patience, WaitOptions } from './read-wait-options.ts';

/** Where a wait stands. */
export interface WaitState {
  readonly times: WaitTimes;
  /** When the answer changes by time alone, milliseconds since the epoch; null when only news of the entity changes it. */
  readonly deadline: number | null;
  /** Why it is over without a value; null while it goes on. */
  readonly failure: string | null;
}

/** Null, false, 0, "" and empty collections block: Brooklyn waits for a truthy value. */
export function isTruthy(value: Json | undefined): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value);
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}

/** Brooklyn's word for an entity that is neither starting nor running. */
const DOWN: readonly Lifecycle[] = ['CREATED', 'STOPPING', 'STOPPED', 'DESTROYED', 'ON_FIRE'];

/**
 * A wait for a sensor that is not ready, one look later. It ends by its own timeout, or where the entity stays down or on fire for
 * longer than allowed; an entity that was so from the beginning is given `initialMs` from there (15 s of grace by default).
 */
export function waitForSensor(
  target: Entity,
  sensor: string,
  { options, before, now }: { readonly options: WaitOptions; readonly before: WaitTimes | undefined; readonly now: number },
): WaitState {
  const since = before?.since ?? now;
  const downSince = DOWN.includes(target.actual) ? (before?.downSince ?? now) : undefined;
  const onFireSince = target.actual === 'ON_FIRE' ? (before?.onFireSince ?? now) : undefined;
  const times: WaitTimes = {
    since,
    ...(downSince === undefined ? {} : { downSince }),
    ...(onFireSince === undefined ? {} : { onFireSince }),
  };
  const ends = [
    { at: options.timeoutMs === null ? null : since + options.timeoutMs, why: '' },
    { at: endOf(options.ifOnFire, onFireSince, since), why: ` while it is ON_FIRE` },
    { at: endOf(options.ifDown, downSince, since), why: ` while it is ${target.actual}` },
  ];
  const over = ends.find(({ at }) => at !== null && at <= now);
  const deadlines = ends.flatMap(({ at }) => (at === null ? [] : [at]));
  return {
    times,
    deadline: over === undefined && deadlines.length > 0 ? Math.min(...deadlines) : null,
    failure: over === undefined ? null : `“${target.name}” has had no ${sensor} for ${inWords(now - since)}${over.why}`,
  };
}

/** Since when an entity is in a state, and for how long that may be. */
function endOf({ afterMs, initialMs }: Patience, stateSince: number | undefined, waitSince: number): number | null {
  if (stateSince === undefined) return null;
  const initial = initialMs === null ? null : waitSince + initialMs;
  if (stateSince === waitSince && initial !== null) return initial;
  return afterMs === null ? null : Math.max(stateSince + afterMs, initial ?? 0);
}

function inWords(ms: number): string {
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`;
  return ms < 3_600_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}
