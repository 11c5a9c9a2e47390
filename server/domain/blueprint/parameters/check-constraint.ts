import { canTry, readPattern } from '../../shared/bounded-pattern.ts';
import { type ConfigValue, isConfigList, isDeferred } from '../config-value.ts';
import type { Constraint } from './constraint.ts';
import { matchesGlob } from './matches-glob.ts';

export interface ConstrainedValue {
  /** Undefined: nothing is given. An expression counts as given, and only that is checked of it. */
  readonly value: ConfigValue | undefined;
  /** True when other config of the entity is set, itself or from above. */
  readonly isSet: (key: string) => boolean;
}

/**
 * Why a value is not what a constraint asks, in words that go after the name of the parameter; null when it is, or when that cannot
 * be told here. What is given nothing is asked nothing, but to be given.
 */
export function constraintProblem(constraint: Constraint, given: ConstrainedValue): string | null {
  switch (constraint.kind) {
    case 'required':
      return isBlank(given.value) ? 'is required' : null;
    case 'notNull':
      return given.value === undefined || given.value === null ? 'is required' : null;
    case 'blank':
      return isBlank(given.value) || isDeferred(given.value) ? null : 'must be empty';
    case 'never':
      return 'can have no value that is allowed';
    case 'regex':
    case 'glob':
      return patternMismatch(constraint, given.value);
    case 'all':
      return firstOf(constraint.of.map((part) => constraintProblem(part, given)));
    case 'any':
      return anyProblem(constraint.of, given);
    case 'none':
      return constraint.of.length > 0 && constraint.of.every((part) => isMet(part, given)) ? 'is what it must not be' : null;
    case 'always':
    case 'urlExists':
    case 'predicate':
      return null;
    default:
      return relationProblem(constraint, given);
  }
}

function relationProblem(
  { kind, keys }: Extract<Constraint, { keys: readonly string[] }>,
  { value, isSet }: ConstrainedValue,
): string | null {
  const names = keys.map((key) => `“${key}”`).join(' or ');
  const others = keys.some(isSet);
  switch (kind) {
    case 'forbiddenIf':
      return others && !isBlank(value) ? `cannot be given together with ${names}` : null;
    case 'forbiddenUnless':
    case 'forbiddenUnlessAnyOf':
      return !others && !isBlank(value) ? `can only be given together with ${names}` : null;
    case 'requiredIf':
      return others && isBlank(value) ? `is required where ${names} is given` : null;
    case 'requiredUnless':
    case 'requiredUnlessAnyOf':
      return !others && isBlank(value) ? `is required where ${names} is not given` : null;
    default:
      return null;
  }
}

function anyProblem(parts: readonly Constraint[], given: ConstrainedValue): string | null {
  const problems = parts.map((part) => constraintProblem(part, given));
  return problems.length > 0 && problems.every((problem) => problem !== null) ? problems.join(', or ') : null;
}

/** Surely met: what cannot be told is not. */
function isMet(part: Constraint, given: ConstrainedValue): boolean {
  if (isDeferred(given.value) || given.value === undefined) return false;
  return !['urlExists', 'predicate'].includes(part.kind) && constraintProblem(part, given) === null;
}

function patternMismatch({ kind, pattern }: Extract<Constraint, { pattern: string }>, value: ConfigValue | undefined): string | null {
  if (value === undefined || value === null || typeof value === 'object') return null;
  const text = String(value);
  if (kind === 'glob') return matchesGlob(pattern, text) ? null : `does not match the form ${pattern}`;
  const read = readPattern(pattern);
  if (!read.ok) return null;
  if (!canTry(read.pattern, text)) return `is too long (${text.length}) to be checked`;
  return new RegExp(`^(?:${read.pattern.source})$`, read.pattern.flags).test(text) ? null : `does not match the pattern ${pattern}`;
}

function isBlank(value: ConfigValue | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return isConfigList(value) && value.length === 0;
}

function firstOf(problems: readonly (string | null)[]): string | null {
  return problems.find((problem) => problem !== null) ?? null;
}
