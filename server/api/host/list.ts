import { z } from 'zod';
import type { Host } from '../../domain/entity/host.ts';
import { mayOn } from '../access.ts';
import { answerList } from '../answer.ts';
import { id } from '../inputs.ts';
import { anywhere, chainOfHost } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const list = procedure({
  permission: 'read',
  scope: anywhere,
  input: z.strictObject({ cloudId: id.optional() }).optional(),
  summary: 'Hosts of the clouds, and machines of the processes, that the caller may read',
  rest: 'GET /hosts',
})
  .output(answerList<Host>('Hosts in the order in which they joined'))
  .query(({ ctx: { principal, services }, input }) =>
    [...services.engine.store.view.all('host').values()]
      .filter((host) => mayOn(principal, 'read', chainOfHost(services.engine.store.view, host)))
      .filter((host) => input?.cloudId === undefined || host.cloudId === input.cloudId)
      .sort((a, b) => a.order - b.order),
  );
