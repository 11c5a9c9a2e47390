import { once } from 'node:events';
import { toClockerError } from '../../domain/shared/clocker-error.ts';
import type { CallOptions } from '../../ports/docker-engine.ts';
import type { Dialer } from '../../ports/host-session.ts';
import type { Terminal } from '../../ports/terminal.ts';
import { readOutput, writeTo } from '../stream/socket-bytes.ts';

/** A TCP connection from a host with the manners of a terminal: it has no size, and nobody tells how it ended. Errors: those of `Dialer`. */
export async function openPort(dialer: Dialer, address: string, port: number, { signal }: CallOptions): Promise<Terminal> {
  signal?.throwIfAborted();
  const socket = dialer.dial(address, port);
  try {
    await once(socket, 'connect', { signal });
  } catch (error) {
    socket.destroy();
    throw toClockerError(error);
  }
  return {
    output: readOutput(socket, toClockerError),
    write: (bytes) => writeTo(socket, bytes),
    end: () => void socket.end(),
    resize: () => Promise.resolve(),
    exitCode: () => Promise.resolve(null),
    close: () => {
      socket.destroy();
      return Promise.resolve();
    },
  };
}
