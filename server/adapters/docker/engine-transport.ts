import type http from 'node:http';
import type { ClockerError } from '../../domain/shared/clocker-error.ts';

/** How an engine is reached: agents whose sockets end at it. Every request must name the same host and port, or pools count twice. */
export interface EngineTransport {
  readonly hostName: string;
  /** Kept-alive sockets for short calls. */
  readonly calls: http.Agent;
  /** A kept-alive socket for the liveness call, which must never wait behind others. */
  readonly control: http.Agent;
  /** A socket for each stream, closed with it. */
  readonly streams: http.Agent;
  /** How many short calls may be under way at once. */
  readonly callLimit: number;
  /** When the engine last sent anything, milliseconds since the epoch; 0 before. */
  readonly heardAt: number;
  /** Calls back when the way to the engine breaks. Returns the unsubscribe function. */
  onLost(listener: (error: ClockerError) => void): () => void;
  /** Signals a process group of the host, by the process id that the engine names. */
  killGroup(pid: number, signalName: 'HUP' | 'KILL'): Promise<KillOutcome>;
}

interface KillOutcome {
  readonly killed: boolean;
  /** The process id inside its container, where the login may not kill it from outside. */
  readonly innerPid: number | null;
}

export const ENGINE_ADDRESS = { host: 'docker', port: 80 } as const;
