import type { ErrorView } from '../shared/clocker-error.ts';

/**
 * What passes over the socket of a terminal. Bytes of the terminal are binary messages, all else is JSON in text messages, so that
 * nothing that is typed, pasted or printed can be taken for a command.
 *
 * Both sides send no more bytes than the other has taken, give or take a window: a program that prints without end waits for the page,
 * and a page that pastes without end waits for the program.
 */
export const OUTPUT_WINDOW_BYTES = 512 * 1024;
export const INPUT_WINDOW_BYTES = 64 * 1024;

export const TERMINAL_PATH = '/ws/terminal';

export type TerminalServerMessage =
  | ({ readonly kind: 'opened' } & TerminalPlace)
  /** So many bytes of input went to the program. */
  | { readonly kind: 'taken'; readonly bytes: number }
  /** The last one. */
  | { readonly kind: 'ended'; readonly end: TerminalEnd };

export interface TerminalPlace {
  /** `web-1 on host-2`, `host-2` */
  readonly title: string;
  readonly idleMs: number;
}

/** `exited`: the shell ended; `idle`: nobody typed; `gone`: the container or the host went away; `refused`: it was never opened. */
export interface TerminalEnd {
  readonly reason: 'exited' | 'idle' | 'gone' | 'signed-out' | 'server-stops' | 'closed' | 'refused';
  readonly code: number | null;
  readonly error: ErrorView | null;
}
