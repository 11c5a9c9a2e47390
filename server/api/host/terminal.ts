import { z } from 'zod';
import { findTarget } from '../../engine/terminals/terminal-target.ts';
import { answer } from '../answer.ts';
import type { TerminalTicketAnswer } from '../entity/terminal.ts';
import { idOf } from '../inputs.ts';
import { onHost } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const terminal = procedure({
  permission: 'host-terminal',
  scope: onHost,
  input: z.strictObject({ hostId: idOf<'host'>() }),
  summary: 'A ticket for one terminal on a host, good once and for half a minute',
  rest: 'POST /hosts/{hostId}/terminal',
})
  .output(answer<TerminalTicketAnswer>('The ticket'))
  .mutation(({ ctx: { services, principal }, input }) => {
    const target = { kind: 'host' as const, ...input };
    const { title } = findTarget(services.engine, target);
    return { ...services.tickets.issue(principal, target), title };
  });
