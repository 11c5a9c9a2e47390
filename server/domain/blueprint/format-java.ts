import type { Json } from '../shared/json.ts';

export type Formatted = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

const SPECIFIER = /%(?:(\d+)\$)?([-#+ 0,(]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g;
const WIDEST = 1000;

/** Positions (from 1) of the arguments that a Java format uses, or what is wrong with it. */
export function formatArguments(
  format: string,
): { readonly ok: true; readonly most: number } | { readonly ok: false; readonly message: string } {
  let next = 0;
  let most = 0;
  for (const { position, width, precision, conversion, text } of specifiers(format)) {
    if (!'sSdxXcCbBfeEgo%n'.includes(conversion)) return { ok: false, message: `“${text}” is no conversion; use %s, %d, %x, %f, %% or %n` };
    if (width > WIDEST || precision > WIDEST) return { ok: false, message: `“${text}” is wider than ${WIDEST}` };
    if (conversion === '%' || conversion === 'n') continue;
    if (position === 0) return { ok: false, message: `“${text}”: arguments are counted from 1` };
    if (position === null) next += 1;
    most = Math.max(most, position ?? next);
  }
  const lone = format.replace(SPECIFIER, '').indexOf('%');
  if (lone >= 0) return { ok: false, message: 'a “%” stands alone; write %% for a per cent sign' };
  return { ok: true, most };
}

/** Java's `String.format` for %s %S %d %x %X %o %c %b %f %e %g %% %n with position, flags, width and precision. */
export function formatJava(format: string, args: readonly Json[]): Formatted {
  const used = formatArguments(format);
  if (!used.ok) return used;
  if (used.most > args.length) return { ok: false, message: `the format uses ${used.most} values and ${args.length} are given` };
  let next = 0;
  let refusal: string | null = null;
  const text = format.replace(SPECIFIER, (...match) => {
    const specifier = toSpecifier(match);
    if (specifier.conversion === '%') return pad('%', specifier);
    if (specifier.conversion === 'n') return '\n';
    const index = specifier.position === null ? next++ : specifier.position - 1;
    const formatted = formatOne(specifier, args[index] ?? null);
    if (!formatted.ok) refusal ??= formatted.message;
    return formatted.ok ? formatted.text : '';
  });
  return refusal === null ? { ok: true, text } : { ok: false, message: refusal };
}

interface Specifier {
  readonly text: string;
  readonly position: number | null;
  readonly flags: string;
  readonly width: number;
  /** -1 when none is given. */
  readonly precision: number;
  readonly conversion: string;
}

function* specifiers(format: string): Generator<Specifier> {
  for (const match of format.matchAll(SPECIFIER)) yield toSpecifier(match);
}

function toSpecifier(match: readonly (string | undefined)[]): Specifier {
  const [text, position, flags, width, precision, conversion] = match;
  return {
    text: text ?? '',
    position: position === undefined ? null : Number(position),
    flags: flags ?? '',
    width: Number(width ?? 0),
    precision: precision === undefined ? -1 : Number(precision),
    conversion: conversion ?? '',
  };
}

function formatOne(specifier: Specifier, value: Json): Formatted {
  const kind = specifier.conversion.toLowerCase();
  const body =
    kind === 's' ? cut(toText(value), specifier) : kind === 'b' ? cut(String(value !== null && value !== false), specifier) : null;
  if (body !== null) return { ok: true, text: pad(capital(body, specifier), specifier) };
  if (kind === 'c') return { ok: true, text: pad(capital([...toText(value)][0] ?? '', specifier), specifier) };
  const number = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : Number.NaN;
  const whole = 'dxo'.includes(kind);
  if (!Number.isFinite(number) || (whole && !Number.isSafeInteger(number))) {
    return { ok: false, message: `“${specifier.text}” needs a ${whole ? 'whole ' : ''}number and got ${JSON.stringify(value)}` };
  }
  return { ok: true, text: pad(capital(signed(number, kind, specifier), specifier), specifier) };
}

function signed(number: number, kind: string, { flags, precision }: Specifier): string {
  const size = Math.abs(number);
  const digits = digitsOf(size, kind, precision < 0 ? 6 : Math.min(precision, 100));
  const grouped = flags.includes(',') ? digits.replace(/^\d+/, (part) => part.replace(/\B(?=(\d{3})+$)/g, ',')) : digits;
  if (number < 0) return flags.includes('(') ? `(${grouped})` : `-${grouped}`;
  return `${flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''}${grouped}`;
}

function digitsOf(size: number, kind: string, precision: number): string {
  if (kind === 'd') return String(size);
  if (kind === 'x') return size.toString(16);
  if (kind === 'o') return size.toString(8);
  if (kind === 'f') return size.toFixed(precision);
  if (kind === 'g') return size.toPrecision(Math.max(1, precision));
  return size.toExponential(precision).replace(/e([+-])(\d)$/, 'e$10$2');
}

function cut(text: string, { precision }: Specifier): string {
  return precision < 0 ? text : text.slice(0, precision);
}

function capital(text: string, { conversion }: Specifier): string {
  return conversion === conversion.toUpperCase() ? text.toUpperCase() : text;
}

function pad(text: string, { width, flags }: Specifier): string {
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0')) return text.padStart(width);
  const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

/** As Java's `String.valueOf` would show it: text bare, null as `null`, lists and maps as JSON. */
export function toText(value: Json): string {
  return typeof value === 'string' ? value : typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
