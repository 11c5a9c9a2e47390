import { z } from 'zod';
import { restoreGeneration } from '../../engine/commands/update-application.ts';
import { answer } from '../answer.ts';
import { missing } from '../error-map.ts';
import { idOf } from '../inputs.ts';
import { onApplication } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';
import { requireHostAccess, requirePlaces } from './blueprint-locations.ts';
import type { Updated } from './update.ts';

export const restore = procedure({
  permission: 'operate',
  scope: onApplication,
  input: z.strictObject({ applicationId: idOf<'application'>(), generation: z.number().int().min(1) }),
  summary: 'Make the blueprint of an earlier generation the next one and roll it out',
  rest: 'POST /applications/{applicationId}/restore',
})
  .output(answer<Updated>('The new generation and its rollout'))
  .mutation(({ ctx: { services, principal }, input }) => {
    const { view } = services.engine.store;
    const earlier = view.get('generation', `${input.applicationId}:${input.generation}`);
    if (!earlier) throw missing();
    requirePlaces(services.engine, principal, earlier.plan);
    const location = view.get('application', input.applicationId)?.location ?? '';
    requireHostAccess(view, principal, { parts: earlier.parts, location, root: earlier.plan });
    return restoreGeneration(services.engine, userCause(principal), input);
  });
