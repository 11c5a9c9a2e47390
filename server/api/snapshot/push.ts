import { z } from 'zod';
import { pushSnapshot } from '../../engine/commands/snapshots/push-snapshot.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onSnapshot } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export const push = procedure({
  permission: 'operate',
  scope: onSnapshot,
  input: z.strictObject({ snapshotId: idOf<'snapshot'>(), files: z.array(z.string().max(4_096)).max(1_000).default([]) }),
  summary: 'Push a snapshot to the registry of its cloud; files in it that have secrets must be named',
  rest: 'POST /snapshots/{snapshotId}/push',
})
  .output(answer<{ readonly ok: true }>('It is pushed, or that has failed, once the snapshot says so'))
  .mutation(async ({ ctx: { services, principal }, input }) => {
    await pushSnapshot(services.engine, userCause(principal), input);
    return { ok: true as const };
  });
