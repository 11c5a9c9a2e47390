import { z } from 'zod';
import { findTarget } from '../../engine/terminals/terminal-target.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export interface TerminalTicketAnswer {
  /** Shown once by the same session, in the first message on `/ws/terminal`. */
  readonly ticket: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** `web-1 on host-2` */
  readonly title: string;
}

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
  .mutation(({ ctx: { services, principal }, input }) => {
    const target = { kind: 'container' as const, ...input };
    const { title } = findTarget(services.engine, target);
    return { ...services.tickets.issue(principal, target), title };
  });
