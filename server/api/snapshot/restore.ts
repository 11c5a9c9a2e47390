import { z } from 'zod';
import type { TaskId } from '../../domain/shared/ids.ts';
import { restoreSnapshot } from '../../engine/commands/snapshots/restore-snapshot.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onSnapshot } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export const restore = procedure({
  permission: 'operate',
  scope: onSnapshot,
  input: z.strictObject({ snapshotId: idOf<'snapshot'>() }),
  summary: "Recreate the entity's container from the snapshot's image, on the host that has it",
  rest: 'POST /snapshots/{snapshotId}/restore',
})
  .output(answer<{ readonly taskId: TaskId }>('The task that ends once it runs from it'))
  .mutation(({ ctx: { services, principal }, input }) => restoreSnapshot(services.engine, userCause(principal), input));
