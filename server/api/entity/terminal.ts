import { z } from 'zod';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { issueTicket, type TerminalTicketAnswer } from '../terminal-ticket.ts';
import { procedure } from '../trpc.ts';

export const terminal = procedure({
  permission: 'terminal',
  scope: onEntity,
  input: z.strictObject({
    entityId: idOf<'entity'>(),
    shell: z.enum(['best', 'bash', 'sh']).default('best'),
    user: z
      .string()
      .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,31}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,31})?$/, 'must be a name or number, such as app or 1000:1000')
      .optional(),
    folder: z
      .string()
      .max(1_000)
      .regex(/^\/[^\0]*$/, 'must begin with /')
      .optional(),
  }),
  summary: 'A ticket for one terminal in the container of an entity, good once and for half a minute',
  rest: 'POST /entities/{entityId}/terminal',
})
  .output(answer<TerminalTicketAnswer>('The ticket'))
  .mutation(({ ctx, input }) => issueTicket(ctx, { kind: 'container', ...input }));
