import type { ChangeEvent } from '../../ports/store.ts';

export interface RingLimits {
  readonly events: number;
  readonly bytes: number;
}

export const RING_LIMITS: RingLimits = { events: 4096, bytes: 8 * 1024 * 1024 };

/** The latest change events, so that a client which was away for a moment needs no snapshot. */
export class EventRing {
  readonly #limits: RingLimits;
  #events: { readonly event: ChangeEvent; readonly bytes: number }[] = [];
  #start = 0;
  #bytes = 0;

  constructor(limits: RingLimits) {
    this.#limits = limits;
  }

  /** `bytes` is the size of the event's documents as JSON. The newest event is kept whatever its size. */
  add(event: ChangeEvent, bytes: number): void {
    this.#events.push({ event, bytes });
    this.#bytes += bytes;
    while (this.#size > 1 && (this.#size > this.#limits.events || this.#bytes > this.#limits.bytes)) {
      this.#bytes -= this.#events[this.#start]?.bytes ?? 0;
      this.#start += 1;
    }
    if (this.#start > this.#limits.events) {
      this.#events = this.#events.slice(this.#start);
      this.#start = 0;
    }
  }

  /** Events after `revision` when `current` is the last one; null when some of them are gone or `revision` never was. */
  since(revision: number, current: number): readonly ChangeEvent[] | null {
    if (revision === current) return [];
    const oldest = this.#events[this.#start]?.event.revision;
    if (revision > current || oldest === undefined || revision < oldest - 1) return null;
    return this.#events.slice(this.#start + revision - oldest + 1).map(({ event }) => event);
  }

  get #size(): number {
    return this.#events.length - this.#start;
  }
}
