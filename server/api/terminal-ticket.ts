import { findTarget, type TerminalTarget } from '../engine/terminals/terminal-target.ts';
import type { Principal } from '../ports/auth.ts';
import type { ApiServices } from './request-context.ts';

export interface TerminalTicketAnswer {
  /** Shown once by the same session, in the first message on `/ws/terminal`. */
  readonly ticket: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** `web-1 on host-2` */
  readonly title: string;
}

/** For what is there now. Errors: those of the target; conflict where the session holds too many. */
export function issueTicket(
  { services, principal }: { readonly services: ApiServices; readonly principal: Principal },
  target: TerminalTarget,
): TerminalTicketAnswer {
  const { title } = findTarget(services.engine, target);
  return { ...services.tickets.issue(principal, target), title };
}
