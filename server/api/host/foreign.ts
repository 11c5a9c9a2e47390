import { z } from 'zod';
import { type ForeignContainer, foreignContainers } from '../../engine/queries/foreign-containers.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onHost } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const foreign = procedure({
  permission: 'read',
  scope: onHost,
  input: z.strictObject({ hostId: idOf<'host'>() }),
  summary: 'Containers of a host that are not ours; they are never touched',
  rest: 'GET /hosts/{hostId}/foreign-containers',
})
  .output(answer<readonly ForeignContainer[]>('By name'))
  .query(({ ctx, input, signal }) => foreignContainers(ctx.services.engine, input.hostId, signal));
