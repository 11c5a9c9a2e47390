import { Socket } from 'node:net';

/**
 * A TCP socket that sends all that is written in one turn of the event loop at once. ssh2 writes each packet in three parts
 * (length, payload, tag): sent one by one they are three system calls and three TCP segments, which each wake the other side.
 */
export class GatheringSocket extends Socket {
  override write(chunk: Uint8Array | string, callback?: (error?: Error | null) => void): boolean;
  override write(chunk: Uint8Array | string, encoding?: BufferEncoding, callback?: (error?: Error | null) => void): boolean;
  override write(chunk: Uint8Array | string, ...rest: unknown[]): boolean {
    if (this.writableCorked === 0) {
      this.cork();
      process.nextTick(() => this.uncork());
    }
    return Reflect.apply(super.write, this, [chunk, ...rest]);
  }
}
