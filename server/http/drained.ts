import type { Duplex } from 'node:stream';

/** A client with more bytes than this on their way to it gets no more until they went. */
const MAX_BUFFERED_BYTES = 1_048_576;

interface Outgoing {
  /** Of the WebSocket: what neither the kernel nor the client has taken yet. */
  readonly bufferedAmount: number;
}

/** Resolves when the client has taken what was sent to it, once that is much; when its socket closes; or when `stop` aborts. */
export async function drained(client: Outgoing, socket: Duplex, stop: AbortSignal): Promise<void> {
  while (!stop.aborted && !socket.destroyed && client.bufferedAmount > MAX_BUFFERED_BYTES) await nextDrain(socket, stop);
}

function nextDrain(socket: Duplex, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done);
      socket.off('close', done);
      stop.removeEventListener('abort', done);
      resolve();
    };
    socket.on('drain', done);
    socket.on('close', done);
    stop.addEventListener('abort', done, { once: true });
  });
}
