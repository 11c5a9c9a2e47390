import { z } from 'zod';
import type { ApplicationPlan } from '../../domain/blueprint/application-plan.ts';
import { partsOf } from '../../domain/blueprint/blueprint-input.ts';
import type { Diagnostic } from '../../domain/blueprint/diagnostic.ts';
import { cloudNamed } from '../../domain/entity/location.ts';
import { toErrorView } from '../../domain/shared/clocker-error.ts';
import { makesClouds, requireMachines } from '../../engine/clouds/deploy-clouds.ts';
import { missingSecrets } from '../../engine/commands/secrets/require-secrets.ts';
import type { EngineContext } from '../../engine/engine-context.ts';
import { type PreviewedDecision, previewPlacement } from '../../engine/queries/preview-placement.ts';
import type { PreviewedChange } from '../../engine/queries/preview-update.ts';
import type { Principal } from '../../ports/auth.ts';
import type { StoreView } from '../../ports/store.ts';
import { mayOn } from '../access.ts';
import { answer } from '../answer.ts';
import { blueprintParts, blueprintText } from '../inputs.ts';
import { anywhere, cloudChain } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export interface PlanAnswer {
  readonly diagnostics: readonly Diagnostic[];
  /** Absent when there are errors in the text itself. */
  readonly plan?: ApplicationPlan;
  /** Set where it makes a Docker cloud: its location is then where machines come from. */
  readonly makesCloud?: true;
  /** Where each container that comes would go now and why. Absent without a location that exists. */
  readonly placement?: readonly PreviewedDecision[];
  /** Of an update: what it does to what runs. */
  readonly changes?: readonly PreviewedChange[];
}

/** The caller's own text comes back as it was understood, so nothing in it is masked. */
export const plan = procedure({
  permission: 'read',
  scope: anywhere,
  input: z.strictObject({ text: blueprintText, ...blueprintParts, location: z.string().min(1).max(4_096).optional() }),
  summary: 'Check a blueprint and show what it would make, changing nothing',
  rest: 'POST /plans',
})
  .output(answer<PlanAnswer>('Findings with their place, and the plan'))
  .query(async ({ ctx: { services, principal }, input }): Promise<PlanAnswer> => {
    const result = await services.engine.planner.plan({ text: input.text, ...partsOf(input) });
    if (!result.ok) return { diagnostics: result.diagnostics };
    const { store } = services.engine;
    const diagnostics = [...result.diagnostics, ...missingSecrets(result.plan, store.view)];
    if (makesClouds(services.engine, result.plan)) {
      const found = machineFindings(services.engine, result.plan, input.location);
      return { diagnostics: [...diagnostics, ...found], plan: result.plan, makesCloud: true };
    }
    const location = input.location ?? result.plan.location;
    const warning = location === null ? null : locationWarning(store.view, principal, location);
    if (warning) return { diagnostics: [...diagnostics, warning], plan: result.plan };
    const placement = location === null ? {} : { placement: previewPlacement(services.engine, result.plan, location) };
    return { diagnostics, plan: result.plan, ...placement };
  });

/** Whether there would be machines for its Docker clouds. */
function machineFindings(engine: EngineContext, plan: ApplicationPlan, location: string | undefined): readonly Diagnostic[] {
  try {
    requireMachines(engine, plan, location ?? null);
    return [];
  } catch (error) {
    const { message, hint } = toErrorView(error);
    return [
      {
        code: 'location-unsupported',
        severity: 'warning',
        message: `${message}.`,
        line: 1,
        column: 1,
        path: 'location',
        ...(hint ? { hint } : {}),
      },
    ];
  }
}

function locationWarning(view: StoreView, principal: Principal, location: string): Diagnostic | null {
  const cloud = cloudNamed(view, location);
  if (cloud && mayOn(principal, 'read', cloudChain(cloud.id))) return null;
  const hint = 'Choose another location when deploying.';
  const message = `There is no cloud “${location}”.`;
  return { code: 'location-unsupported', severity: 'warning', message, line: 1, column: 1, path: 'location', hint };
}
