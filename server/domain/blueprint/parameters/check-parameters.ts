import type { z } from 'zod';
import type { ParameterSpec } from '../../entity/entity-spec.ts';
import { type ConfigLevel, type ConfigPlace, effectiveAt } from '../config-level.ts';
import { type ConfigValue, isConfigList, isDeferred, isNestedObject, isNestedSpec } from '../config-value.ts';
import { joinPath, quoteText, type TextRange } from '../findings.ts';
import type { PlanState } from '../plan-state.ts';
import { type ConstrainedValue, constraintProblem } from './check-constraint.ts';
import { type Constraint, parseConstraint } from './constraint.ts';
import type { MergedParameter } from './merge-parameters.ts';
import { parameterType } from './parameter-type.ts';

interface Place {
  readonly range: TextRange;
  readonly path: string;
}

/** Tells of values, given or from above, that are not of the type of their parameter or break its constraints, all at once. */
export function checkParameters(
  parameters: readonly MergedParameter[],
  { chain, at }: { readonly chain: readonly ConfigLevel[]; readonly at: Place },
  state: PlanState,
): void {
  for (const parameter of parameters) {
    const { spec } = parameter;
    checkDefault(parameter, state);
    const effective = effectiveAt(spec.name, chain, state)?.parts[0];
    if (state.completedLater && !isGiven(effective?.value)) continue;
    const isDefault = effective?.from === 'default';
    const place = effective === undefined || isDefault ? at : placeOf(effective.holder.places.get(spec.name), at);
    const isSet = (key: string) => isGiven(effectiveAt(key, chain, state)?.parts[0].value);
    const problem = isDefault
      ? problemOfConstraints(spec, { value: effective.value, isSet }, (kind) => !PATTERNS.includes(kind))
      : ((effective && problemOfType(spec, effective.value)) ?? problemOfConstraints(spec, { value: effective?.value, isSet }));
    if (problem === null) continue;
    const named = effective === undefined ? `The parameter ${quoteText(spec.name)}` : quoteText(spec.name);
    state.findings.add('config-invalid', { ...place, message: `${named} ${problem}${shown(effective?.value)}.`, hint: spec.description });
  }
}

/** Of a default they are told where it is declared. */
const PATTERNS: readonly Constraint['kind'][] = ['regex', 'glob'];

/** The default that a declaration gives, against its own type and constraints. */
function checkDefault({ spec, declared }: MergedParameter, state: PlanState): void {
  const giver = declared.find(({ given }) => given.defaultValue !== undefined);
  if (giver === undefined || giver.defaultNode === null || spec.defaultValue === undefined) return;
  const problem =
    problemOfType(spec, spec.defaultValue) ??
    problemOfConstraints(spec, { value: spec.defaultValue, isSet: () => false }, (kind) => PATTERNS.includes(kind));
  if (problem === null) return;
  const place = { range: giver.defaultNode.range, path: joinPath(giver.path, 'default') };
  const message = `The default of ${quoteText(spec.name)} ${problem}${shown(spec.defaultValue)}.`;
  state.findings.add('parameter-invalid', { ...place, message });
}

function placeOf(place: ConfigPlace | undefined, otherwise: Place): Place {
  return place === undefined ? otherwise : { range: place.node?.range ?? place.keyRange, path: place.path };
}

/** What an expression gives is told when it is resolved. */
function problemOfType(spec: ParameterSpec, value: ConfigValue): string | null {
  if (value === null || holdsLater(value)) return null;
  const issue = parameterType(spec.type)?.schema.safeParse(value).error?.issues[0];
  return issue === undefined ? null : textOf(issue);
}

function textOf(issue: z.core.$ZodIssue): string {
  return issue.message.replace(/\.$/, '');
}

function problemOfConstraints(
  { constraints }: ParameterSpec,
  given: ConstrainedValue,
  concerns: (kind: Constraint['kind']) => boolean = () => true,
): string | null {
  for (const written of constraints ?? []) {
    const parsed = parseConstraint(written);
    const problem = parsed.ok && concerns(parsed.constraint.kind) ? constraintProblem(parsed.constraint, given) : null;
    if (problem !== null) return problem;
  }
  return null;
}

function isGiven(value: ConfigValue | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}

function shown(value: ConfigValue | undefined): string {
  return value === undefined || value === null || typeof value === 'object' || value === '' ? '' : `, not ${quoteText(String(value))}`;
}

function holdsLater(value: ConfigValue): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (isDeferred(value) || isNestedSpec(value) || isNestedObject(value)) return true;
  return (isConfigList(value) ? value : Object.values(value)).some(holdsLater);
}
