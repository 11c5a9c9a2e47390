import { z } from 'zod';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { issueTicket, type TerminalTicketAnswer } from '../terminal-ticket.ts';
import { procedure } from '../trpc.ts';

export const forward = procedure({
  permission: 'terminal',
  scope: onEntity,
  input: z.strictObject({ entityId: idOf<'entity'>(), port: z.int().min(1).max(65_535) }),
  summary: 'A ticket for one connection to a TCP port of what an entity runs, published or not; good once and for half a minute',
  rest: 'POST /entities/{entityId}/forward',
})
  .output(answer<TerminalTicketAnswer>('The ticket, shown on /ws/terminal as one for a shell is'))
  .mutation(({ ctx, input }) => issueTicket(ctx, { kind: 'port', ...input }));
