import { z } from 'zod';
import { previewRelease, type ReleasePreview, releaseApplication } from '../../engine/commands/release-application.ts';
import { answer } from '../answer.ts';
import { id, idOf } from '../inputs.ts';
import { onApplication } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export const releasePreview = procedure({
  permission: 'read',
  scope: onApplication,
  input: z.strictObject({ applicationId: id }),
  summary: 'Whether an adopted application can be given back, and what keeps it from that',
  rest: 'GET /applications/{applicationId}/release',
})
  .output(answer<ReleasePreview>('Containers that run on, and what stands against it'))
  .query(({ ctx: { services }, input }) => previewRelease(services.engine, services.engine.store.view, input.applicationId));

export const release = procedure({
  permission: 'operate',
  scope: onApplication,
  input: z.strictObject({ applicationId: idOf<'application'>() }),
  summary: 'Forget an adopted application; its containers run on as they are',
  rest: 'POST /applications/{applicationId}/release',
})
  .output(answer<{ readonly ok: true }>('Forgotten'))
  .mutation(async ({ ctx: { services, principal }, input }) => {
    await releaseApplication(services.engine, userCause(principal), input);
    return { ok: true as const };
  });
