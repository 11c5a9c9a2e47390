import { z } from 'zod';
import { type RemovedImages, removeImages as remove } from '../../engine/commands/hosts/remove-images.ts';
import { hostImages, type ShownImages } from '../../engine/queries/host-images.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onHost } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export const images = procedure({
  permission: 'read',
  scope: onHost,
  input: z.strictObject({ hostId: idOf<'host'>() }),
  summary: 'Images that Clocker has brought to a host, their sizes, and which of them nothing needs',
  rest: 'GET /hosts/{hostId}/images',
})
  .output(answer<ShownImages>('By name'))
  .query(({ ctx, input, signal }) => hostImages(ctx.services.engine, input.hostId, signal));

export const removeImages = procedure({
  permission: 'operate',
  scope: onHost,
  input: z.strictObject({ hostId: idOf<'host'>(), names: z.array(z.string().min(1).max(512)).min(1).max(1_000) }),
  summary: 'Remove images that Clocker has brought to a host and that nothing needs; others are never touched',
  rest: 'POST /hosts/{hostId}/images/remove',
})
  .output(answer<RemovedImages>('What is gone, and what stayed with the reason'))
  .mutation(({ ctx: { services, principal }, input }) => remove(services.engine, userCause(principal), input));
