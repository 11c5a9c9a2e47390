import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import type { Json } from '../shared/json.ts';

/** What an expression may speak of: one reading, several in a list, or those of an entity by their names. */
export type ExpressionName = 'value' | 'values' | 'sensors';
export type Bindings = Partial<Record<ExpressionName, unknown>>;
export type Evaluated = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly why: string };

const LONGEST = 2_000;
/** What an expression may be made of: more is written by nobody, and would take long. */
const LIMITS = { maxAstNodes: 500, maxDepth: 50, maxListElements: 200, maxMapEntries: 200, maxCallArguments: 20 };
const NAMES: readonly ExpressionName[] = ['value', 'values', 'sensors'];
/** Functions that go through a list or map. */
const LOOPS: ReadonlySet<string> = new Set(['map', 'filter', 'all', 'exists', 'exists_one']);
const MOST_KNOWN = 2_000;

const ENVIRONMENT = makeEnvironment();
const known = new Map<string, (bindings: Bindings) => unknown>();

/** What is wrong with an expression (CEL), or null. `names`: what it may speak of. */
export function expressionProblem(text: string, names: readonly ExpressionName[]): string | null {
  if (text.length > LONGEST) return `is longer than ${LONGEST} characters`;
  try {
    const parsed = ENVIRONMENT.parse(text);
    const { valid, error } = parsed.check();
    if (!valid) return firstLine(error?.message ?? 'it cannot be read');
    return nodeProblem(parsed.ast, { names, isInLoop: false });
  } catch (error) {
    return firstLine(error instanceof Error ? error.message : String(error));
  }
}

/** Numbers are those of JSON, whole or not. The text has been checked by `expressionProblem`. */
export function evaluateExpression(text: string, bindings: Bindings): Evaluated {
  try {
    let evaluate = known.get(text);
    if (evaluate === undefined) {
      evaluate = ENVIRONMENT.parse(text);
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(text, evaluate);
    }
    const value = toJson(evaluate(bindings));
    return value === undefined ? { ok: false, why: 'it gives no value that a sensor can have' } : { ok: true, value };
  } catch (error) {
    return { ok: false, why: firstLine(error instanceof Error ? error.message : String(error)) };
  }
}

/** In CEL a whole number and one that is not cannot be added; those of sensors are both. */
function makeEnvironment(): Environment {
  const operators: readonly (readonly [string, (a: number, b: number) => number])[] = [
    ['+', (a, b) => a + b],
    ['-', (a, b) => a - b],
    ['*', (a, b) => a * b],
    ['/', (a, b) => a / b],
    ['%', (a, b) => a % b],
  ];
  let made = new Environment({ limits: LIMITS, homogeneousAggregateLiterals: false })
    .registerVariable('value', 'dyn')
    .registerVariable('values', 'list')
    .registerVariable('sensors', 'map<string, dyn>')
    .registerOperator('double % double: double', (a: number, b: number) => a % b)
    .registerFunction('round(double): double', (value: number) => Math.round(value));
  for (const [sign, apply] of operators) {
    made = made
      .registerOperator(`double ${sign} int: double`, (a: number, b: bigint) => apply(a, Number(b)))
      .registerOperator(`int ${sign} double: double`, (a: bigint, b: number) => apply(Number(a), b));
  }
  return made;
}

interface Place {
  readonly names: readonly ExpressionName[];
  readonly isInLoop: boolean;
}

/** A loop in a loop, and a pattern that is tried in many ways, could take the whole process. */
function nodeProblem(node: ASTNode, place: Place): string | null {
  const { op, args } = node;
  if (op === 'id') {
    const name = NAMES.find((one) => one === args);
    return name === undefined || place.names.includes(name) ? null : `knows no “${name}”; it may speak of ${place.names.join(', ')}`;
  }
  if (op === 'call' && args[0] === 'matches') return NO_PATTERNS;
  if (op === 'rcall') {
    const [name, on, inner] = args;
    if (name === 'matches') return NO_PATTERNS;
    const isLoop = LOOPS.has(name);
    if (isLoop && place.isInLoop) return `${name} may not stand inside another loop over a list`;
    return nodeProblem(on, place) ?? firstProblem(inner, isLoop ? { ...place, isInLoop: true } : place);
  }
  return firstProblem(args, place);
}

const NO_PATTERNS = 'knows no patterns: use contains, startsWith, endsWith or split';

function firstProblem(parts: unknown, place: Place): string | null {
  if (!Array.isArray(parts)) return isNode(parts) ? nodeProblem(parts, place) : null;
  for (const part of parts) {
    const problem = firstProblem(part, place);
    if (problem !== null) return problem;
  }
  return null;
}

function isNode(part: unknown): part is ASTNode {
  return typeof part === 'object' && part !== null && 'op' in part && 'args' in part;
}

function toJson(value: unknown): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (Array.isArray(value)) return allOf(value.map(toJson));
  const entries = value instanceof Map ? [...value] : isPlain(value) ? Object.entries(value) : undefined;
  if (entries === undefined) return undefined;
  const items = allOf(entries.map(([, item]) => toJson(item)));
  return items && Object.fromEntries(entries.map(([key], index) => [String(key), items[index] ?? null]));
}

function allOf(items: readonly (Json | undefined)[]): readonly Json[] | undefined {
  const found = items.filter((item) => item !== undefined);
  return found.length === items.length ? found : undefined;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
