import { z } from 'zod';
import type { CloudId } from '../../domain/shared/ids.ts';
import { createCloud } from '../../engine/commands/hosts/create-cloud.ts';
import { answer } from '../answer.ts';
import { networking, portPool, slug, strategyChoice } from '../inputs.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const create = procedure({
  permission: 'administer',
  scope: onSystem,
  input: z.strictObject({
    name: slug,
    strategies: z.array(strategyChoice).max(20).exactOptional(),
    portPool: portPool.exactOptional(),
    imageRegistry: z.string().max(200).exactOptional(),
    networking: networking.nullable().exactOptional(),
  }),
  summary: 'Make a cloud, the location that blueprints name',
  rest: 'POST /clouds',
})
  .output(answer<{ readonly cloudId: CloudId }>('The new cloud'))
  .mutation(({ ctx, input }) => createCloud(ctx.services.engine, input));
