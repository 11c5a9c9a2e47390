import { isMachine } from '../../domain/cloud/cloud-of-host.ts';
import type { ExternalThings } from '../../domain/entity/external-thing.ts';
import type { Host, HostFacts } from '../../domain/entity/host.ts';
import { type ErrorView, toErrorView } from '../../domain/shared/clocker-error.ts';
import type { InstanceId } from '../../domain/shared/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EngineEvent } from '../../ports/docker-engine.ts';
import type { HostSession } from '../../ports/host-session.ts';
import type { HostCondition } from './decide-host-state.ts';
import { engineHangs } from './diagnose-engine.ts';
import { createEventFollower } from './event-follower.ts';
import type { HostCounters } from './host-counters.ts';
import { createHostKnocker } from './host-knocker.ts';
import { createHostPulse } from './host-pulse.ts';
import type { HostWitnesses } from './host-witnesses.ts';
import { machineHangs, shellAsEngine } from './look-at-machine.ts';

/** A machine at whose address nothing answers is given up after this part of the time that one is given that is silent. */
const GONE_PART = 6;
const SHORTEST_GONE_MS = 2_500;
const RELIST_EVERY_MS = 25_000;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 3_000;
/** A shell that is asked each second and has not answered for so long does not answer. */
const SHELL_MUTE_MS = 3_500;
/** A stream that breaks sooner than this is not asked for again at once. */
const SHORT_STREAM_MS = 5_000;
/** An event that has not come so long after its change was seen does not come. */
const EVENT_LATE_MS = 2_000;

export interface HostLinkOptions {
  readonly host: Host;
  readonly session: HostSession;
  readonly clock: Clock;
  readonly counters: HostCounters;
  readonly lostAfterMs: number;
  readonly witnesses: HostWitnesses;
  readonly onEvent: (event: EngineEvent) => void;
  /** The event stream is there and does not tell what happens; it is opened anew. */
  readonly onMute: () => void;
  /** Something happened that the controller should look at. */
  readonly onChange: () => void;
  /** The host can no longer be used; called before `onChange`. */
  readonly onDown: () => void;
}

/** What this process knows of one host besides its record: the session, the event stream, and what is to be looked at. */
export interface HostLink {
  /** Address, key and credential it was made for: a record that differs needs another link. */
  readonly target: string;
  readonly session: HostSession;
  /** Rows to look at because of an event. */
  readonly dirty: Set<InstanceId>;
  /** An event pointed at the row. */
  told(id: InstanceId): void;
  /** A change of the row was seen that no event has told yet. */
  expectEvent(id: InstanceId): void;
  /** For each row looked at, the start (Docker's time) that was seen last. */
  readonly confirmed: Map<InstanceId, number | null>;
  /** Surplus containers on their way out. */
  readonly removing: Set<string>;
  facts: HostFacts | null;
  /** Something is missing in them, or on the host, that may come: they are read again with the next list. */
  factsAreHalf: boolean;
  /** Null until the first full list. */
  foreign: number | null;
  /** Networks and volumes of others; null until the first full list. */
  external: ExternalThings | null;
  readonly condition: HostCondition;
  /** `all` after a gap, `changed` when only time passed, `none` while there is nothing to do or it is too early to try again. */
  readonly listing: 'none' | 'changed' | 'all';
  /** What the next full list would find anyway is forgotten. */
  beginListing(): void;
  /** Aborts when the host stops answering: a look that hangs must not keep that from being told. */
  lookSignal(): AbortSignal;
  /** Follows events, when it does not already. */
  follow(hostClockS: number | null): void;
  listed(): void;
  listingFailed(error: ErrorView, refused: boolean): void;
  /** The host's shell answered. */
  heard(): void;
  /** A full list is wanted soon, not at once: what is seen is no concern of ours. */
  relistWithin(ms: number): void;
  start(): void;
  close(): Promise<void>;
}

export function targetOf(host: Host): string {
  return JSON.stringify([host.address, host.port, host.user, host.credentialId, host.hostKey.type, host.hostKey.fingerprint]);
}

export function createHostLink(options: HostLinkOptions): HostLink {
  const { session, clock, counters } = options;
  const dirty = new Set<InstanceId>();
  const confirmed = new Map<InstanceId, number | null>();
  let isListed = false;
  let stale = true;
  let wasReady = false;
  let engineError: ErrorView | null = null;
  let engineRefused = false;
  let relistAt = 0;
  let notBefore = 0;
  let failures = 0;
  /** Pings find no answer: nothing else is tried until one does. */
  let hung = false;
  let toldLost = false;
  let toldMute = false;
  let closed = false;
  let looking = new AbortController();
  const timers = new Set<() => void>();
  const expected = new Set<InstanceId>();

  const follower = createEventFollower({ clock, counters, engine: session.engine, onEvent: options.onEvent, onBreak: streamBroke });
  const machine = isMachine(options.host);
  const tellHeard = (at: number): void => {
    if (!closed) options.witnesses.heard(options.host.id, at);
  };
  const knocker = createHostKnocker({
    clock,
    // One that refuses us is there, and waits for a person.
    knock: (timeoutMs) => (session.state === 'refused' ? Promise.resolve(null) : session.knock(timeoutMs)),
    goneAfterMs: Math.max(SHORTEST_GONE_MS, options.lostAfterMs / GONE_PART),
    lostAfterMs: options.lostAfterMs,
    onAnswer: () => tellHeard(clock.now()),
    othersSpeak: (since) => options.witnesses.anyBut(options.host.id, since),
  });
  const pulse = createHostPulse({
    clock,
    counters,
    knocker,
    onHeard: tellHeard,
    engine: machine ? shellAsEngine(session.shell, clock) : session.engine,
    isUp: () => session.state === 'up',
    onFailure: pingFailed,
    askShell: () => session.shell.run(':', { timeoutMs: 2_000 }),
    onRecovery: () => {
      stale = true;
      hung = false;
      notBefore = 0;
      options.onChange();
    },
    onSilence: silence,
  });

  /** With a connection it is the engine that is silent; without one the host has been away since it was last heard of. */
  function silentMs(): number {
    return session.state === 'up' ? pulse.silentMs : pulse.awayMs;
  }

  function silence(): void {
    const lost = silentMs() >= options.lostAfterMs || knocker.isGone;
    const mute = hung && pulse.awayMs > SHELL_MUTE_MS;
    if ((lost && !toldLost) || mute !== toldMute) options.onChange();
    toldLost = lost;
    toldMute = mute;
  }

  function reasonOfEngine(): ErrorView | null {
    if (!hung) return engineError;
    return machine
      ? machineHangs(options.host)
      : engineHangs(options.host, { shellAnswers: !knocker.isGone && pulse.awayMs <= SHELL_MUTE_MS });
  }

  function streamBroke(_error: unknown, livedMs: number): void {
    if (closed || session.state !== 'up') return;
    stale = true;
    if (livedMs < SHORT_STREAM_MS) backOff();
    else options.onChange();
  }

  function pingFailed(error: unknown): void {
    if (engineError) return;
    isListed = false;
    stale = true;
    const view = toErrorView(error);
    hung = view.code === 'host.unresponsive' || view.code === 'deadline';
    engineError = view;
    down();
    options.onChange();
  }

  function down(): void {
    looking.abort();
    looking = new AbortController();
    options.onDown();
  }

  function backOff(): void {
    const waitMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 10));
    failures += 1;
    notBefore = clock.now() + waitMs;
    wake(waitMs);
  }

  function wake(ms: number): void {
    later(ms, options.onChange);
  }

  function later(ms: number, callback: () => void): void {
    const cancel = clock.after(ms, () => {
      timers.delete(cancel);
      if (!closed) callback();
    });
    timers.add(cancel);
  }

  function missed(id: InstanceId): void {
    if (!expected.delete(id) || !follower.following) return;
    counters.eventStreamsMute += 1;
    expected.clear();
    follower.stop();
    stale = true;
    options.onMute();
    options.onChange();
  }

  const stopListening = session.onState((state) => {
    if (closed) return;
    if (state === 'up') {
      stale = true;
      notBefore = 0;
      hung = false;
      engineError = null;
      engineRefused = false;
    } else {
      isListed = false;
      follower.stop();
      down();
    }
    options.onChange();
  });

  return {
    target: targetOf(options.host),
    session,
    dirty,
    confirmed,
    removing: new Set(),
    told(id) {
      dirty.add(id);
      expected.delete(id);
    },
    expectEvent(id) {
      expected.add(id);
      later(EVENT_LATE_MS, () => missed(id));
    },
    facts: null,
    factsAreHalf: false,
    foreign: null,
    external: null,
    get condition() {
      return {
        connection: session.state,
        connectionError: session.lastError,
        listed: isListed,
        engineError: reasonOfEngine(),
        engineRefused,
        wasReady,
        silentMs: silentMs(),
        isGone: knocker.isGone,
      };
    },
    get listing() {
      const now = clock.now();
      if (session.state !== 'up' || hung || now < notBefore) return 'none';
      if (stale || !isListed) return 'all';
      return now >= relistAt ? 'changed' : 'none';
    },
    beginListing() {
      stale = false;
      relistAt = clock.now() + RELIST_EVERY_MS;
      dirty.clear();
    },
    lookSignal: () => looking.signal,
    follow: (hostClockS) => follower.start(hostClockS),
    listed() {
      if (session.state !== 'up') return;
      isListed = true;
      wasReady = true;
      engineError = null;
      engineRefused = false;
      if (follower.following) failures = 0;
      pulse.answered();
    },
    listingFailed(error, refused) {
      isListed = false;
      stale = true;
      engineError = error;
      engineRefused = refused;
      options.onDown();
      backOff();
    },
    heard: () => pulse.heard(),
    relistWithin(ms) {
      if (relistAt <= clock.now() + ms) return;
      relistAt = clock.now() + ms;
      wake(ms + 1);
    },
    start() {
      pulse.start();
      session.connect().catch(() => options.onChange());
    },
    async close() {
      closed = true;
      for (const cancel of timers) cancel();
      stopListening();
      follower.stop();
      pulse.stop();
      options.witnesses.forget(options.host.id);
      await session.close();
    },
  };
}
