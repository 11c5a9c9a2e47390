import { isMap, isScalar, isSeq, type Pair, type Scalar, visit, type YAMLSeq } from 'yaml';
import { checkText, checkYamlTokens } from '../../domain/blueprint/check-yaml-tokens.ts';
import type { Diagnostic } from '../../domain/blueprint/diagnostic.ts';
import { createFindings } from '../../domain/blueprint/findings.ts';
import { parseBoundedYaml } from '../../domain/blueprint/parse-bounded-yaml.ts';
import { isRunCommand } from '../../domain/compose/is-run-command.ts';
import { isSecretName, isVariable, MASK, maskText } from '../../domain/shared/secret-names.ts';

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

/** The blueprint with every secret value as `***`; all other text, comments and spaces stay as they are. It has been planned before. */
export function maskBlueprint(text: string, secretKeys: ReadonlySet<string> = NONE): string {
  const scalars = scalarsOf(text, secretKeys);
  if (scalars === null) return MASK;
  const secrets = scalars.filter(({ value, masked }) => masked !== value);
  return splice(
    text,
    secrets.map((place) => ({ ...place, text: JSON.stringify(place.masked) })),
  );
}

export interface Restored {
  readonly text: string;
  /** Paths of what is masked and of which nothing is known; the caller has to refuse them. */
  readonly missing: readonly string[];
  /** Why nothing could be put back: what is wrong with the text. Absent where it could be read. */
  readonly unreadable?: readonly Diagnostic[];
}

/**
 * Puts the secrets of `before`, which has been planned, back where `text` says `***`. Values are found by their path. Nobody has
 * looked at `text` yet: it is parsed only where it must be, and within limits.
 */
export function restoreSecrets(text: string, before: string, secretKeys: ReadonlySet<string> = NONE): Restored {
  if (!text.includes(MASK)) return { text, missing: [] };
  const findings = createFindings({ text });
  const isReadable = checkText(text, findings) && (isRunCommand(text) || checkYamlTokens(text, findings, COMPOSE_TAGS));
  const masked = (isReadable ? scalarsOf(text, secretKeys) : null)?.filter(({ value }) => value.includes(MASK));
  if (masked === undefined) return { text, missing: [], unreadable: findings.list() };
  const known = new Map((scalarsOf(before, secretKeys) ?? []).map((place) => [place.path, before.slice(place.from, place.to)]));
  return {
    text: splice(
      text,
      masked.map((place) => ({ ...place, text: known.get(place.path) ?? text.slice(place.from, place.to) })),
    ),
    missing: masked.filter((place) => !known.has(place.path)).map((place) => place.path),
  };
}

const COMPOSE_TAGS: readonly string[] = ['!reset', '!override'];

/** The values of a blueprint. Text that is neither YAML nor commands of docker has none that can be found; null for one that is too deep. */
function scalarsOf(text: string, secretKeys: ReadonlySet<string>): readonly ScalarPlace[] | null {
  if (isRunCommand(text)) return assignmentsOf(text);
  const parsed = parseBoundedYaml(text, { uniqueKeys: false });
  if (!parsed.ok) return null;
  const found: ScalarPlace[] = [];
  const positions = createPositions();
  visit(parsed.document, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || !node.range || typeof node.value === 'boolean' || node.value === null) return;
      const value = String(node.value);
      const masked = isReference(value) || isVariable(value) ? value : isSecretPlace(node, ancestors, secretKeys) ? MASK : maskText(value);
      found.push({ from: node.range[0], to: node.range[1], path: pathOf([...ancestors, node], positions), value, masked });
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

type Positions = (list: YAMLSeq, item: unknown) => number;

/** Where an item stands in its list, worked out once for each list. */
function createPositions(): Positions {
  const known = new Map<YAMLSeq, ReadonlyMap<unknown, number>>();
  return (list, item) => {
    const positions = known.get(list) ?? new Map(list.items.map((one, index) => [one, index]));
    known.set(list, positions);
    return positions.get(item) ?? -1;
  };
}

function pathOf(chain: readonly unknown[], positions: Positions): string {
  const parts: string[] = [];
  chain.forEach((item, index) => {
    const parent = chain[index - 1];
    if (isPairNode(item)) parts.push(keyOf(item));
    if (isSeq(parent)) parts.push(itemName(parent, item, positions));
  });
  return parts.join('/');
}

function itemName(list: YAMLSeq, item: unknown, positions: Positions): string {
  if (isMap(item)) {
    const name = item.get('id') ?? item.get('name');
    if (typeof name === 'string') return `[${name}]`;
  }
  if (isScalar(item) && typeof item.value === 'string' && item.value.includes('=')) return `[${item.value.split('=', 1)[0]}]`;
  return `[${positions(list, item)}]`;
}

function isPairNode(item: unknown): item is Pair {
  return typeof item === 'object' && item !== null && 'key' in item && 'value' in item && !('items' in item) && !('range' in item);
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

function splice(text: string, edits: readonly { readonly from: number; readonly to: number; readonly text: string }[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.from - b.from)) {
    parts.push(text.slice(at, edit.from), edit.text);
    at = edit.to;
  }
  return [...parts, text.slice(at)].join('');
}
