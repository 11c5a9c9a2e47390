import type { Json } from '../shared/json.ts';
import type { DslExpression } from './config-value.ts';
import type { DiagnosticCode } from './diagnostic-codes.ts';
import { COMPONENT_SCOPES, DSL_FUNCTIONS, type DslFunction, MANY } from './dsl-functions.ts';
import { type ArgumentNode, type CallNode, nestedExpressions, textArgument } from './dsl-tree.ts';
import { quoteText, type TextRange } from './findings.ts';
import { formatArguments } from './format-java.ts';
import { didYouMean } from './nearest-name.ts';
import { parseTemplate } from './parse-template.ts';
import { readWaitOptions } from './read-wait-options.ts';
import { patternProblem } from './replace-pattern.ts';

export interface ExpressionProblem {
  readonly code: DiagnosticCode;
  readonly range: TextRange;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** What a chain of calls stands on at some point. `unknown`: config and sensors may name an entity or hold a value. */
type Gives = 'entity' | 'value' | 'unknown';

/** What is wrong with an expression by itself: unknown functions, numbers and kinds of arguments, order of a chain. */
export function checkExpression(calls: readonly CallNode[]): readonly ExpressionProblem[] {
  const problems: ExpressionProblem[] = [];
  let on: Gives = 'entity';
  calls.forEach((call, index) => {
    const known = DSL_FUNCTIONS.get(call.name);
    const misplaced = known && placeProblem(call, known, { on, index });
    if (known === undefined) problems.push(unknownFunction(call));
    else if (misplaced !== undefined) problems.push({ code: 'dsl-entity-value', range: call.nameRange, ...misplaced });
    else problems.push(...checkCall(call, known, index > 0 && known.kind === 'text' ? 1 : 0));
    on = known === undefined ? 'unknown' : givenBy(known);
    for (const argument of call.args) for (const nested of nestedExpressions(argument)) problems.push(...checkExpression(nested.calls));
  });
  return problems;
}

/** What the expression gives once it is resolved. */
export function expressionGives(expression: DslExpression): 'entity' | 'value' {
  return DSL_FUNCTIONS.get(expression.calls.at(-1)?.name ?? '')?.kind === 'entity' ? 'entity' : 'value';
}

function givenBy({ kind }: DslFunction): Gives {
  return kind === 'entity' ? 'entity' : kind === 'read' ? 'unknown' : 'value';
}

function placeProblem(
  { name }: CallNode,
  { kind, usage }: DslFunction,
  { on, index }: { readonly on: Gives; readonly index: number },
): { readonly message: string; readonly hint?: string } | undefined {
  if (name === '[]') return on === 'entity' ? { message: 'An entity has no items: read a sensor or config of it first.' } : undefined;
  if (kind === 'spec') return { message: `${name} is written as a key, with what it takes below it.`, hint: usage };
  if (kind === 'text') {
    const alone = index === 0 || on !== 'entity';
    return alone ? undefined : { message: `${name}(…) stands on nothing or on a value, not on an entity.`, hint: usage };
  }
  return on === 'value' ? { message: `${name}(…) stands on an entity, not on a value.` } : undefined;
}

function unknownFunction({ name, nameRange: range }: CallNode): ExpressionProblem {
  const hint = didYouMean(name, DSL_FUNCTIONS.keys());
  return { code: 'dsl-unknown-function', range, message: `There is no function ${quoteText(name)}.`, hint };
}

/** `before`: arguments that stand before the function, as in `value.urlEncode()`. */
function checkCall(call: CallNode, { arity: [fewest, most], usage }: DslFunction, before: number): readonly ExpressionProblem[] {
  const count = call.args.length + before;
  if (count < fewest || count > most) {
    const wanted = fewest === most ? `${fewest}` : most === MANY ? `at least ${fewest}` : `${fewest} or ${most}`;
    const message = `${call.name} takes ${wanted} argument${wanted === '1' ? '' : 's'}, not ${count}.`;
    return [{ code: 'dsl-arguments', range: call.range, message, hint: usage }];
  }
  const problem = before === 0 ? argumentProblem(call) : null;
  if (problem === null) return [];
  const { at, message, hint } = problem;
  return [{ code: 'dsl-arguments', range: at?.range ?? call.range, message: `${call.name}: ${message}.`, hint: hint ?? usage }];
}

interface ArgumentProblem {
  readonly at: ArgumentNode | undefined;
  readonly message: string;
  readonly hint?: string | undefined;
}

function argumentProblem(call: CallNode): ArgumentProblem | null {
  const [first, second] = call.args;
  const text = textArgument(first);
  switch (call.name) {
    case 'formatString':
      return text === null ? null : formatProblem(call, text);
    case 'regexReplacement':
      return patternProblemAt(second);
    case 'function.regexReplacement':
      return patternProblemAt(first);
    case 'component':
      return call.args.length === 2 ? (scopeProblem(first) ?? nameProblem(call, second)) : nameProblem(call, first);
    case 'attributeWhenReady':
      return nameProblem(call, first) ?? optionsProblem(second);
    case 'template':
      return text === null ? null : templateProblem(first, text);
    case 'location':
      return text === null || /^\d{1,3}$/.test(text) ? null : { at: first, message: 'locations are counted from 0' };
    default:
      return nameProblem(call, call.args.at(-1));
  }
}

function formatProblem({ args }: CallNode, format: string): ArgumentProblem | null {
  const used = formatArguments(format);
  if (!used.ok) return { at: args[0], message: used.message };
  const given = args.length - 1;
  if (used.most === given) return null;
  return {
    at: undefined,
    message: `the format uses ${used.most} value${used.most === 1 ? '' : 's'} and ${given} ${given === 1 ? 'is' : 'are'} given`,
  };
}

function patternProblemAt(at: ArgumentNode | undefined): ArgumentProblem | null {
  const pattern = textArgument(at);
  const message = pattern === null ? null : patternProblem(pattern);
  return message === null ? null : { at, message };
}

function scopeProblem(at: ArgumentNode | undefined): ArgumentProblem | null {
  const scope = textArgument(at);
  if (scope === null || COMPONENT_SCOPES.has(scope)) return null;
  const message = `the scope ${quoteText(scope)} is not known; use ${[...COMPONENT_SCOPES.keys()].join(', ')}`;
  return { at, message, hint: didYouMean(scope, COMPONENT_SCOPES.keys()) };
}

/** Functions whose last, or only, argument names something; a scope that is one entity takes any. */
function nameProblem({ name, args }: CallNode, at: ArgumentNode | undefined): ArgumentProblem | null {
  const { names } = DSL_FUNCTIONS.get(name) ?? {};
  const [scope] = args;
  const one = name === 'component' && args.length === 2 && ['this', 'parent', 'root', 'scopeRoot'].includes(textArgument(scope) ?? '');
  if (names === undefined || one || at === undefined || at.kind === 'expression') return null;
  const text = textArgument(at);
  if (text === null) return { at, message: 'the name must be a text' };
  return text.trim() === '' ? { at, message: 'the name is empty' } : null;
}

function optionsProblem(at: ArgumentNode | undefined): ArgumentProblem | null {
  if (at === undefined || at.kind === 'expression') return null;
  if (at.kind !== 'map') return { at, message: 'the options are a map, such as {timeout: 5m}; write the function as a key' };
  const known: Record<string, Json> = {};
  for (const [key, item] of at.entries) if (item.kind === 'value') known[key] = textArgument(item);
  const read = readWaitOptions(known);
  return read.ok
    ? null
    : { at: (read.key === undefined ? undefined : at.entries.get(read.key)) ?? at, message: read.message, hint: read.hint };
}

function templateProblem(at: ArgumentNode | undefined, template: string): ArgumentProblem | null {
  const parsed = parseTemplate(template);
  return parsed.ok ? null : { at, message: parsed.message };
}
