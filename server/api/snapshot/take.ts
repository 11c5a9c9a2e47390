import { z } from 'zod';
import type { SnapshotId } from '../../domain/shared/ids.ts';
import { takeSnapshot } from '../../engine/commands/snapshots/take-snapshot.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export const take = procedure({
  permission: 'operate',
  scope: onEntity,
  input: z.strictObject({ entityId: idOf<'entity'>(), note: z.string().trim().max(200).default(''), pause: z.boolean().default(true) }),
  summary: "Take a snapshot of an entity's container on its host; volumes are not in it, and it is pushed nowhere",
  rest: 'POST /entities/{entityId}/snapshots',
})
  .output(answer<{ readonly snapshotId: SnapshotId }>('It is ready, or has failed, once its state says so'))
  .mutation(({ ctx: { services, principal }, input }) => takeSnapshot(services.engine, userCause(principal), input));
