import { z } from 'zod';
import { logicalNetworkName } from '../../domain/entity/container-networks.ts';
import { detachNetwork } from '../../engine/commands/networks/attach-network.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const detach = procedure({
  permission: 'operate',
  scope: onEntity,
  input: z.strictObject({ entityId: idOf<'entity'>(), network: logicalNetworkName }),
  summary: 'Take the containers of an entity off a network, as they run',
  rest: 'DELETE /entities/{entityId}/networks/{network}',
})
  .output(answer<{ readonly ok: true }>('Noted; it is done at once where its host answers'))
  .mutation(async ({ ctx: { services }, input }) => {
    await detachNetwork(services.engine, input);
    return { ok: true as const };
  });
