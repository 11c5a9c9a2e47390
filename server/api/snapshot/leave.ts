import { z } from 'zod';
import type { TaskId } from '../../domain/shared/ids.ts';
import { leaveSnapshot } from '../../engine/commands/snapshots/restore-snapshot.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export const leave = procedure({
  permission: 'operate',
  scope: onEntity,
  input: z.strictObject({ entityId: idOf<'entity'>() }),
  summary: "Recreate the entity's container from the blueprint's image again",
  rest: 'POST /entities/{entityId}/leave-snapshot',
})
  .output(answer<{ readonly taskId: TaskId }>('The task that ends once it runs from that'))
  .mutation(({ ctx: { services, principal }, input }) => leaveSnapshot(services.engine, userCause(principal), input));
