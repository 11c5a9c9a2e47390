const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration in at most two units: `350 ms`, `4.2 s`, `12 s`, `3m 05s`, `1h 04m`, `2d 03h`, `41d`. */
export function formatDuration(ms: number): string {
  const value = Math.max(0, ms);
  if (value < SECOND) return `${Math.round(value)} ms`;
  if (value < 10 * SECOND) return `${(Math.floor(value / 100) / 10).toString()} s`;
  if (value < MINUTE) return `${Math.floor(value / SECOND)} s`;
  if (value < HOUR) return `${Math.floor(value / MINUTE)}m ${pad(Math.floor((value % MINUTE) / SECOND))}s`;
  if (value < DAY) return `${Math.floor(value / HOUR)}h ${pad(Math.floor((value % HOUR) / MINUTE))}m`;
  if (value < 10 * DAY) return `${Math.floor(value / DAY)}d ${pad(Math.floor((value % DAY) / HOUR))}h`;
  return `${Math.floor(value / DAY)}d`;
}

/** How long ago in one unit, for tables: `now`, `12 s`, `5m`, `3h`, `2d`. */
export function formatAge(ms: number): string {
  const value = Math.max(0, ms);
  if (value < 2 * SECOND) return 'now';
  if (value < MINUTE) return `${Math.floor(value / SECOND)} s`;
  if (value < HOUR) return `${Math.floor(value / MINUTE)}m`;
  if (value < DAY) return `${Math.floor(value / HOUR)}h`;
  return `${Math.floor(value / DAY)}d`;
}

/** `12 s ago`, `now`, `in 5m` for a time to come. Both in milliseconds since the epoch. */
export function formatRelative(at: number, now: number): string {
  if (at > now + 2 * SECOND) return `in ${formatAge(at - now)}`;
  const age = formatAge(now - at);
  return age === 'now' ? age : `${age} ago`;
}

/** `2026-11-22 20:04:05` in the given zone, the browser's by default. */
export function formatAbsolute(at: number, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...(timeZone ? { timeZone } : {}),
  }).formatToParts(at);
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '';
  return `${get('year')}-${get('month')}-${get('day')} ${get('hour')}:${get('minute')}:${get('second')}`;
}

/** `20:04:05` in the browser's zone. */
export function formatClock(at: number, timeZone?: string): string {
  return formatAbsolute(at, timeZone).slice(11);
}

function pad(value: number): string {
  return value.toString().padStart(2, '0');
}
