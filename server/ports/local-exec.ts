export interface ExecOptions {
  /** Written to standard input, which is then closed. Without it standard input is empty. */
  readonly input?: string | Uint8Array;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Milliseconds after which the program and its children are killed and `deadline` is thrown. Default 60 000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Called once for each complete line of either stream, as it arrives. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
}

export interface ExecResult {
  /** Exit code; 128 + number where a signal ended the program, 127 where it does not exist. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface DetachedProcess {
  /** Both streams are appended here. */
  readonly logFile: string;
  /** The process id is written here before `spawnDetached` returns. */
  readonly pidFile?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Programs on the machine that Clocker itself runs on. Commands are argument lists; no shell ever reads them. */
export interface LocalExec {
  /** Runs one program to its end. A non-zero exit is a result, not an error. Throws `deadline` and `cancelled`. */
  run(argv: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /** Runs several programs at once, each reading what the one before it prints. The code is the first that is not zero; stdout is the last one's. */
  pipeline(argvs: readonly (readonly string[])[], options?: ExecOptions): Promise<ExecResult>;
  /** Starts a program in a session of its own, so that it outlives this process. Returns its process id. */
  spawnDetached(argv: readonly string[], options: DetachedProcess): Promise<number>;
  /** The command line of a living process, or undefined where no such process lives. */
  commandLine(pid: number): Promise<readonly string[] | undefined>;
  /** Sends a signal; false where the process is gone already. */
  signal(pid: number, signal: 'SIGTERM' | 'SIGKILL'): boolean;
  /** This process. */
  self(): Promise<ProcessIdentity>;
  /** A living process, or undefined where none has this number. */
  identify(pid: number): Promise<ProcessIdentity | undefined>;
  /** Whether that very process still lives (and not another with its number). */
  isAlive(identity: ProcessIdentity): Promise<boolean>;
  /** True where this process runs as root. */
  isRoot(): boolean;
}

/** A process that no later process of the same number is taken for. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time in clock ticks since the machine booted, with the boot's id. */
  readonly started: string;
}
