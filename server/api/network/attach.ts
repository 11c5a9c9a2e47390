import { z } from 'zod';
import { logicalNetworkName } from '../../domain/entity/container-networks.ts';
import { attachNetwork } from '../../engine/commands/networks/attach-network.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const attach = procedure({
  permission: 'operate',
  scope: onEntity,
  input: z.strictObject({ entityId: idOf<'entity'>(), network: logicalNetworkName, address: z.ipv4().exactOptional() }),
  summary: 'Put the containers of an entity on a further network of their application, as they run',
  rest: 'POST /entities/{entityId}/networks',
})
  .output(answer<{ readonly ok: true }>('Noted; it is done at once where its host answers'))
  .mutation(async ({ ctx: { services }, input }) => {
    await attachNetwork(services.engine, input);
    return { ok: true as const };
  });
