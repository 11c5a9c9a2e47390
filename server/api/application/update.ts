import { z } from 'zod';
import type { RolloutId } from '../../domain/shared/ids.ts';
import { requirePlan } from '../../engine/commands/plan-blueprint.ts';
import { updateApplication } from '../../engine/commands/update-application.ts';
import { answer } from '../answer.ts';
import { blueprintParts, blueprintText, idOf } from '../inputs.ts';
import { onApplication } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';
import { requireHostAccess, requirePlaces } from './blueprint-locations.ts';
import { unmaskBlueprint } from './unmask-blueprint.ts';

export interface Updated {
  readonly rolloutId: RolloutId;
  readonly generation: number;
}

const rolloutSettings = z.strictObject({
  batch: z.number().int().min(1).max(1_000).optional(),
  order: z.enum(['stop-first', 'start-first']).optional(),
  delayMs: z.number().int().min(0).max(3_600_000).optional(),
  healthTimeoutMs: z.number().int().min(1_000).max(3_600_000).optional(),
});

export const update = procedure({
  permission: 'operate',
  scope: onApplication,
  input: z.strictObject({
    applicationId: idOf<'application'>(),
    text: blueprintText,
    ...blueprintParts,
    expectedGeneration: z.number().int().min(1),
    rollout: rolloutSettings.optional(),
  }),
  summary: 'Make a new blueprint the next generation and roll it out; *** keeps the secret that is there',
  rest: 'PUT /applications/{applicationId}/blueprint',
})
  .output(answer<Updated>('The new generation and its rollout'))
  .mutation(async ({ ctx: { services, principal }, input }) => {
    const { engine } = services;
    const { applicationId, expectedGeneration, rollout } = input;
    const { view } = engine.store;
    const generation = view.get('application', input.applicationId)?.generation;
    const before = view.get('generation', `${input.applicationId}:${generation}`);
    const { text, parts } = unmaskBlueprint(services, input, before);
    const { root } = await requirePlan({ text, ...parts }, engine);
    requirePlaces(engine, principal, root);
    const location = view.get('application', applicationId)?.location ?? '';
    requireHostAccess(view, principal, { parts, location, root });
    return await updateApplication(engine, userCause(principal), { applicationId, expectedGeneration, rollout, text, parts });
  });
