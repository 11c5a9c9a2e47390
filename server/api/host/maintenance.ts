import { z } from 'zod';
import { setMaintenance } from '../../engine/commands/hosts/set-maintenance.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onHost } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const maintenance = procedure({
  permission: 'operate',
  scope: onHost,
  input: z.strictObject({ hostId: idOf<'host'>(), on: z.boolean(), note: z.string().max(200).optional() }),
  summary: 'Say that somebody works on a host: it gets no containers, and is not declared lost',
  rest: 'POST /hosts/{hostId}/maintenance',
})
  .output(answer<{ readonly ok: true }>('Done'))
  .mutation(async ({ ctx: { services, principal }, input }) => {
    await setMaintenance(services.engine, principal.username, input);
    return { ok: true as const };
  });
