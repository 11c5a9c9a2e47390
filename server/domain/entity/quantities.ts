const BYTE_UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };
const MS_UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, sec: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** `512m`, `1.5 GiB`, `2g`, `1073741824` in bytes, by powers of 1024 as Docker counts; null when it is none. */
export function parseBytes(value: string | number): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : null;
  const match = /^(\d{1,15}(?:\.\d{1,6})?)\s*([bkmgt]?)(?:i?b)?$/i.exec(value.trim());
  const unit = match?.[2] === undefined ? undefined : BYTE_UNITS[match[2].toLowerCase()];
  if (match === null || unit === undefined) return null;
  const bytes = Number(match[1]) * unit;
  return Number.isSafeInteger(bytes) ? bytes : null;
}

/** `30s`, `2m`, `1h 30m`, `500ms`, `5 minutes`, or a number of milliseconds; null when it is none. */
export function parseDurationMs(value: string | number): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : null;
  const text = value.trim().toLowerCase();
  if (!/^(?:\d{1,12}(?:\.\d{1,3})?\s*[a-z]+\s*)+$/.test(text)) return /^\d{1,12}$/.test(text) ? Number(text) : null;
  let total = 0;
  for (const [, amount, word = ''] of text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/g)) {
    const unit = MS_UNITS[LONG_UNITS[word] ?? word];
    if (unit === undefined) return null;
    total += Number(amount) * unit;
  }
  return Number.isSafeInteger(Math.round(total)) ? Math.round(total) : null;
}

const LONG_UNITS: Readonly<Record<string, string>> = {
  millis: 'ms',
  millisecond: 'ms',
  milliseconds: 'ms',
  secs: 's',
  second: 's',
  seconds: 's',
  mins: 'm',
  minute: 'm',
  minutes: 'm',
  hour: 'h',
  hours: 'h',
  day: 'd',
  days: 'd',
};

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** `8080`, `"8080"`, `8000-8010` or `8080+` (to 65535); null when it is none or not within 1-65535. */
export function parsePortRange(value: string | number): PortRange | null {
  const match = /^(\d{1,5})(?:(\+)|\s*-\s*(\d{1,5}))?$/.exec(String(value).trim());
  if (match === null) return null;
  const from = Number(match[1]);
  const to = match[2] === '+' ? 65_535 : Number(match[3] ?? match[1]);
  return from >= 1 && to <= 65_535 && from <= to ? { from, to } : null;
}
