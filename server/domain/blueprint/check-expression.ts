import type { DslCall, DslExpression } from './config-value.ts';
import type { DiagnosticCode } from './diagnostic-codes.ts';
import { COMPONENT_SCOPES, DSL_FUNCTIONS, UNSUPPORTED_DSL_FUNCTIONS } from './dsl-functions.ts';
import { quoteText } from './findings.ts';
import { formatArguments } from './format-java.ts';
import { didYouMean } from './nearest-name.ts';
import { type DslArgument, isDslExpression } from './parse-dsl.ts';
import { patternProblem } from './replace-pattern.ts';

export interface ExpressionProblem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** What is wrong with an expression by itself: unknown functions, numbers and kinds of arguments, order of a chain. */
export function checkExpression(expression: DslExpression): readonly ExpressionProblem[] {
  const problems: ExpressionProblem[] = [];
  let on: 'entity' | 'value' = 'entity';
  expression.calls.forEach((call, index) => {
    const known = DSL_FUNCTIONS.get(call.name);
    if (known === undefined) problems.push(unknownFunction(call.name));
    else if (on === 'value') problems.push({ code: 'dsl-entity-value', message: `${call.name}(…) stands on an entity, not on a value.` });
    else if (known.kind === 'text' && index > 0) {
      problems.push({
        code: 'dsl-entity-value',
        message: `${call.name}(…) stands on nothing: begin an expression with it.`,
        hint: known.usage,
      });
    } else problems.push(...checkCall(call));
    on = known?.kind === 'entity' ? 'entity' : 'value';
    for (const argument of call.args) if (isDslExpression(argument)) problems.push(...checkExpression(argument));
  });
  return problems;
}

/** What the expression gives once it is resolved. */
export function expressionGives(expression: DslExpression): 'entity' | 'value' {
  return DSL_FUNCTIONS.get(expression.calls.at(-1)?.name ?? '')?.kind === 'entity' ? 'entity' : 'value';
}

function unknownFunction(name: string): ExpressionProblem {
  if (UNSUPPORTED_DSL_FUNCTIONS.has(name)) {
    const hint = `Evaluated are ${[...DSL_FUNCTIONS.keys()].join(', ')}.`;
    return { code: 'dsl-unsupported', message: `${name}(…) is Brooklyn’s, but this version does not evaluate it.`, hint };
  }
  const known = [...DSL_FUNCTIONS.keys(), ...UNSUPPORTED_DSL_FUNCTIONS];
  return { code: 'dsl-unknown-function', message: `There is no function ${quoteText(name)}.`, hint: didYouMean(name, known) };
}

function checkCall(call: DslCall): readonly ExpressionProblem[] {
  const known = DSL_FUNCTIONS.get(call.name);
  const [fewest, most] = known?.arity ?? [0, 0];
  const count = call.args.length;
  if (count < fewest || count > most) {
    const wanted = fewest === most ? `${fewest}` : most === 100 ? `at least ${fewest}` : `${fewest} or ${most}`;
    return [
      {
        code: 'dsl-arguments',
        message: `${call.name} takes ${wanted} argument${wanted === '1' ? '' : 's'}, not ${count}.`,
        hint: known?.usage,
      },
    ];
  }
  const problem = argumentProblem(call);
  return problem === null ? [] : [{ code: 'dsl-arguments', message: `${call.name}: ${problem}.`, hint: known?.usage }];
}

function argumentProblem({ name, args }: DslCall): string | null {
  const [first, second] = args;
  if (name === 'formatString' && typeof first === 'string') {
    const used = formatArguments(first);
    if (!used.ok) return used.message;
    if (used.most !== args.length - 1)
      return `the format uses ${used.most} value${used.most === 1 ? '' : 's'} and ${args.length - 1} are given`;
  }
  if (name === 'regexReplacement' && typeof second === 'string') return patternProblem(second);
  if (name === 'component' && args.length === 2 && !COMPONENT_SCOPES.has(wordOf(first))) {
    return `the scope ${quoteText(wordOf(first))} is not known; use ${[...COMPONENT_SCOPES.keys()].join(', ')}`;
  }
  if (NAMED.has(name) && !isDslExpression(args.at(-1) ?? null) && wordOf(args.at(-1)) === '') return 'the name is empty';
  return null;
}

const NAMED: ReadonlySet<string> = new Set([
  'component',
  'entity',
  'sibling',
  'child',
  'descendant',
  'ancestor',
  'attributeWhenReady',
  'config',
]);

function wordOf(argument: DslArgument | undefined): string {
  return argument === undefined || isDslExpression(argument) ? '' : String(argument);
}
