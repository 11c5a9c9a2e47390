import { z } from 'zod';
import { removeRegistry } from '../../engine/commands/registries/remove-registry.ts';
import { answer } from '../answer.ts';
import { registryAddress } from '../inputs.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const remove = procedure({
  permission: 'administer',
  scope: onSystem,
  input: z.strictObject({ address: registryAddress }),
  summary: 'Forget a registry and its login; images that are on hosts stay there',
  rest: 'DELETE /registries/item',
})
  .output(answer<{ readonly ok: true }>('Removed'))
  .mutation(async ({ ctx, input }) => {
    await removeRegistry(ctx.services.engine, input.address);
    return { ok: true as const };
  });
