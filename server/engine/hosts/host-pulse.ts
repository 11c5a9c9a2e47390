import { ClockerError, isClockerError } from '../../domain/shared/clocker-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DockerEngine } from '../../ports/docker-engine.ts';
import type { HostCounters } from './host-counters.ts';
import type { HostKnocker } from './host-knocker.ts';

const TICK_MS = 250;
/** While something is amiss engine and shell are asked so often. */
const ASK_EVERY_MS = 1_000;
const PING_EVERY_MS = 5_000;
const PING_DEADLINE_MS = 3_000;
/** A host that is sampled each second and has not been heard of for so long is asked at once. */
const QUIET_MS = 2_500;
/** A tick or deadline this much too late means that this process stood still, not the host. */
const STALL_MS = 1_500;

export interface HostPulseOptions {
  readonly clock: Clock;
  readonly engine: Pick<DockerEngine, 'ping' | 'heardAt'>;
  readonly counters: HostCounters;
  readonly knocker: HostKnocker;
  /** Something was heard of the host at that time, milliseconds since the epoch: never later than it was. */
  readonly onHeard: (at: number) => void;
  /** Whether the connection is up, so that a ping can be tried at all. */
  readonly isUp: () => boolean;
  readonly onFailure: (error: unknown) => void;
  /** Asks the shell for anything, to tell a hanging engine from a hanging machine. */
  readonly askShell: () => Promise<unknown>;
  /** The engine answered a ping after a failure. */
  readonly onRecovery: () => void;
  /** Called at each look while something is amiss. */
  readonly onSilence: () => void;
}

/**
 * Asks the engine each 5 s, and sooner when the host has become quiet, whether it is there: a frozen dockerd accepts connections and
 * never answers, a machine that is gone not even that. An engine that is late for the ping but sends other things meanwhile is busy, not gone.
 */
export interface HostPulse {
  /**
   * Milliseconds since the engine last answered, as far as this process watched: while it stood still itself (a suspended
   * machine, a stopped process) no silence is counted.
   */
  readonly silentMs: number;
  /** The same since the host answered anything at all, its shell included. */
  readonly awayMs: number;
  /** The engine answered something else than a ping. */
  answered(): void;
  /** The host answered something else. */
  heard(): void;
  start(): void;
  stop(): void;
}

export function createHostPulse(options: HostPulseOptions): HostPulse {
  const { clock, counters } = options;
  let silentMs = 0;
  let awayMs = 0;
  let failing = false;
  let pinging = false;
  let asking = false;
  let lastTickAt = clock.now();
  let lastPingAt = 0;
  let lastAskAt = 0;
  let cancelTick: (() => void) | undefined;
  let stopped = false;

  function tick(): void {
    const now = clock.now();
    const watchedMs = Math.max(0, Math.min(now - lastTickAt, TICK_MS + STALL_MS));
    const heard = options.engine.heardAt >= lastTickAt;
    silentMs = heard && !failing ? 0 : silentMs + watchedMs;
    awayMs = heard ? 0 : awayMs + watchedMs;
    if (heard) options.onHeard(options.engine.heardAt);
    options.knocker.watch(awayMs);
    lastTickAt = now;
    cancelTick = clock.after(TICK_MS, tick);
    const soon = failing || awayMs > QUIET_MS;
    const due = now - lastPingAt >= (soon ? ASK_EVERY_MS : PING_EVERY_MS);
    if (due && !pinging && options.isUp()) void ping(now);
    if (failing && !asking && now - lastAskAt >= ASK_EVERY_MS && options.isUp()) void ask(now);
    if (options.knocker.isGone && !failing && options.isUp()) fail(gone());
    if (silentMs > PING_EVERY_MS + PING_DEADLINE_MS || failing || !options.isUp()) options.onSilence();
  }

  async function ping(startedAt: number): Promise<void> {
    pinging = true;
    lastPingAt = startedAt;
    counters.pings += 1;
    try {
      await pingEngine(clock, options.engine);
      if (stopped) return;
      silentMs = 0;
      heardNow();
      if (failing) {
        failing = false;
        options.onRecovery();
      }
    } catch (error) {
      if (stopped || !options.isUp()) return;
      counters.pingsFailed += 1;
      const stoodStill = clock.now() - startedAt > PING_DEADLINE_MS + STALL_MS;
      const busy = isLate(error) && options.engine.heardAt > startedAt;
      if (stoodStill || busy) return;
      fail(error);
    } finally {
      pinging = false;
    }
  }

  function fail(error: unknown): void {
    failing = true;
    options.onFailure(error);
  }

  async function ask(startedAt: number): Promise<void> {
    asking = true;
    lastAskAt = startedAt;
    const answers = await options.askShell().then(
      () => true,
      () => false,
    );
    asking = false;
    if (answers && !stopped) heardNow();
  }

  function heardNow(): void {
    awayMs = 0;
    options.onHeard(clock.now());
  }

  return {
    get silentMs() {
      return silentMs;
    },
    get awayMs() {
      return awayMs;
    },
    answered() {
      silentMs = 0;
      failing = false;
      heardNow();
    },
    heard: heardNow,
    start() {
      lastTickAt = clock.now();
      lastPingAt = lastTickAt;
      cancelTick = clock.after(TICK_MS, tick);
    },
    stop() {
      stopped = true;
      cancelTick?.();
    },
  };
}

function gone(): ClockerError {
  return new ClockerError('host.unresponsive', { message: 'nothing answers at its address', retryable: true });
}

function isLate(error: unknown): boolean {
  return isClockerError(error) && (error.code === 'host.unresponsive' || error.code === 'deadline');
}

/** A ping with a deadline of 3 s, kept even when the call ignores its signal. Errors: host.unresponsive and those of the port. */
export function pingEngine(clock: Clock, engine: Pick<DockerEngine, 'ping'>): Promise<void> {
  return withDeadline(clock, PING_DEADLINE_MS, (signal) => engine.ping({ signal }));
}

async function withDeadline(clock: Clock, ms: number, call: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const abort = new AbortController();
  let cancel: () => void = () => undefined;
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(ms, () => {
      const error = new ClockerError('host.unresponsive', { message: `no answer within ${ms / 1000} s`, retryable: true });
      reject(error);
      abort.abort(error);
    });
  });
  try {
    await Promise.race([call(abort.signal), late]);
  } finally {
    cancel();
  }
}
