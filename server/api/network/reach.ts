import { z } from 'zod';
import type { ReachAnswer } from '../../domain/network/reach-answer.ts';
import { reach as ask } from '../../engine/queries/reach.ts';
import { answer } from '../answer.ts';
import { idOf, tcpPort } from '../inputs.ts';
import { onInstance, type ScopeRule } from '../scopes.ts';
import { procedure } from '../trpc.ts';

interface Ends {
  readonly from: string;
  readonly to: string;
}

/** Both containers, which may be of two applications. */
const onBoth: ScopeRule<Ends> = {
  name: 'application',
  async find({ from, to }, services) {
    const first = await onInstance.find({ instanceId: from }, services);
    const second = await onInstance.find({ instanceId: to }, services);
    return first && second && [...first, ...second];
  },
};

export const reach = procedure({
  permission: 'operate',
  scope: onBoth,
  input: z.strictObject({ from: idOf<'instance'>(), to: idOf<'instance'>(), port: tcpPort.optional() }),
  summary: 'Can a container reach another? Tried from inside of the first: a TCP connection, or a ping where no port is given',
  rest: 'POST /networks/reach',
})
  .output(answer<ReachAnswer>('What was measured, the path in steps, and the first that is wrong with what to do'))
  .mutation(({ ctx, input }) => ask(ctx.services.engine, input));
