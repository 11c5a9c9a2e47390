import { z } from 'zod';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onHost } from '../scopes.ts';
import { issueTicket, type TerminalTicketAnswer } from '../terminal-ticket.ts';
import { procedure } from '../trpc.ts';

export const terminal = procedure({
  permission: 'host-terminal',
  scope: onHost,
  input: z.strictObject({ hostId: idOf<'host'>() }),
  summary: 'A ticket for one terminal on a host, good once and for half a minute',
  rest: 'POST /hosts/{hostId}/terminal',
})
  .output(answer<TerminalTicketAnswer>('The ticket'))
  .mutation(({ ctx, input }) => issueTicket(ctx, { kind: 'host', ...input }));
