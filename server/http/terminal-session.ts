import type { WebSocket } from 'ws';
import type { ApiServices } from '../api/request-context.ts';
import { forbidden } from '../api/trpc.ts';
import { ClockerError, isHostAway, toErrorView } from '../domain/shared/clocker-error.ts';
import { createByteWindow } from '../domain/terminal/byte-window.ts';
import { parseClientMessage, type TerminalClientMessage } from '../domain/terminal/client-message.ts';
import {
  INPUT_WINDOW_BYTES,
  OUTPUT_WINDOW_BYTES,
  type TerminalEnd,
  type TerminalServerMessage,
} from '../domain/terminal/terminal-message.ts';
import { toTerminalSize } from '../domain/terminal/terminal-size.ts';
import { closeLater } from '../engine/terminals/close-later.ts';
import { type FoundTarget, findTarget, type TerminalTarget } from '../engine/terminals/terminal-target.ts';
import type { Principal } from '../ports/auth.ts';
import type { Terminal } from '../ports/terminal.ts';
import { mayHold, permissionOf } from './terminal-access.ts';
import { createTerminalAudit, type TerminalAudit } from './terminal-audit.ts';

/** A socket that shows no ticket within this time is closed. */
const OPEN_WITHIN_MS = 5_000;
/** Told apart from a lost connection: the page opens no other shell by itself. */
const ENDED = 4000;
/** Exit code of what was ended by SIGKILL. */
const KILLED = 137;

export interface TerminalSessionOptions {
  readonly services: ApiServices;
  readonly principal: Principal;
  readonly remote: string;
  readonly idleMs: number;
}

type Opening = Extract<TerminalClientMessage, { kind: 'open' }>;

interface Shell {
  readonly terminal: Terminal;
  readonly found: FoundTarget;
}

/**
 * One socket from its first message to its last.
 *
 *   waiting ─► (ticket) opening ─► live ─► ended        each of them ─► ended
 */
export class TerminalSession {
  /** Null until a ticket was shown. */
  target: TerminalTarget | null = null;
  /** Resolves when the shell was hung up and its end recorded. Never rejects. */
  readonly ended: Promise<void>;
  readonly #socket: WebSocket;
  readonly #options: TerminalSessionOptions;
  readonly #audit: TerminalAudit;
  readonly #opening = Promise.withResolvers<Opening>();
  readonly #ending = Promise.withResolvers<TerminalEnd>();
  readonly #abort = new AbortController();
  readonly #output = createByteWindow(OUTPUT_WINDOW_BYTES);
  readonly #input = createByteWindow(INPUT_WINDOW_BYTES);
  #shell: Shell | null = null;
  #typedAt = 0;
  #typing: Promise<void> = Promise.resolve();

  constructor(socket: WebSocket, options: TerminalSessionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#audit = createTerminalAudit(options.services, options);
    socket.on('message', (bytes: Buffer, isBinary: boolean) => {
      if (isBinary) this.#onBytes(bytes);
      else this.#onMessage(parseClientMessage(bytes.toString('utf8')));
    });
    socket.on('close', () => this.end('closed'));
    this.ended = this.#run();
  }

  end(reason: TerminalEnd['reason'], error: unknown = null): void {
    this.#ending.resolve({ reason, code: null, error: error === null ? null : toErrorView(error) });
  }

  async #run(): Promise<void> {
    try {
      this.#shell = await this.#open();
      if (this.#shell) await this.#live(this.#shell);
    } catch (error) {
      this.end('refused', error);
    }
    const last = await this.#ending.promise;
    this.#abort.abort();
    this.#send({ kind: 'ended', end: last });
    this.#socket.close(ENDED, last.reason);
    await this.#audit.ended(this.target, { last, wasOpen: this.#shell !== null });
  }

  /** Null where the socket was closed first. Errors: auth.forbidden, those of the target, those of the audit log. */
  async #open(): Promise<Shell | null> {
    const { services, principal, idleMs } = this.#options;
    const { clock, store } = services.engine;
    const stopTimer = clock.after(OPEN_WITHIN_MS, () => this.end('refused', noTicket()));
    const first = await Promise.race([this.#opening.promise, this.#ending.promise]);
    stopTimer();
    if (!('ticket' in first)) return null;
    const target = services.tickets.redeem(first.ticket, principal);
    this.target = target;
    if (!mayHold(principal, target, store.view)) throw forbidden(permissionOf(target));
    const found = findTarget(services.engine, target);
    const terminal = await found.open(toTerminalSize(first), this.#abort.signal);
    try {
      await this.#audit.opened(target, found);
    } catch (error) {
      await terminal.close();
      throw error;
    }
    this.#typedAt = clock.now();
    this.#send({ kind: 'opened', title: found.title, idleMs });
    return { terminal, found };
  }

  async #live(shell: Shell): Promise<void> {
    const stopIdle = this.#watchIdle();
    const printing = this.#print(shell);
    const last = await this.#ending.promise;
    stopIdle();
    this.#output.end();
    await shell.terminal.close();
    await printing;
    // Its shell may still run where nobody reached it.
    if (last.error && isHostAway(last.error)) {
      void closeLater(this.#options.services.engine, { hostId: shell.found.hostId, terminal: shell.terminal });
    }
  }

  async #print({ terminal, found }: Shell): Promise<void> {
    try {
      for await (const bytes of terminal.output) {
        await this.#output.room();
        this.#output.sent(bytes.length);
        this.#socket.send(bytes, { binary: true });
      }
      this.#ending.resolve(await howItEnded(terminal, found));
    } catch (error) {
      this.end('gone', error);
    }
  }

  #onMessage(message: TerminalClientMessage | null): void {
    if (message?.kind === 'open') this.#opening.resolve(message);
    else if (message === null || this.#shell === null) this.end('refused', wrongMessage());
    else if (message.kind === 'taken') this.#output.taken(message.bytes);
    else if (message.kind === 'end') this.#endInput(this.#shell);
    else void this.#shell.terminal.resize(toTerminalSize(message));
  }

  #endInput({ terminal }: Shell): void {
    this.#typing = this.#typing.then(() => terminal.end?.());
  }

  #onBytes(bytes: Buffer): void {
    const shell = this.#shell;
    this.#input.sent(bytes.length);
    // A page of ours never sends more than the window.
    if (shell === null || this.#input.underWay > 2 * INPUT_WINDOW_BYTES) {
      this.end('refused', wrongMessage());
      return;
    }
    this.#typedAt = this.#options.services.engine.clock.now();
    this.#typing = this.#typing.then(() => this.#type(shell, bytes));
  }

  async #type({ terminal }: Shell, bytes: Buffer): Promise<void> {
    await terminal.write(bytes);
    this.#input.taken(bytes.length);
    this.#send({ kind: 'taken', bytes: bytes.length });
  }

  #watchIdle(): () => void {
    const { idleMs, services } = this.#options;
    const { clock } = services.engine;
    const look = (): (() => void) =>
      clock.after(Math.max(this.#typedAt + idleMs - clock.now(), 1), () => {
        if (clock.now() - this.#typedAt >= idleMs) this.end('idle');
        else stop = look();
      });
    let stop = look();
    return () => stop();
  }

  #send(message: TerminalServerMessage): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}

/** A shell that was killed may have been killed with its container. */
async function howItEnded(terminal: Terminal, found: FoundTarget): Promise<TerminalEnd> {
  const code = await terminal.exitCode();
  const isKilled = code === null || code === KILLED;
  if (!isKilled || (await found.staysUp())) return { reason: 'exited', code, error: null };
  const error = new ClockerError('container.not-ready', {
    message: `${found.title} stopped or was removed`,
    hint: 'Open another terminal once it runs again.',
  });
  return { reason: 'gone', code, error: toErrorView(error) };
}

function wrongMessage(): ClockerError {
  return new ClockerError('input.invalid', { message: 'The page sent what no terminal understands', hint: 'Load the page again.' });
}

function noTicket(): ClockerError {
  return new ClockerError('auth.forbidden', { message: 'No ticket was shown for this terminal', hint: 'Open the terminal again.' });
}
