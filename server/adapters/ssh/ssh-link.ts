import ssh2, { type Client, type ClientCallback, type ClientChannel } from 'ssh2';
import type { HostKey } from '../../domain/entity/host.ts';
import { ClockerError, type ErrorView, isClockerError, toErrorView } from '../../domain/shared/clocker-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConnectionState, HostTarget } from '../../ports/host-session.ts';
import type { Log } from '../../ports/log.ts';
import { backoffMs } from './backoff.ts';
import { discard } from './channel-socket.ts';
import { dialGathering } from './gathering-socket.ts';
import { isSameKey, toHostKey, toHostKeyAlgorithms } from './host-key.ts';
import { keepKeyObjects } from './key-objects.ts';
import {
  HANDSHAKE_TIMEOUT_MS,
  isKeyTypeMismatch,
  isLoginFailure,
  toChangedKey,
  toClosed,
  toLost,
  toRefusedLogin,
  toUnreachable,
} from './ssh-errors.ts';

const KEEPALIVE_MS = 5_000;
const KEEPALIVE_COUNT = 2;
const CHANNEL_OPEN_TIMEOUT_MS = 10_000;
/** A link that stood this long has earned a short first wait when it breaks. */
const STEADY_MS = 10_000;

export interface SshLinkOptions {
  readonly target: HostTarget;
  readonly clock: Clock;
  readonly log: Log;
  /** Runs on each new connection before it counts as up. Must not throw. */
  readonly onLogin: (link: SshLink) => Promise<void>;
}

/**
 * One SSH connection that is dialled again when it breaks.
 *
 *   idle ─► connecting ─► up ─► backoff ─► connecting …        refused: wrong key or login, dials only when asked
 *                    └─► backoff | refused                     closed: for ever
 */
export class SshLink {
  state: ConnectionState = 'idle';
  dials = 0;
  readonly #options: SshLinkOptions;
  readonly #stateListeners = new Set<(state: ConnectionState) => void>();
  readonly #downListeners = new Set<(error: ClockerError) => void>();
  #client: Client | undefined;
  #attempt: Promise<void> | undefined;
  #abandon: ((error: ClockerError) => void) | undefined;
  #error: ClockerError | undefined;
  #failures = 0;
  #upSince = 0;
  #cancelRedial: (() => void) | undefined;

  constructor(options: SshLinkOptions) {
    this.#options = options;
  }

  get lastError(): ErrorView | null {
    return this.#error ? toErrorView(this.#error) : null;
  }

  /** Dials unless up or dialling. Errors: host.unreachable, host.auth, host.key-changed, host.lost (closed). */
  connect(): Promise<void> {
    if (this.state === 'closed') return Promise.reject(toClosed(this.#options.target));
    this.#attempt ??= this.#dial();
    return this.#attempt;
  }

  /** Resolves when a channel can be opened: dials where nothing was dialled yet, but never waits for a back-off. Errors: as `connect`. */
  async ready(): Promise<void> {
    if ((this.state === 'backoff' || this.state === 'refused') && this.#error) throw this.#error;
    await this.connect();
  }

  /**
   * Opens one channel on the connection there is, within `timeoutMs`.
   * Rejects with what ssh2 said where sshd refused the channel, with a ClockerError where the link is at fault.
   */
  open(ask: (client: Client, answer: ClientCallback) => void, timeoutMs = CHANNEL_OPEN_TIMEOUT_MS): Promise<ClientChannel> {
    const client = this.#client;
    return new Promise((resolve, reject) => {
      if (!client) return reject(this.#error ?? toClosed(this.#options.target));
      let late = false;
      const fail = (error: unknown): void => {
        late = true;
        stop();
        stopListening();
        reject(error);
      };
      const stop = this.#options.clock.after(timeoutMs, () => fail(this.#silent(timeoutMs)));
      const stopListening = this.onDown(fail);
      try {
        ask(client, (error, channel) => {
          if (late) return error ? undefined : discard(channel);
          // ssh2 fails pending channels just before it tells that the connection is gone: let the true reason come first.
          if (error) return setImmediate(() => late || fail(error));
          stop();
          stopListening();
          resolve(channel);
        });
      } catch (error) {
        fail(error);
      }
    });
  }

  onState(listener: (state: ConnectionState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  /** Calls back once for each break of a connection, before the state changes. */
  onDown(listener: (error: ClockerError) => void): () => void {
    this.#downListeners.add(listener);
    return () => this.#downListeners.delete(listener);
  }

  close(): void {
    if (this.state === 'closed') return;
    this.#cancelRedial?.();
    const abandon = this.#abandon;
    const error = toClosed(this.#options.target);
    this.#enter('closed');
    if (abandon) abandon(error);
    else this.#tellDown(error);
  }

  #dial(): Promise<void> {
    this.#cancelRedial?.();
    const { target, onLogin, log } = this.#options;
    const client = new ssh2.Client();
    this.#client = client;
    this.dials += 1;
    this.#enter('connecting');
    return new Promise<void>((resolve, reject) => {
      let wrongKey: HostKey | undefined;
      let loggedIn = false;
      let over = false;
      const down = (cause: unknown): void => {
        if (over) return;
        over = true;
        client.destroy();
        const error = isClockerError(cause) ? cause : this.#toError(cause, { wrongKey, loggedIn });
        this.#endConnection(error);
        reject(error);
      };
      this.#abandon = down;
      client.on('error', down);
      client.on('end', () => down(undefined));
      client.on('close', () => down(undefined));
      client.on('ready', async () => {
        loggedIn = true;
        client.setNoDelay(true);
        keepKeyObjects(client);
        await onLogin(this);
        if (over) return;
        this.#upSince = this.#options.clock.now();
        this.#error = undefined;
        this.#enter('up');
        log.info('host connected', { host: target.name, dials: this.dials });
        resolve();
      });
      // Dialled first: ssh2 takes a socket that is not connecting for one that is connected.
      const socket = dialGathering({ host: target.address, port: target.port }).setMaxListeners(0);
      try {
        client.connect({
          sock: socket,
          username: target.user,
          privateKey: target.privateKey,
          readyTimeout: HANDSHAKE_TIMEOUT_MS,
          keepaliveInterval: KEEPALIVE_MS,
          keepaliveCountMax: KEEPALIVE_COUNT,
          algorithms: { serverHostKey: [...toHostKeyAlgorithms(target.hostKey.type)] },
          hostVerifier: (key: Buffer) => {
            const offered = toHostKey(key);
            if (isSameKey(target.hostKey, offered)) return true;
            wrongKey = offered;
            return false;
          },
        });
      } catch (error) {
        // Only a private key that cannot be read is refused before anything is sent.
        socket.destroy();
        down(toRefusedLogin(target, error));
      }
    });
  }

  #toError(cause: unknown, seen: { wrongKey: HostKey | undefined; loggedIn: boolean }): ClockerError {
    const { target } = this.#options;
    if (seen.wrongKey) return toChangedKey(target, target.hostKey, seen.wrongKey);
    if (isKeyTypeMismatch(cause)) return toChangedKey(target, target.hostKey, null);
    if (isLoginFailure(cause)) return toRefusedLogin(target, cause);
    return seen.loggedIn ? toLost(target, cause) : toUnreachable(target, cause);
  }

  #endConnection(error: ClockerError): void {
    const { log, target } = this.#options;
    const wasUp = this.state === 'up';
    this.#client = undefined;
    this.#attempt = undefined;
    this.#abandon = undefined;
    this.#error = error;
    const isOver = this.state === 'closed';
    if (!isOver) this.state = error.retryable ? 'backoff' : 'refused';
    this.#tellDown(error);
    if (isOver) return;
    this.#tellState();
    if (this.state === 'refused') {
      log.warn('host refused', { host: target.name, code: error.code, reason: error.message });
      return;
    }
    if (wasUp) log.warn('host connection lost', { host: target.name, reason: error.message });
    if (this.state === 'backoff') this.#planRedial(wasUp);
  }

  #planRedial(wasUp: boolean): void {
    const { clock } = this.#options;
    if (wasUp && clock.now() - this.#upSince >= STEADY_MS) this.#failures = 0;
    const waitMs = backoffMs(this.#failures, Math.random());
    this.#failures += 1;
    this.#cancelRedial = clock.after(waitMs, () => {
      // The failure is kept in `lastError` and the next wait is planned already.
      if (this.state === 'backoff') this.connect().catch(() => undefined);
    });
  }

  #silent(timeoutMs: number): ClockerError {
    return new ClockerError('host.unresponsive', {
      message: `sshd on ${this.#options.target.name} did not open a channel within ${timeoutMs / 1000} s`,
      retryable: true,
    });
  }

  #tellDown(error: ClockerError): void {
    for (const listener of [...this.#downListeners]) listener(error);
  }

  #enter(state: ConnectionState): void {
    this.state = state;
    this.#tellState();
  }

  #tellState(): void {
    const { state } = this;
    for (const listener of [...this.#stateListeners]) listener(state);
  }
}
