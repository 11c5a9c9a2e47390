import type { TerminalSize } from '../domain/terminal/terminal-size.ts';
import type { CallOptions } from './docker-engine.ts';

/** A shell with a terminal of its own, somewhere else. */
export interface Terminal {
  /** What it prints, read only as fast as it is taken. Ends with the shell; throws host.lost or host.engine-unreachable when the way to it breaks. */
  readonly output: AsyncIterable<Uint8Array>;
  /** Resolves once the other side has taken it. */
  write(bytes: Uint8Array): Promise<void>;
  /** Of a connection: nothing more is written, and what comes is still read. Absent for a shell, which is told by what is typed. */
  end?(): void;
  /** No error when the shell has ended. */
  resize(size: TerminalSize): Promise<void>;
  /** Waits for the end; null where nobody tells how it ended. */
  exitCode(): Promise<number | null>;
  /** Hangs up: the shell ends, and what runs in its foreground. No error when it has ended. */
  close(): Promise<void>;
}

export interface OpenHostTerminal extends CallOptions {
  readonly size: TerminalSize;
}

export interface OpenContainerTerminal extends OpenHostTerminal {
  /** Program and arguments. */
  readonly argv: readonly string[];
  /** User of the container, `name` or `uid:gid`; the image's own where absent. */
  readonly user?: string | undefined;
  /** Absolute path; the container's own where absent. */
  readonly folder?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}
