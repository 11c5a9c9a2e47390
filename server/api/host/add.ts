import { z } from 'zod';
import type { HostId } from '../../domain/shared/ids.ts';
import { addHost } from '../../engine/commands/hosts/add-host.ts';
import { answer } from '../answer.ts';
import { hostKey, idOf, slug, tcpPort } from '../inputs.ts';
import { onCloud } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const add = procedure({
  permission: 'administer',
  scope: onCloud,
  input: z.strictObject({
    cloudId: idOf<'cloud'>(),
    name: slug,
    address: z.string().min(1).max(253),
    port: tcpPort.default(22),
    user: z.string().min(1).max(64),
    credentialId: idOf<'credential'>(),
    hostKey,
    labels: z.record(z.string(), z.string()).exactOptional(),
    setUp: z.boolean().exactOptional(),
  }),
  summary: 'Add a host to a cloud; its key is pinned. With setUp Docker Engine is installed where it is missing',
  rest: 'POST /hosts',
})
  .output(answer<{ readonly hostId: HostId }>('The new host'))
  .mutation(({ ctx, input }) => addHost(ctx.services.engine, input));
