import type { ApplicationPlan } from '../../domain/blueprint/application-plan.ts';
import type { BlueprintInput } from '../../domain/blueprint/blueprint-input.ts';
import { cloudNamed } from '../../domain/entity/location.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { StoreView } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';

/** The plan of a blueprint. @throws ClockerError blueprint.invalid with the first finding and its place */
export async function requirePlan(input: BlueprintInput, { planner }: Pick<EngineContext, 'planner'>): Promise<ApplicationPlan> {
  const result = await planner.plan(input);
  if (result.ok) return result.plan;
  const errors = result.diagnostics.filter((finding) => finding.severity === 'error');
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  throw new ClockerError('blueprint.invalid', {
    message: first ? `Line ${first.line}, column ${first.column}: ${first.message}${more}` : 'The blueprint cannot be understood',
    ...(first?.hint ? { hint: first.hint } : {}),
  });
}

/** The cloud to run in: the one asked for, else that of the blueprint, else the only one. @throws ClockerError input.invalid | not-found */
export function requireLocation(view: StoreView, wanted: string | null): string {
  const names = [...view.all('cloud').values()].map((cloud) => cloud.name);
  const known = names.length > 0 ? `Clouds are: ${names.join(', ')}.` : 'Add a cloud and its hosts first.';
  if (wanted !== null) {
    if (cloudNamed(view, wanted)) return wanted;
    throw new ClockerError('not-found', { message: `There is no location ${wanted}`, hint: known });
  }
  const [only] = names;
  if (only !== undefined && names.length === 1) return only;
  throw new ClockerError('input.invalid', { message: 'The blueprint does not say where to run', hint: `Choose a location. ${known}` });
}
