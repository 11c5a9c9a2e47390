import { z } from 'zod';
import { updateHost } from '../../engine/commands/hosts/update-host.ts';
import { answer } from '../answer.ts';
import { idOf, slug, tcpPort } from '../inputs.ts';
import { onHost } from '../scopes.ts';
import { procedure } from '../trpc.ts';

const text = z.string().min(1).max(63);

export const update = procedure({
  permission: 'administer',
  scope: onHost,
  input: z.strictObject({
    hostId: idOf<'host'>(),
    name: slug.optional(),
    address: z.string().min(1).max(253).optional(),
    port: tcpPort.optional(),
    user: z.string().min(1).max(64).optional(),
    credentialId: idOf<'credential'>().optional(),
    labels: z.record(z.string().max(63), z.string().max(256)).optional(),
    place: z
      .strictObject({
        region: text.exactOptional(),
        zone: text.exactOptional(),
        country: z.string().length(2).exactOptional(),
        latitude: z.number().min(-90).max(90).exactOptional(),
        longitude: z.number().min(-180).max(180).exactOptional(),
      })
      .optional(),
  }),
  summary: 'Change what is known of a host; its pinned key stays',
  rest: 'PATCH /hosts/{hostId}',
})
  .output(answer<{ readonly ok: true }>('Done'))
  .mutation(async ({ ctx, input }) => {
    await updateHost(ctx.services.engine, input);
    return { ok: true as const };
  });
