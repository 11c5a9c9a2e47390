import { z } from 'zod';
import { maskText } from '../../domain/shared/secret-names.ts';
import { missingSecrets } from '../../engine/commands/secrets/require-secrets.ts';
import { previewUpdate } from '../../engine/queries/preview-update.ts';
import { answer } from '../answer.ts';
import { blueprintParts, blueprintText, id } from '../inputs.ts';
import { maskSpec } from '../masking/record-views.ts';
import { onApplication } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import type { PlanAnswer } from './plan.ts';
import { unmaskBlueprint } from './unmask-blueprint.ts';

/** Reads what is there behind each `***`. Who may call it could deploy something that prints that; its answer is masked all the same. */
export const planUpdate = procedure({
  permission: 'operate',
  scope: onApplication,
  input: z.strictObject({ applicationId: id, text: blueprintText, ...blueprintParts }),
  summary:
    'Check the next version of an application and tell what it would do to what runs, changing nothing; *** stands for the secret that is there',
  rest: 'POST /applications/{applicationId}/plans',
})
  .output(answer<PlanAnswer>('Findings with their place, and the plan'))
  .query(async ({ ctx: { services }, input }): Promise<PlanAnswer> => {
    const { engine, views } = services;
    const { view } = engine.store;
    const application = view.get('application', input.applicationId);
    const { text, parts } = unmaskBlueprint(services, input, view.get('generation', `${application?.id}:${application?.generation}`));
    const result = await engine.planner.plan({ text, ...parts });
    const found = [...result.diagnostics, ...(result.ok ? missingSecrets(result.plan, view) : [])];
    const diagnostics = found.map((diagnostic) => ({ ...diagnostic, message: maskText(diagnostic.message) }));
    if (!result.ok) return { diagnostics };
    const { root } = result.plan;
    const update = application ? previewUpdate(engine, { application, text, parts, root }) : {};
    return { diagnostics, plan: { ...result.plan, root: maskSpec(root, views.secretKeys) }, ...update };
  });
