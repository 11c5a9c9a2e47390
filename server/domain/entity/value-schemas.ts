import { z } from 'zod';
import { parsePorts } from './port-ranges.ts';
import { parseBytes } from './quantities.ts';

/*
 * Values as blueprints write them. What is written in another form is accepted where nothing is lost ("8080" for a port, 5 for a
 * text) and stays as it is written; what would overflow or be cut off is refused.
 */

const MOST_INTEGER = 2n ** 31n - 1n;
const MOST_LONG = 2n ** 63n - 1n;
const MOST_FLOAT = 3.4028234663852886e38;

/** From −2147483648 to 2147483647, also in quotes. */
export const integer = z.union([z.number(), z.string()], 'needs a whole number').superRefine((value, context) => {
  addWholeIssue(value, MOST_INTEGER, context);
});

/** 64 bits; beyond 2^53 only in quotes, since YAML numbers are not exact there. */
export const long = z.union([z.number(), z.string()], 'needs a whole number').superRefine((value, context) => {
  addWholeIssue(value, MOST_LONG, context);
});

export const double = z.union([z.number(), z.string()], 'needs a number').superRefine((value, context) => {
  addNumberIssue(value, Number.MAX_VALUE, context);
});

export const float = z.union([z.number(), z.string()], 'needs a number').superRefine((value, context) => {
  addNumberIssue(value, MOST_FLOAT, context);
});

export const boolean = z
  .union([z.boolean(), z.string()], 'needs true or false')
  .refine((value) => typeof value === 'boolean' || /^(?:true|false)$/i.test(value.trim()), 'needs true or false');

/** Numbers and booleans are taken as they are written. */
export const text = z.union([z.string(), z.number(), z.boolean()], 'needs a text');

export const byteSize = z
  .union([z.string(), z.number()], 'needs a size such as 512m')
  .refine((value) => parseBytes(value) !== null, 'needs a size such as 512m or 1.5g');

/** Milliseconds since 1970, or a date such as `2026-11-25T10:30:00Z`. */
export const timestamp = z
  .union([z.string(), z.number()], 'needs a date')
  .refine((value) => isTimestamp(value), 'needs a date such as 2026-11-25 or 2026-11-25T10:30:00Z');

/** `8080`, `8000-9000`, `8080+`, several with commas or as a list: the first free one is taken. */
export const portRange = z
  .union([z.number(), z.string(), z.array(z.union([z.number(), z.string()]))], 'needs a port such as 8080, "8000-9000" or "8080+"')
  .superRefine((value, context) => {
    const parsed = parsePorts(value);
    if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.message });
  });

function addWholeIssue(value: string | number, most: bigint, context: z.core.$RefinementCtx): void {
  const written = String(value).trim();
  if (!/^[+-]?\d{1,40}$/.test(written)) {
    const whole = typeof value === 'number' && Number.isInteger(value) && Math.abs(value) >= 1e21;
    context.addIssue({ code: 'custom', message: whole ? beyond(most) : 'needs a whole number' });
    return;
  }
  const number = BigInt(written.replace(/^\+/, ''));
  if (number > most || number < -most - 1n) context.addIssue({ code: 'custom', message: beyond(most) });
}

function beyond(most: bigint): string {
  return `needs a whole number from ${-most - 1n} to ${most}`;
}

function addNumberIssue(value: string | number, most: number, context: z.core.$RefinementCtx): void {
  const written = String(value).trim();
  const number = Number(written);
  if (written === '' || !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(written)) {
    context.addIssue({ code: 'custom', message: 'needs a number' });
  } else if (Math.abs(number) > most) context.addIssue({ code: 'custom', message: `needs a number of at most ${most.toPrecision(5)}` });
}

function isTimestamp(value: string | number): boolean {
  if (typeof value === 'number' || /^\d{1,16}$/.test(value)) return Number.isSafeInteger(Number(value));
  return (
    /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(value.trim()) &&
    !Number.isNaN(Date.parse(value))
  );
}
