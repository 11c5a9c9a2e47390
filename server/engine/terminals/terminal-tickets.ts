import { randomBytes } from 'node:crypto';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { TerminalTarget } from './terminal-target.ts';

/** Long enough for a page to open its socket. */
export const TICKET_LIFE_MS = 30_000;
/** That one session may hold at once. */
const MOST_HELD = 20;

/** Whose ticket it is. */
export interface TicketHolder {
  readonly userId: string;
  readonly sessionId: string;
}

export interface TerminalTickets {
  /** 256 random bits, good once and for a short time. Errors: conflict where the session holds too many. */
  issue(holder: TicketHolder, target: TerminalTarget): { readonly ticket: string; readonly expiresAt: number };
  /** What it was issued for. It is used up, whoever shows it. Errors: auth.forbidden. */
  redeem(ticket: string, holder: TicketHolder): TerminalTarget;
}

interface Issued {
  readonly holder: TicketHolder;
  readonly target: TerminalTarget;
  readonly expiresAt: number;
}

/** Kept in memory alone: a restart voids them all. */
export function createTerminalTickets(clock: Pick<Clock, 'now'>): TerminalTickets {
  const issued = new Map<string, Issued>();

  function dropExpired(): void {
    const now = clock.now();
    for (const [ticket, { expiresAt }] of issued) if (expiresAt <= now) issued.delete(ticket);
  }

  return {
    issue(holder, target) {
      dropExpired();
      if ([...issued.values()].filter((one) => isSame(one.holder, holder)).length >= MOST_HELD) throw tooMany();
      const ticket = randomBytes(32).toString('base64url');
      const expiresAt = clock.now() + TICKET_LIFE_MS;
      issued.set(ticket, { holder, target, expiresAt });
      return { ticket, expiresAt };
    },
    redeem(ticket, holder) {
      dropExpired();
      const found = issued.get(ticket);
      issued.delete(ticket);
      if (found && isSame(found.holder, holder)) return found.target;
      throw new ClockerError('auth.forbidden', {
        message: 'The ticket for this terminal was used, has expired or is for somebody else',
        hint: 'Open the terminal again.',
      });
    },
  };
}

function isSame(a: TicketHolder, b: TicketHolder): boolean {
  return a.userId === b.userId && a.sessionId === b.sessionId;
}

function tooMany(): ClockerError {
  return new ClockerError('conflict', {
    message: `This session asked for ${MOST_HELD} terminals within ${TICKET_LIFE_MS / 1000} s and opened none of them`,
    hint: 'Wait a little.',
    retryable: true,
  });
}
