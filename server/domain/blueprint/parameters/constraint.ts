import { readPattern } from '../../shared/bounded-pattern.ts';
import { type ConfigValue, isConfigList } from '../config-value.ts';
import { nearestNames, sayNearest } from '../nearest-name.ts';

/** What a parameter asks of its value. */
export type Constraint =
  | { readonly kind: 'required' | 'notNull' | 'blank' | 'urlExists' | 'always' | 'never' }
  | { readonly kind: 'regex' | 'glob'; readonly pattern: string }
  /** Depends on whether other config is set. */
  | { readonly kind: Relation; readonly keys: readonly string[] }
  | { readonly kind: 'all' | 'any' | 'none'; readonly of: readonly Constraint[] }
  /** An object that only Brooklyn could ask. */
  | { readonly kind: 'predicate' };

export type Relation = (typeof RELATIONS)[number];

export type ConstraintParse =
  | { readonly ok: true; readonly constraint: Constraint }
  | { readonly ok: false; readonly message: string; readonly hint?: string | undefined };

const RELATIONS = [
  'forbiddenIf',
  'forbiddenUnless',
  'requiredIf',
  'requiredUnless',
  'requiredUnlessAnyOf',
  'forbiddenUnlessAnyOf',
] as const;
const PLAIN = ['required', 'notNull', 'blank', 'urlExists', 'always', 'never'] as const;

/** Names of Brooklyn's classes and of older versions. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['isNonBlank', 'required'],
  ['isBlank', 'blank'],
  ['alwaysTrue', 'always'],
  ['alwaysFalse', 'never'],
  ['matchesRegex', 'regex'],
  ['matchesGlob', 'glob'],
  ['and', 'all'],
  ['or', 'any'],
  ['not', 'none'],
]);

const NAMES: readonly string[] = [...PLAIN, ...RELATIONS, 'regex', 'glob', 'all', 'any', 'not'];
const OBJECT_KEY = '$brooklyn:object';
const MOST_DEPTH = 8;

/** `required`, `regex: …`, `requiredIf(other)`, a list of which all must hold, or a predicate object. */
export function parseConstraint(value: ConfigValue, depth = 1): ConstraintParse {
  if (depth > MOST_DEPTH) return { ok: false, message: `constraints are nested deeper than ${MOST_DEPTH}` };
  if (typeof value === 'string') return fromText(value.trim(), depth);
  if (isConfigList(value)) return combined('all', value, depth);
  if (typeof value !== 'object' || value === null) return { ok: false, message: 'a constraint is a text, or a map with one key' };
  const [entry, ...more] = Object.entries(value);
  if (entry === undefined || more.length > 0) return { ok: false, message: 'a constraint that is a map has one key' };
  if (entry[0] === OBJECT_KEY) return { ok: true, constraint: { kind: 'predicate' } };
  return named(entry[0], isConfigList(entry[1]) ? entry[1] : [entry[1]], depth);
}

/** `name`, or `name("argument", …)`. */
function fromText(text: string, depth: number): ConstraintParse {
  const call = /^([\w.-]+)\s*\((.*)\)$/s.exec(text);
  if (call === null) return named(text, [], depth);
  const args = call[2]?.trim() ?? '';
  const quoted = /^(["'])(.*)\1$/s.exec(args);
  if (quoted !== null) return named(call[1] ?? '', [(quoted[2] ?? '').replace(/\\(.)/gs, '$1')], depth);
  return named(call[1] ?? '', args === '' ? [] : args.split(',').map((arg) => arg.trim()), depth);
}

function named(written: string, args: readonly ConfigValue[], depth: number): ConstraintParse {
  const bare = written.replace(/^(?:[\w.]*\.)?(?:Predicates|StringPredicates|ConfigConstraints|ResourcePredicates)\./, '');
  const name = ALIASES.get(bare) ?? bare;
  const plain = PLAIN.find((kind) => kind === name);
  if (plain !== undefined) return { ok: true, constraint: { kind: plain } };
  const relation = RELATIONS.find((kind) => kind === name);
  if (relation !== undefined) return related(relation, args);
  if (name === 'regex' || name === 'glob') return patterned(name, args);
  if (name === 'all' || name === 'any' || name === 'none') return combined(name, args, depth);
  const near = sayNearest(nearestNames(written, NAMES));
  return { ok: false, message: `there is no constraint “${written.slice(0, 60)}”`, hint: near ?? `Known are ${NAMES.join(', ')}.` };
}

function related(kind: Relation, args: readonly ConfigValue[]): ConstraintParse {
  const keys = args.flatMap((arg) => (typeof arg === 'string' && arg !== '' ? [arg] : []));
  if (keys.length === 0 || keys.length !== args.length) return { ok: false, message: `${kind} needs the name of another parameter` };
  return { ok: true, constraint: { kind, keys } };
}

function patterned(kind: 'regex' | 'glob', args: readonly ConfigValue[]): ConstraintParse {
  const [pattern, ...more] = args;
  if ((typeof pattern !== 'string' && typeof pattern !== 'number') || more.length > 0)
    return { ok: false, message: `${kind} needs a pattern` };
  const read = kind === 'regex' ? readPattern(String(pattern)) : null;
  if (read?.ok === false && read.reason === 'wrong') return { ok: false, message: read.message };
  return { ok: true, constraint: { kind, pattern: String(pattern) } };
}

function combined(kind: 'all' | 'any' | 'none', values: readonly ConfigValue[], depth: number): ConstraintParse {
  const of: Constraint[] = [];
  for (const value of values) {
    const parsed = parseConstraint(value, depth + 1);
    if (!parsed.ok) return parsed;
    of.push(parsed.constraint);
  }
  return { ok: true, constraint: { kind, of } };
}

/** Why a part of it is never checked, or null: a pattern that could take too long, an object that cannot be asked here. */
export function whyUnchecked(constraint: Constraint): string | null {
  if (constraint.kind === 'regex') {
    const read = readPattern(constraint.pattern);
    return read.ok ? null : read.message;
  }
  if (constraint.kind === 'predicate') return 'an object as constraint is only kept';
  return 'of' in constraint ? (constraint.of.map(whyUnchecked).find((why) => why !== null) ?? null) : null;
}
