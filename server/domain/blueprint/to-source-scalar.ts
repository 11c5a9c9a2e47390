import { type Findings, quoteText, type TextRange } from './findings.ts';
import type { SourceScalar } from './source-node.ts';

/** A scalar as YAML 1.2 reads it, with a warning where other readers, or people, would read it otherwise. */
export function toSourceScalar(
  { value: read, plain, source }: ReadScalar,
  range: TextRange,
  path: string,
  findings: Findings,
): SourceScalar {
  const value = toValue(read, source, { range, path }, findings);
  if (plain) warnAmbiguous(value, source, { range, path }, findings);
  return { kind: 'scalar', range, value, plain, source, values: 1, depth: 1 };
}

export interface ReadScalar {
  /** As a YAML reader resolved it; whole numbers may be bigints. */
  readonly value: unknown;
  readonly plain: boolean;
  /** The text without quotes, lines joined. */
  readonly source: string;
}

/** The value of a plain scalar in YAML 1.2's core schema; whole numbers are bigints. */
export function resolvePlain(source: string): null | boolean | number | bigint | string {
  if (!/^[-+.~0-9nNtTfF]/.test(source)) return source === '' ? null : source;
  if (/^(?:~|[Nn]ull|NULL)$/.test(source)) return null;
  if (/^(?:[Tt]rue|TRUE)$/.test(source)) return true;
  if (/^(?:[Ff]alse|FALSE)$/.test(source)) return false;
  if (/^[-+]?[0-9]+$/.test(source)) return BigInt(source.startsWith('+') ? source.slice(1) : source);
  if (/^0o[0-7]+$|^0x[0-9a-fA-F]+$/.test(source)) return BigInt(source);
  if (/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(source)) return Number.parseFloat(source);
  if (/^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/.test(source)) {
    return /nan/i.test(source) ? Number.NaN : source.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return source;
}

interface Place {
  readonly range: TextRange;
  readonly path: string;
}

function toValue(value: unknown, source: string, place: Place, findings: Findings): SourceScalar['value'] {
  if (typeof value === 'bigint' && value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER) return Number(value);
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) {
    const message = `${quoteText(source)} is a number that cannot be kept exactly.`;
    findings.add('number-not-exact', {
      ...place,
      message,
      hint: 'Write it in quotes.',
      fix: { title: 'Put it in quotes', text: `"${source}"` },
    });
    return source;
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value;
  return source;
}

/** `no`, `22:22`, `010`, `1e3`, `1.10`: said once, with what it was read as. */
function warnAmbiguous(value: SourceScalar['value'], source: string, place: Place, findings: Findings): void {
  const readAs = ambiguity(value, source);
  if (readAs === null) return;
  const message = `${quoteText(source)} is read as ${readAs}.`;
  const text = `"${source}"`;
  findings.add('text-ambiguous', { ...place, message, hint: `Write ${text} to mean the text.`, fix: { title: 'Put it in quotes', text } });
}

function ambiguity(value: SourceScalar['value'], source: string): string | null {
  if (typeof value === 'number') return String(value) === source ? null : `the number ${value}`;
  if (typeof value !== 'string') return null;
  if (/^(yes|no|on|off|y|n)$/i.test(source)) return 'text, not as true or false';
  if (/^[-+]?\d+(:[0-5]?\d)+$/.test(source)) return 'text, not as a number of base 60';
  return null;
}

/** True for a text that others may read as something else when it is written without quotes. */
export function isAmbiguousText(text: string): boolean {
  return ambiguity(text, text) !== null;
}
