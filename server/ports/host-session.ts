import type { Duplex } from 'node:stream';
import type { HostKey } from '../domain/entity/host.ts';
import type { ErrorView } from '../domain/shared/clocker-error.ts';
import type { CallOptions, DockerEngine } from './docker-engine.ts';
import type { OpenHostTerminal, Terminal } from './terminal.ts';

export interface HostTarget {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** PEM or OpenSSH private key. */
  readonly privateKey: string;
  /** Pinned: any other key is refused before a byte of a command is sent. */
  readonly hostKey: HostKey;
}

export interface HostConnector {
  /** Opens no connection yet; the session dials on `connect` and then keeps itself alive. */
  session(target: HostTarget): HostSession;
  /** Reads the key a machine offers, without logging in. Errors: host.unreachable. */
  scanHostKey(address: string, port: number, options?: { readonly signal?: AbortSignal }): Promise<HostKey>;
}

export type ConnectionState = 'idle' | 'connecting' | 'up' | 'backoff' | 'refused' | 'closed';

/** Opens connections from somewhere else. */
export interface Dialer {
  /**
   * A TCP connection from there to an address that is reached from there. It exists at once and queues what is written; it emits `connect` once it
   * is open, or what keeps it from that as its error: host.lost | host.unreachable | host.channel-refused (sshd forbids forwarding, or nothing listens).
   */
  dial(address: string, port: number): Duplex;
}

/** One kept-alive SSH connection to one host, with the Engine API and one held shell over it. */
export interface HostSession extends Dialer {
  readonly engine: DockerEngine;
  readonly shell: HostShell;
  /** The login shell of the host's user with a terminal. Errors: host.lost, host.unreachable, host.channel-refused (sshd allows so many sessions). */
  openTerminal(options: OpenHostTerminal): Promise<Terminal>;
  /** What `dial` opens, once it is open, as a terminal without a size. Errors: those of `dial`. */
  openPort(address: string, port: number, options: CallOptions): Promise<Terminal>;
  /**
   * Runs a script of a POSIX shell in a process of its own, beside the held shell and on the same connection. What it has left running is not waited for.
   * A script that is given up (deadline, cancel) is not ended on the host: one that may last has to see to that itself.
   * @throws ClockerError deadline | cancelled | host.lost | host.unreachable | host.channel-refused
   */
  script(text: string, options: ScriptOptions): Promise<ScriptResult>;
  /**
   * Whether the machine answers on the network at all, beside the connection that is kept: a dial of its SSH port, without a login. A refusal is an
   * answer. False without one within `timeoutMs`, null where it could not be asked; never rejects.
   */
  knock(timeoutMs: number): Promise<boolean | null>;
  readonly state: ConnectionState;
  readonly lastError: ErrorView | null;
  /** Connections dialled since the session was made: 1 on a quiet link. */
  readonly dials: number;
  /** Resolves when up. Rejects with the first attempt's error; the session goes on trying with back-off unless refused. */
  connect(): Promise<void>;
  /** Called on each change of `state`. Returns the unsubscribe function. */
  onState(listener: (state: ConnectionState) => void): () => void;
  close(): Promise<void>;
}

/** One `sh` kept open on the host: a script in, its output back in about a millisecond. Calls are queued. */
export interface HostShell {
  /**
   * Runs a fixed script (never text from a blueprint); values go in `env`.
   * @throws ClockerError deadline | host.shell-died | host.lost
   */
  run(script: string, options: ShellOptions): Promise<ShellResult>;
}

export interface ShellOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Whole lines of the output as they come. */
  readonly onOutput?: (text: string) => void;
}

export interface ScriptOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Output as it comes, in pieces of any size. */
  readonly onOutput?: (stream: 'stdout' | 'stderr', text: string) => void;
}

/** At most 1 MiB of each stream. */
export interface ScriptResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ShellResult {
  readonly output: string;
  readonly code: number;
}
