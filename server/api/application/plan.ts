import { z } from 'zod';
import type { ApplicationPlan } from '../../domain/blueprint/application-plan.ts';
import type { Diagnostic } from '../../domain/blueprint/diagnostic.ts';
import { planApplication } from '../../domain/blueprint/plan-application.ts';
import { answer } from '../answer.ts';
import { blueprintText, slug } from '../inputs.ts';
import { anywhere } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export interface PlanAnswer {
  readonly diagnostics: readonly Diagnostic[];
  /** Absent when there are errors. */
  readonly plan?: ApplicationPlan;
}

/** The caller's own text comes back as it was understood, so nothing in it is masked. */
export const plan = procedure({
  permission: 'read',
  scope: anywhere,
  input: z.strictObject({ text: blueprintText, location: slug.optional() }),
  summary: 'Check a blueprint and show what it would make, changing nothing',
  rest: 'POST /plans',
})
  .output(answer<PlanAnswer>('Findings with their place, and the plan'))
  .query(({ ctx: { services }, input }): PlanAnswer => {
    const result = planApplication(input.text, services.engine.plugins.entityTypes);
    return result.ok ? { diagnostics: result.diagnostics, plan: result.plan } : { diagnostics: result.diagnostics };
  });
