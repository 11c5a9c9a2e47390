import type { Clock } from '../../ports/clock.ts';
import type { DockerEngine, EngineEvent } from '../../ports/docker-engine.ts';
import type { HostCounters } from './host-counters.ts';

/** Asked for again at each reconnect: clocks step, and an event may be on its way while the stream opens. */
const OVERLAP_NS = 5_000_000_000n;
const REMEMBERED_EVENTS = 1_024;

export interface EventFollowerOptions {
  readonly clock: Clock;
  readonly engine: Pick<DockerEngine, 'events'>;
  readonly counters: HostCounters;
  /** Each event once. */
  readonly onEvent: (event: EngineEvent) => void;
  /** The stream ended; events may have been missed. `livedMs` tells for how long it was there. */
  readonly onBreak: (error: unknown, livedMs: number) => void;
}

export interface EventFollower {
  readonly following: boolean;
  /** Follows from the last event seen, else from `hostClockS` (the host's own clock), each with some overlap. Does nothing while it follows. */
  start(hostClockS: number | null): void;
  stop(): void;
}

export function createEventFollower(options: EventFollowerOptions): EventFollower {
  const { clock, counters } = options;
  const remembered = new Set<string>();
  let cursorNs: bigint | null = null;
  let current: AbortController | undefined;

  function take(event: EngineEvent): void {
    const key = `${event.timeNs} ${event.type} ${event.action} ${event.actorId}`;
    if (remembered.has(key)) {
      counters.eventsRepeated += 1;
      return;
    }
    remembered.add(key);
    if (remembered.size > REMEMBERED_EVENTS) forgetOldest(remembered);
    counters.eventsSeen += 1;
    const at = toNanoseconds(event.timeNs);
    if (at !== null && (cursorNs === null || at > cursorNs)) cursorNs = at;
    options.onEvent(event);
  }

  async function follow(abort: AbortController, sinceNs: string | null): Promise<void> {
    const startedAt = clock.now();
    let failure: unknown = null;
    try {
      for await (const event of options.engine.events({ sinceNs, signal: abort.signal })) {
        if (abort.signal.aborted) return;
        take(event);
      }
    } catch (error) {
      failure = error;
    }
    if (abort.signal.aborted) return;
    current = undefined;
    counters.eventStreamBreaks += 1;
    options.onBreak(failure, clock.now() - startedAt);
  }

  return {
    get following() {
      return current !== undefined;
    },
    start(hostClockS) {
      if (current) return;
      const from = cursorNs ?? (hostClockS === null ? null : BigInt(hostClockS) * 1_000_000_000n);
      current = new AbortController();
      void follow(current, from === null ? null : String(from > OVERLAP_NS ? from - OVERLAP_NS : 0n));
    },
    stop() {
      current?.abort();
      current = undefined;
    },
  };
}

function forgetOldest(events: Set<string>): void {
  for (const oldest of events) {
    events.delete(oldest);
    return;
  }
}

function toNanoseconds(text: string): bigint | null {
  return /^[0-9]{1,20}$/.test(text) ? BigInt(text) : null;
}
