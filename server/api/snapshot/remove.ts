import { z } from 'zod';
import { removeSnapshot } from '../../engine/commands/snapshots/remove-snapshot.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onSnapshot } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const remove = procedure({
  permission: 'operate',
  scope: onSnapshot,
  input: z.strictObject({ snapshotId: idOf<'snapshot'>() }),
  summary: 'Remove a snapshot and its image on its host; refused while an entity runs from it',
  rest: 'DELETE /snapshots/{snapshotId}',
})
  .output(answer<{ readonly ok: true }>('It goes as soon as its host can be reached'))
  .mutation(async ({ ctx: { services }, input }) => {
    await removeSnapshot(services.engine, input);
    return { ok: true as const };
  });
