import { Cron } from 'croner';

/** When something is called. Times in milliseconds. */
export type Schedule =
  | { readonly kind: 'once'; readonly first: FirstTime }
  | { readonly kind: 'every'; readonly first: FirstTime; readonly periodMs: number }
  | { readonly kind: 'cron'; readonly pattern: string; readonly timezone: string };

/** After its start: so much later, or at the next time of day or the date that is written. */
export type FirstTime = { readonly afterMs: number } | { readonly at: string; readonly timezone: string };

/** What is wrong with a cron expression (minute hour day month weekday, seconds before them where there are six), or null. */
export function cronProblem(pattern: string): string | null {
  try {
    const next = new Cron(pattern, { mode: '5-or-6-parts', timezone: 'UTC' }).nextRun(new Date(0));
    return next === null ? 'never comes' : null;
  } catch (error) {
    return error instanceof Error ? error.message : 'cannot be read';
  }
}

export function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** `08:30`, `08:30:15`, a date and time, `immediately` or `now`. */
export function isTime(text: string): boolean {
  return NOW.includes(text) || toPattern(text) !== null;
}

/** The first time at or after its start; null where that is past for ever. */
export function firstRun(schedule: Schedule, startedAt: number): number | null {
  if (schedule.kind === 'cron') return nextOf(schedule.pattern, schedule.timezone, startedAt);
  const { first } = schedule;
  if ('afterMs' in first) return startedAt + first.afterMs;
  if (NOW.includes(first.at)) return startedAt;
  const pattern = toPattern(first.at);
  return pattern === null ? null : nextOf(pattern, first.timezone, startedAt - 1000);
}

/** The next after one of them, and after now; null where there is none. */
export function runAfter(schedule: Schedule, runAt: number, now: number): { readonly at: number | null; readonly skipped: number } {
  if (schedule.kind === 'once') return { at: null, skipped: 0 };
  if (schedule.kind === 'cron') return { at: nextOf(schedule.pattern, schedule.timezone, Math.max(runAt, now)), skipped: 0 };
  const periods = Math.max(1, Math.floor((now - runAt) / schedule.periodMs) + 1);
  return { at: runAt + periods * schedule.periodMs, skipped: periods - 1 };
}

const NOW: readonly string[] = ['immediately', 'now'];

function toPattern(text: string): string | null {
  const time = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim());
  if (time) {
    const [, hour = '0', minute = '0', second = '0'] = time;
    return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
      ? `${Number(second)} ${Number(minute)} ${Number(hour)} * * *`
      : null;
  }
  const date = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(Z)?$/.exec(text.trim());
  if (!date || Number.isNaN(Date.parse(`${date[1]}T${date[2]}${date[3] ?? ':00'}Z`))) return null;
  return `${date[1]}T${date[2]}${date[3] ?? ':00'}${date[4] ?? ''}`;
}

function nextOf(pattern: string, timezone: string, afterMs: number): number | null {
  const mode = pattern.includes('T') ? {} : ({ mode: '5-or-6-parts' } as const);
  return new Cron(pattern, { ...mode, timezone }).nextRun(new Date(afterMs))?.getTime() ?? null;
}
