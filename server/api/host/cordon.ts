import { z } from 'zod';
import { cordonHost } from '../../engine/commands/hosts/cordon-host.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onHost } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const cordon = procedure({
  permission: 'operate',
  scope: onHost,
  input: z.strictObject({ hostId: idOf<'host'>(), cordoned: z.boolean() }),
  summary: 'Keep new containers off a host, or let them on again',
  rest: 'POST /hosts/{hostId}/cordon',
})
  .output(answer<{ readonly ok: true }>('Done'))
  .mutation(async ({ ctx, input }) => {
    await cordonHost(ctx.services.engine, input);
    return { ok: true as const };
  });
