import type { ApplicationPlan } from '../../domain/blueprint/application-plan.ts';
import type { BlueprintInput } from '../../domain/blueprint/blueprint-input.ts';
import { cloudNamed } from '../../domain/entity/location.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { StoreView } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';
import { firstErrorOf } from './first-error.ts';

/** The plan of a blueprint. @throws ClockerError blueprint.invalid with the first finding and its place */
export async function requirePlan(input: BlueprintInput, { planner }: Pick<EngineContext, 'planner'>): Promise<ApplicationPlan> {
  const result = await planner.plan(input);
  if (result.ok) return result.plan;
  throw firstErrorOf(result.diagnostics, 'The blueprint cannot be understood');
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
