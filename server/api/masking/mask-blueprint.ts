import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type Scalar, visit } from 'yaml';
import { isRunCommand } from '../../domain/compose/is-run-command.ts';
import { isSecretName, isVariable, MASK, maskText } from './secret-names.ts';

const NONE: ReadonlySet<string> = new Set();

interface ScalarPlace {
  /** Where the value stands in the text. */
  readonly from: number;
  readonly to: number;
  /** Its path: map keys, and for items of lists their id or name, else their number. */
  readonly path: string;
  readonly value: string;
  /** The value as it may be shown; equal to `value` when it is no secret. */
  readonly masked: string;
}

/** The blueprint with every secret value as `***`; all other text, comments and spaces stay as they are. */
export function maskBlueprint(text: string, secretKeys: ReadonlySet<string> = NONE): string {
  const secrets = scalarsOf(text, secretKeys).filter(({ value, masked }) => masked !== value);
  return splice(
    text,
    secrets.map((place) => ({ ...place, text: JSON.stringify(place.masked) })),
  );
}

/**
 * Puts the secrets of `before` back where `text` says `***`. Values are found by their path; `missing` lists paths whose secret
 * `before` does not have, which the caller has to refuse.
 */
export function restoreSecrets(
  text: string,
  before: string,
  secretKeys: ReadonlySet<string> = NONE,
): { readonly text: string; readonly missing: readonly string[] } {
  const known = new Map(scalarsOf(before, secretKeys).map((place) => [place.path, before.slice(place.from, place.to)]));
  const masked = scalarsOf(text, secretKeys).filter(({ value }) => value.includes(MASK));
  return {
    text: splice(
      text,
      masked.map((place) => ({ ...place, text: known.get(place.path) ?? text.slice(place.from, place.to) })),
    ),
    missing: masked.filter((place) => !known.has(place.path)).map((place) => place.path),
  };
}

/** The values of a blueprint. Text that is neither YAML nor commands of docker has none that can be found. */
function scalarsOf(text: string, secretKeys: ReadonlySet<string>): readonly ScalarPlace[] {
  if (isRunCommand(text)) return assignmentsOf(text);
  const found: ScalarPlace[] = [];
  visit(parseDocument(text), {
    Scalar(key, node, ancestors) {
      if (key === 'key' || !node.range || typeof node.value === 'boolean' || node.value === null) return;
      const value = String(node.value);
      const masked = isReference(value) || isVariable(value) ? value : isSecretPlace(node, ancestors, secretKeys) ? MASK : maskText(value);
      found.push({ from: node.range[0], to: node.range[1], path: pathOf([...ancestors, node]), value, masked });
    },
  });
  return found;
}

/** Values of `NAME=value` and `--name=value` words, and passwords in addresses, in the order of the text. */
function assignmentsOf(text: string): readonly ScalarPlace[] {
  const word = /(^|[\s"'])(-{0,2}[\w.-]+=)?("[^"\n]*"|'[^'\n]*'|[^\s"']+)/g;
  const found: ScalarPlace[] = [];
  for (const match of text.matchAll(word)) {
    const [, before = '', name = '', value = ''] = match;
    const from = match.index + before.length + name.length;
    const bare = value.replace(/^(["'])(.*)\1$/s, '$2');
    const masked = isVariable(bare) ? bare : name !== '' && isSecretName(name.replace(/^-*|=$/g, ''), NONE) ? MASK : maskText(bare);
    found.push({ from, to: from + value.length, path: `${name}#${found.length}`, value: bare, masked });
  }
  return found;
}

/** A reference to another entity's sensor or config holds no secret; literals and formatted texts may. */
function isReference(value: string): boolean {
  return value.startsWith('$brooklyn:') && !/literal\(|formatString\(/.test(value);
}

function isSecretPlace(node: Scalar, ancestors: readonly unknown[], secretKeys: ReadonlySet<string>): boolean {
  const chain = [...ancestors, node];
  return chain.some((item, index) => {
    if (!isPairNode(item)) return false;
    const name = keyOf(item);
    if (isSecretName(name, secretKeys)) return true;
    const map = chain[index - 1];
    return (name === 'value' || name === 'default') && isMap(map) && isSecretName(String(map.get('name') ?? ''), secretKeys);
  });
}

function pathOf(chain: readonly unknown[]): string {
  const parts: string[] = [];
  chain.forEach((item, index) => {
    const parent = chain[index - 1];
    if (isPairNode(item)) parts.push(keyOf(item));
    if (isSeq(parent)) parts.push(itemName(parent.items as Node[], item as Node));
  });
  return parts.join('/');
}

function itemName(items: readonly Node[], item: Node): string {
  if (isMap(item)) {
    const name = item.get('id') ?? item.get('name');
    if (typeof name === 'string') return `[${name}]`;
  }
  if (isScalar(item) && typeof item.value === 'string' && item.value.includes('=')) return `[${item.value.split('=', 1)[0]}]`;
  return `[${items.indexOf(item)}]`;
}

function isPairNode(item: unknown): item is Pair {
  return typeof item === 'object' && item !== null && 'key' in item && 'value' in item && !('items' in item) && !('range' in item);
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

function splice(text: string, edits: readonly { readonly from: number; readonly to: number; readonly text: string }[]): string {
  return [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce((result, edit) => result.slice(0, edit.from) + edit.text + result.slice(edit.to), text);
}
