import type { ErrorView } from '@/server/domain/shared/clocker-error.ts';
import type { TerminalEnd } from '@/server/domain/terminal/terminal-message.ts';

/** `lost`: the connection broke, and another shell is tried by itself. */
export type TerminalState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly title: string; readonly idleMs: number }
  | { readonly kind: 'lost'; readonly attempt: number }
  | { readonly kind: 'ended'; readonly text: string; readonly error: ErrorView | null };

const TRIES = 6;

/** Milliseconds before another shell is tried; null when it is up to the person. */
export function retryAfterMs(attempt: number): number | null {
  return attempt > TRIES ? null : Math.min(8_000, 500 * 2 ** (attempt - 1));
}

/** What a person is told of an end. */
export function describeEnd({ reason, code, error }: TerminalEnd, idleMs: number): TerminalState {
  return { kind: 'ended', text: endText(reason, code, idleMs), error };
}

function endText(reason: TerminalEnd['reason'], code: number | null, idleMs: number): string {
  switch (reason) {
    case 'exited':
      return exitText(code);
    case 'idle':
      return `Closed: nobody typed for ${idleText(idleMs)}. What ran in this shell was ended.`;
    case 'gone':
      return 'The shell ended with what it ran in.';
    case 'signed-out':
      return 'Closed: your session ended, or your role no longer allows it.';
    case 'server-stops':
      return 'Closed: the server stops.';
    case 'refused':
      return 'The shell was not opened.';
    case 'closed':
      return 'The shell was closed.';
  }
}

/** 126 and 127 are what an engine says of a program that it could not start. */
function exitText(code: number | null): string {
  if (code === 126 || code === 127) {
    return `The shell could not be started or its last command was not found (code ${code}). The image may have no such shell, user or folder: choose others under Options.`;
  }
  return code === null || code === 0 ? 'The shell has ended.' : `The shell has ended with code ${code}.`;
}

export function idleText(idleMs: number): string {
  const minutes = Math.round(idleMs / 60_000);
  return minutes >= 1 ? `${minutes} min` : `${Math.round(idleMs / 1_000)} s`;
}
