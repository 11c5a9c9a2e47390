import { z } from 'zod';
import { type EntityLogLine, followEntityLogs } from '../../engine/queries/entity-logs.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';

/** Lines of an entity's containers and of all below it, over restarts and moves. A slow client slows the reading down; nothing is left out. */
export const logs = procedure({
  permission: 'read',
  scope: onEntity,
  input: z.strictObject({
    entityId: idOf<'entity'>(),
    tail: z.number().int().min(0).max(10_000).default(200),
    follow: z.boolean().default(true),
  }),
  summary: 'Lines that the containers of an entity, and of all below it, print',
}).subscription(async function* ({ ctx, input, signal }): AsyncGenerator<EntityLogLine, void> {
  const stop = signal ?? new AbortController().signal;
  for await (const line of followEntityLogs(ctx.services.engine, { ...input, signal: stop })) {
    await ctx.drained(stop);
    yield line;
  }
});
