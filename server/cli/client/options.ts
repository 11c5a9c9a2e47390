import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `90s`, `5m`, `250ms`; a bare number is seconds. Milliseconds. */
export function parseDuration(text: string): number {
  const [, number = '', unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  const ms = Number(number) * (UNITS[unit] ?? 0);
  if (number !== '' && ms > 0) return ms;
  throw new InvalidArgumentError('Give a duration, for example 90s or 5m.');
}

export function parseCount(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number.');
}

export function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('Give a port from 1 to 65535.');
}

/** `key=value`, collected over repeated options. */
export function collectPairs(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('Give key=value.');
  return { ...before, [text.slice(0, equals)]: text.slice(equals + 1) };
}

/** Texts of an option that may be repeated. */
export function collectTexts(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
