import { z } from 'zod';
import { setRegistry } from '../../engine/commands/registries/set-registry.ts';
import { answer } from '../answer.ts';
import { registryAddress } from '../inputs.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export const set = procedure({
  permission: 'administer',
  scope: onSystem,
  input: z.strictObject({
    address: registryAddress,
    username: z.string().min(1).max(256).exactOptional(),
    password: z.string().min(1).max(16_384).exactOptional(),
    insteadOf: z.array(z.string().min(1).max(256)).max(50).exactOptional(),
  }),
  summary: 'Keep the login of a registry, and the beginnings of names that are fetched from it instead; replaces what was known of it',
  rest: 'PUT /registries/item',
})
  .output(answer<{ readonly ok: true }>('Done'))
  .mutation(async ({ ctx: { services, principal }, input }) => {
    await setRegistry(services.engine, userCause(principal), input);
    return { ok: true as const };
  });
