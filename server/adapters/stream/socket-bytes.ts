import type { Duplex } from 'node:stream';

/** The bytes of a socket as they are taken, its failure in our words. */
export async function* readOutput(socket: Duplex, toError: (error: unknown) => unknown): AsyncGenerator<Uint8Array> {
  try {
    for await (const bytes of socket) yield bytes as Buffer;
  } catch (error) {
    if (isOwnEnd(error)) return;
    throw toError(error);
  }
}

/** Resolves once the stream takes more; what is written to one that has ended is lost with it. */
export function writeTo(socket: Duplex, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed || socket.writableEnded) return resolve();
    socket.write(bytes, () => resolve());
  });
}

/** We destroyed it ourselves while it was read. */
function isOwnEnd(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ABORT_ERR');
}
