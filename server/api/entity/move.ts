import { z } from 'zod';
import type { TaskId } from '../../domain/shared/ids.ts';
import { moveEntity } from '../../engine/commands/move-entity.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export const move = procedure({
  permission: 'operate',
  scope: onEntity,
  input: z.strictObject({ entityId: idOf<'entity'>(), toHostId: idOf<'host'>().exactOptional() }),
  summary:
    'Move an entity to another host, any or a chosen one: its container starts there before it stops here, unless it keeps its address',
  rest: 'POST /entities/{entityId}/move',
})
  .output(answer<{ readonly taskId: TaskId }>('The task that ends once it serves elsewhere'))
  .mutation(({ ctx: { services, principal }, input }) => moveEntity(services.engine, userCause(principal), input));
