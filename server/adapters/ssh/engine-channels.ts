import http from 'node:http';
import type { Duplex } from 'node:stream';
import { inspect } from 'node:util';
import type { ClientChannel } from 'ssh2';
import { type ClockerError, isClockerError } from '../../domain/shared/clocker-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HostTarget } from '../../ports/host-session.ts';
import { ChannelSocket, discard } from './channel-socket.ts';
import { toCommandLine } from './quote-shell.ts';
import { toEngineUnreachable, toRefusedChannel } from './ssh-errors.ts';
import type { SshLink } from './ssh-link.ts';

/** Channels to the engine by the way they are reached: forwarded sockets are not sessions, programs are (sshd allows 10). */
const FORWARD_LIMITS = { calls: 32, control: 2, streams: Number.POSITIVE_INFINITY };
const STDIO_LIMITS = { calls: 2, control: 1, streams: 5 };
const STDIO_SLOTS = STDIO_LIMITS.calls + STDIO_LIMITS.control + STDIO_LIMITS.streams;
const PROBE_TIMEOUT_MS = 5_000;
const PROBE_PAUSE_MS = 5_000;
const IDLE_CHANNEL_MS = 60_000;

export type EngineWay = 'forward' | 'stdio';

export interface EngineChannelsOptions {
  readonly link: SshLink;
  readonly target: HostTarget;
  readonly clock: Clock;
  readonly socketPath: string;
}

/** The engine's socket on the far side of an SSH link, as agents for node's HTTP client. */
export class EngineChannels {
  mode: EngineWay = 'forward';
  /** Short calls. */
  readonly calls: http.Agent;
  /** The liveness call, which must never wait behind others. */
  readonly control: http.Agent;
  /** One channel a request, closed with it. */
  readonly streams: http.Agent;
  /** When the engine last sent anything on any channel, milliseconds since the epoch; 0 before. */
  heardAt = 0;
  readonly #options: EngineChannelsOptions;
  readonly #sockets = new Set<ChannelSocket>();
  #freeSlots = STDIO_SLOTS;
  #probedAt = Number.NEGATIVE_INFINITY;
  #probing: Promise<void> | undefined;

  constructor(options: EngineChannelsOptions) {
    this.#options = options;
    const kept = { keepAlive: true, timeout: IDLE_CHANNEL_MS, scheduling: 'lifo' } as const;
    this.calls = new ChannelAgent(this, { ...kept, maxSockets: FORWARD_LIMITS.calls, maxFreeSockets: FORWARD_LIMITS.calls });
    this.control = new ChannelAgent(this, { ...kept, maxSockets: FORWARD_LIMITS.control, maxFreeSockets: FORWARD_LIMITS.control });
    this.streams = new ChannelAgent(this, { keepAlive: false, maxSockets: FORWARD_LIMITS.streams });
    options.link.onDown((error) => this.#dropAll(error));
  }

  /** How many calls may be under way at once. */
  get callLimit(): number {
    return this.calls.maxSockets;
  }

  /** A socket to the engine. It exists at once; its channel follows, or its error. */
  socket(): ChannelSocket {
    let release = (): void => undefined;
    const socket = new ChannelSocket(
      this.#open((free) => {
        release = free;
        if (socket.destroyed) free();
      }),
      () => {
        this.heardAt = this.#options.clock.now();
      },
    );
    this.#sockets.add(socket);
    // Whoever uses the socket has its own listener; a socket that nobody uses yet may fail unheard.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      release();
    });
    return socket;
  }

  /**
   * Finds out how the engine is reached. sshd answers alike for "forbidden" and "no socket", so only trying the other way tells.
   * Never throws: where neither works, the calls say so.
   */
  async probe(): Promise<void> {
    this.#probing ??= this.#findWay().finally(() => {
      this.#probing = undefined;
    });
    return this.#probing;
  }

  close(): void {
    for (const agent of [this.calls, this.control, this.streams]) agent.destroy();
  }

  async #open(hold: (free: () => void) => void): Promise<ClientChannel> {
    await this.#options.link.ready();
    const { mode } = this;
    try {
      return await this.#openBy(mode, hold);
    } catch (error) {
      if (!isClockerError(error) || error.code !== 'host.engine-unreachable') throw error;
      // The engine may have been installed, or its socket opened or closed to us, since the way was chosen.
      if (this.#options.clock.now() - this.#probedAt >= PROBE_PAUSE_MS) await this.probe();
      if (this.mode === mode) throw error;
      return this.#openBy(this.mode, hold);
    }
  }

  #openBy(mode: EngineWay, hold: (free: () => void) => void): Promise<ClientChannel> {
    return mode === 'forward' ? this.#forward() : this.#dialStdio(hold);
  }

  async #forward(): Promise<ClientChannel> {
    const { link, target, socketPath } = this.#options;
    try {
      return await link.open((client, answer) => client.openssh_forwardOutStreamLocal(socketPath, answer));
    } catch (error) {
      throw isClockerError(error) ? error : toEngineUnreachable(target, error);
    }
  }

  async #dialStdio(hold: (free: () => void) => void): Promise<ClientChannel> {
    const { link, target } = this.#options;
    if (this.#freeSlots <= 0) throw toRefusedChannel(target, new Error(`all ${STDIO_SLOTS} sessions are in use`));
    this.#freeSlots -= 1;
    let held = true;
    const free = (): void => {
      if (held) this.#freeSlots += 1;
      held = false;
    };
    try {
      const channel = await link.open((client, answer) => client.exec(this.#dialCommand(), answer));
      hold(free);
      return channel;
    } catch (error) {
      free();
      throw isClockerError(error) ? error : toRefusedChannel(target, error);
    }
  }

  async #findWay(): Promise<void> {
    const { link, clock, socketPath } = this.#options;
    this.#freeSlots = this.#sockets.size === 0 ? STDIO_SLOTS : this.#freeSlots;
    const forwards = await link
      .open((client, answer) => client.openssh_forwardOutStreamLocal(socketPath, answer))
      .then(discard)
      .then(
        () => true,
        // Without an answer nothing is known: a busy host is not to be left on the slow way for that.
        (error: unknown) => isClockerError(error) && this.mode === 'forward',
      );
    const dials = !forwards && (await this.#answersByStdio());
    this.mode = dials ? 'stdio' : 'forward';
    const limits = dials ? STDIO_LIMITS : FORWARD_LIMITS;
    this.calls.maxSockets = limits.calls;
    this.control.maxSockets = limits.control;
    this.streams.maxSockets = limits.streams;
    this.#probedAt = clock.now();
  }

  async #answersByStdio(): Promise<boolean> {
    const { link, clock } = this.#options;
    const channel = await link.open((client, answer) => client.exec(this.#dialCommand(), answer)).catch(() => undefined);
    if (!channel) return false;
    const answered = await new Promise<boolean>((resolve) => {
      const stop = clock.after(PROBE_TIMEOUT_MS, () => resolve(false));
      const settle = (answer: boolean): void => {
        stop();
        resolve(answer);
      };
      channel.on('data', (bytes: Buffer) => settle(bytes.toString('latin1').startsWith('HTTP/1.1 200')));
      channel.on('close', () => settle(false));
      channel.stderr.resume();
      channel.write('GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n');
    });
    discard(channel);
    return answered;
  }

  #dialCommand(): string {
    return toCommandLine(['docker', '--host', `unix://${this.#options.socketPath}`, 'system', 'dial-stdio']);
  }

  #dropAll(error: ClockerError): void {
    for (const socket of [...this.#sockets]) socket.destroy(error);
    this.close();
  }
}

class ChannelAgent extends http.Agent {
  readonly #channels: EngineChannels;

  constructor(channels: EngineChannels, options: http.AgentOptions) {
    super(options);
    this.#channels = channels;
  }

  /** Returned at once and not by callback: node counts a socket that comes by callback too late, and exceeds `maxSockets`. */
  override createConnection(): Duplex {
    return this.#channels.socket();
  }

  /** docker-modem prints its options, agent included, for each call: without this it walks every socket and the SSH client. */
  [inspect.custom](): string {
    return 'ChannelAgent';
  }
}
