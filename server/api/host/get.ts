import { z } from 'zod';
import type { Host } from '../../domain/entity/host.ts';
import { answer } from '../answer.ts';
import { missing } from '../error-map.ts';
import { id } from '../inputs.ts';
import { onHost } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const get = procedure({
  permission: 'read',
  scope: onHost,
  input: z.strictObject({ hostId: id }),
  summary: 'One host',
  rest: 'GET /hosts/{hostId}',
})
  .output(answer<Host>('The host'))
  .query(({ ctx: { services }, input }) => {
    const host = services.engine.store.view.get('host', input.hostId);
    if (!host) throw missing();
    return host;
  });
