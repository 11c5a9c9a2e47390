import type { WrittenScalar } from './written-node.ts';
import type { YamlScalar } from './yaml-tree.ts';

export interface ScalarPlace {
  /** How the text was written that this replaces; kept where the value permits. */
  readonly was?: YamlScalar['style'] | undefined;
  /** Between brackets, where commas and brackets end a plain text. */
  readonly flow: boolean;
  /** All text in double quotes, as JSON has it. */
  readonly json: boolean;
  /** The quotes that this text has elsewhere. */
  readonly quote: 'single' | 'double';
}

/** A value in one line, such that YAML 1.2 reads that value, and YAML 1.1 too. */
export function writeScalar(value: WrittenScalar['value'], place: ScalarPlace): string {
  if (typeof value !== 'string') return String(value);
  if (place.json || place.was === 'double' || !isPrintable(value)) return writeDouble(value);
  if (place.was === 'single') return writeSingle(value);
  if (isPlain(value, place.flow)) return value;
  const needsEscapes = { double: /["\\]/.test(value), single: value.includes("'") };
  const other = place.quote === 'double' ? 'single' : 'double';
  const quote = needsEscapes[place.quote] && !needsEscapes[other] ? other : place.quote;
  return quote === 'single' ? writeSingle(value) : writeDouble(value);
}

/** A key of a map; whole numbers stand without quotes, as in `8080: 80`. */
export function writeKey(key: string, place: ScalarPlace): string {
  return !place.json && place.was !== 'double' && place.was !== 'single' && /^(?:0|[1-9]\d*)$/.test(key) ? key : writeScalar(key, place);
}

/** True when the text can stand without quotes, read as this text by readers of YAML 1.1 and 1.2 alike. */
function isPlain(text: string, flow: boolean): boolean {
  if (text === '' || text.trim() !== text || !isPrintable(text)) return false;
  if (/^(?:[-?:](?=\s|$)|---|\.\.\.|[,[\]{}#&*!|>'"%@`=])|:(?=\s|$)|\s#/.test(text)) return false;
  return !(flow && /[,[\]{}]|^[?:]/.test(text)) && !isAmbiguous(text);
}

/** What some reader takes for nothing, true, false, a merge, a number (also of base 60) or a date. */
function isAmbiguous(text: string): boolean {
  return AMBIGUOUS.some((pattern) => pattern.test(text));
}

const AMBIGUOUS: readonly RegExp[] = [
  /^(?:~|null|true|false|yes|no|on|off|y|n|<<)$/i,
  /^[-+]?(?:\.(?:inf|nan)|\d[\d_]*|0[xob][\da-f_]+)$/i,
  /^[-+]?(?:\d[\d_]*)?\.[\d_]*$/,
  /^[-+]?(?:\d[\d_]*)?(?:\.[\d_]*)?e[-+]?\d+$/i,
  /^[-+]?\d[\d_]*(?::\d+)+(?:\.[\d_]*)?$/,
  /^\d{4}-\d{1,2}-\d{1,2}(?:$|[T\s])/i,
];

/** No line breaks, no tabs, and nothing that a text file must not hold. */
function isPrintable(text: string): boolean {
  return !/[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}\ufeff\ufffd\ufffe\uffff]/u.test(text);
}

function writeSingle(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** JSON's text is YAML's too, except for characters that JSON leaves as they are and a YAML text must not hold. */
function writeDouble(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffd\ufffe\uffff]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
