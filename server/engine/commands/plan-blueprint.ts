import type { ApplicationPlan } from '../../domain/blueprint/application-plan.ts';
import type { BlueprintInput } from '../../domain/blueprint/blueprint-input.ts';
import type { Diagnostic } from '../../domain/blueprint/diagnostic.ts';
import { refusesDeploy } from '../../domain/blueprint/diagnostic-codes.ts';
import { cloudNamed } from '../../domain/entity/location.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { StoreView } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';
import { firstErrorOf } from './first-error.ts';
import { missingSecrets } from './secrets/require-secrets.ts';

/** The plan of a blueprint that can be deployed. @throws ClockerError blueprint.invalid with what is in the way and its place */
export async function requirePlan(
  input: BlueprintInput,
  { planner, store }: Pick<EngineContext, 'planner' | 'store'>,
): Promise<ApplicationPlan> {
  const result = await planner.plan(input);
  if (result.ok && result.deployable) {
    const missing = missingSecrets(result.plan, store.view);
    if (missing.length > 0) throw firstErrorOf(missing, 'Secrets are missing');
    return result.plan;
  }
  throw result.ok ? notYet(result.diagnostics) : firstErrorOf(result.diagnostics, 'The blueprint cannot be understood');
}

const MOST_NAMED = 10;

/** What nothing acts on yet must not be left out silently: the whole blueprint is refused, and each part of it is named. */
function notYet(diagnostics: readonly Diagnostic[]): ClockerError {
  const found = diagnostics.filter(({ code }) => refusesDeploy(code));
  const named = found.slice(0, MOST_NAMED).map(({ line, column, message }) => `Line ${line}, column ${column}: ${message}`);
  if (found.length === 0) named.push('It asks for what nothing acts on yet; other findings hide what.');
  const more = found.length > MOST_NAMED ? ` And ${found.length - MOST_NAMED} more.` : '';
  return new ClockerError('blueprint.invalid', {
    message: `The blueprint cannot be deployed by this version. ${named.join(' ')}${more}`,
    hint: 'Remove or replace these parts to deploy the rest.',
    findings: diagnostics,
  });
}

/** The cloud to run in: the one asked for, else that of the blueprint, else the only one. @throws ClockerError input.invalid | not-found */
export function requireLocation(view: StoreView, wanted: string | null): string {
  const names = [...view.all('cloud').values()].map((cloud) => cloud.name);
  const known = names.length > 0 ? `Clouds are: ${names.join(', ')}.` : 'Add a cloud and its hosts first.';
  if (wanted !== null) {
    const cloud = cloudNamed(view, wanted);
    if (cloud?.closing)
      throw new ClockerError('conflict', { message: `The cloud ${wanted} is being taken down`, hint: 'Choose another location.' });
    if (cloud) return wanted;
    throw new ClockerError('not-found', { message: `There is no location ${wanted}`, hint: known });
  }
  const [only] = names;
  if (only !== undefined && names.length === 1) return only;
  throw new ClockerError('input.invalid', { message: 'The blueprint does not say where to run', hint: `Choose a location. ${known}` });
}
