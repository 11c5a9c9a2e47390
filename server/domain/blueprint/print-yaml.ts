import { Document, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { isAmbiguousText } from './to-source-scalar.ts';

/** What is printed. Maps keep the order of their entries; an entry may have a comment above it. */
export type PrintValue = null | boolean | number | string | readonly PrintValue[] | PrintMap;

export interface PrintMap {
  readonly entries: readonly PrintEntry[];
  /** Above the first entry. */
  readonly comment?: string;
}

export interface PrintEntry {
  readonly key: string;
  readonly value: PrintValue;
  readonly comment?: string;
}

/** Characters that a blueprint may hold only as escapes. */
const ESCAPED = /[\u007f-\u009f\u2028\u2029\ufeff\ufffd\ufffe\uffff]/g;

/** YAML 1.2 that reads back as the same values and without a warning: what others read otherwise is put in quotes. */
export function printYaml(value: PrintMap): string {
  const document = new Document(null, { version: '1.2', schema: 'core' });
  document.contents = toNode(value);
  if (value.comment !== undefined) document.commentBefore = toComment(value.comment);
  const text = document.toString({ lineWidth: 0, indentSeq: false, singleQuote: false, flowCollectionPadding: false });
  return text.replace(ESCAPED, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function toNode(value: PrintValue): Scalar | YAMLMap | YAMLSeq {
  if (isPrintList(value)) {
    const list = new YAMLSeq();
    list.items = value.map(toNode);
    list.flow = value.length === 0 || (value.length <= 12 && value.every(isShort));
    return list;
  }
  return typeof value === 'object' && value !== null ? toMap(value) : toScalar(value);
}

/** `Array.isArray` for values that are read only. */
function isPrintList(value: PrintValue): value is readonly PrintValue[] {
  return Array.isArray(value);
}

function toMap({ entries }: PrintMap): YAMLMap {
  const map = new YAMLMap();
  map.items = entries.map(({ key, value, comment }) => {
    const name = toScalar(key);
    if (comment !== undefined) name.commentBefore = toComment(comment);
    return new Pair(name, toNode(value));
  });
  map.flow = map.items.length === 0;
  return map;
}

function toScalar(value: null | boolean | number | string): Scalar {
  const scalar = new Scalar(value);
  if (typeof value !== 'string') return scalar;
  if (value === '<<' || isAmbiguousText(value) || new RegExp(ESCAPED).test(value)) scalar.type = 'QUOTE_DOUBLE';
  return scalar;
}

function isShort(value: PrintValue): boolean {
  return typeof value !== 'object' && String(value).length <= 24 && !String(value).includes('\n');
}

function toComment(text: string): string {
  return text
    .split('\n')
    .map((line) => ` ${line}`)
    .join('\n');
}
