import { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';
import { ClockerError } from '../../domain/shared/clocker-error.ts';

const HIGH_WATER_MARK = 65_536;
const STDERR_KEPT = 4_096;

/**
 * An SSH channel with the manners of a net.Socket, as http.Agent and upgraded connections need them. It exists before its
 * channel does, like a socket that is still connecting, and queues what is written until then.
 */
export class ChannelSocket extends Duplex {
  /** Read by http.Agent: milliseconds of the idle timeout. */
  timeout = 0;
  /** What a program behind the channel printed on its standard error, first 4 KiB. */
  stderrText = '';
  #channel: ClientChannel | undefined;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;
  #waiting: ((channel: ClientChannel) => void)[] = [];

  /** @param onHeard called for all that comes from the other side */
  constructor(opening: Promise<ClientChannel>, onHeard: () => void) {
    // Half-open sockets are kept by http.Agent for ever after the engine closed its side.
    super({ allowHalfOpen: false, readableHighWaterMark: HIGH_WATER_MARK, writableHighWaterMark: HIGH_WATER_MARK });
    opening.then(
      (channel) => this.#attach(channel, onHeard),
      (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  }

  #attach(channel: ClientChannel, onHeard: () => void): void {
    this.#channel = channel;
    channel.on('error', (error: Error) => this.destroy(error));
    if (this.destroyed) {
      discard(channel);
      return;
    }
    channel.on('data', (bytes: Buffer) => {
      onHeard();
      this.#timer?.refresh();
      if (!this.push(bytes)) channel.pause();
    });
    channel.on('end', () =>
      process.nextTick(() => {
        this.#ended = true;
        if (!this.destroyed) this.push(null);
      }),
    );
    channel.on('close', () =>
      setImmediate(() => {
        if (!this.#ended)
          this.destroy(new ClockerError('host.engine-unreachable', { message: closedText(this.stderrText), retryable: true }));
      }),
    );
    channel.stderr.on('data', (bytes: Buffer) => {
      if (this.stderrText.length < STDERR_KEPT) this.stderrText += bytes.toString('utf8');
    });
    for (const act of this.#waiting.splice(0)) act(channel);
    this.emit('connect');
  }

  #withChannel(act: (channel: ClientChannel) => void): void {
    if (this.#channel) act(this.#channel);
    else this.#waiting.push(act);
  }

  override _read(): void {
    this.#channel?.resume();
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#timer?.refresh();
    this.#withChannel((channel) => channel.write(bytes, () => done()));
  }

  override _final(done: () => void): void {
    // An EOF of our side only: reading goes on.
    this.#withChannel((channel) => {
      channel.end();
      done();
    });
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.#timer);
    if (this.#channel) discard(this.#channel);
    done(error);
  }

  setTimeout(ms: number, onTimeout?: () => void): this {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.timeout = ms;
    if (ms > 0) {
      this.#timer = setTimeout(() => this.emit('timeout'), ms);
      this.#timer.unref();
    }
    if (onTimeout && ms > 0) this.once('timeout', onTimeout);
    else if (onTimeout) this.removeListener('timeout', onTimeout);
    return this;
  }

  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  setKeepAlive(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

/** Closes a channel and drains it: ssh2 sends no close message while data waits to be read. */
export function discard(channel: ClientChannel): void {
  channel.close();
  channel.resume();
  channel.stderr.resume();
}

function closedText(stderr: string): string {
  const words = stderr.trim();
  return words ? `The channel was closed: ${words}` : 'The channel was closed by the other side';
}
