import { z } from 'zod';
import type { EngineEvent } from '../../ports/docker-engine.ts';

/** Events that a probe or a person causes inside a container; they tell nothing about its life and would flood the stream. */
const NOISE = /^(exec_|top$|attach$|resize$|export$|archive-path$|extract-to-dir$)/;
/** dockerd itself keeps 256 events. */
const REMEMBERED = 512;

const eventSchema = z.object({
  Type: z.string(),
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()).nullish() }),
});

/** One line of the stream; null for what does not concern us. The time is read from the text: as a number it would lose its last digits. */
export function toEngineEvent(line: string): EngineEvent | null {
  const timeNs = /"timeNano":(\d+)/.exec(line)?.[1];
  const parsed = eventSchema.safeParse(parseJson(line));
  if (!timeNs || !parsed.success || NOISE.test(parsed.data.Action)) return null;
  const { Type, Action, Actor } = parsed.data;
  return { type: Type, action: Action, actorId: Actor.ID, attributes: Actor.Attributes ?? {}, timeNs };
}

/** `since` of the events call: seconds, a dot and nine digits. */
export function toSince(timeNs: string): string {
  const digits = timeNs.padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

/** Nanoseconds since the epoch of a time in RFC 3339, as decimal text. */
export function toNanoseconds(time: string): string {
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '';
  const seconds = Math.floor(Date.parse(time) / 1_000);
  return `${seconds}${fraction.padEnd(9, '0').slice(0, 9)}`;
}

/** Recently seen events: `since` is inclusive, so the last event of a broken stream comes again with the next one. */
export class SeenEvents {
  readonly #keys = new Set<string>();

  add(event: EngineEvent): void {
    this.#keys.add(toKey(event));
    const oldest = this.#keys.size > REMEMBERED ? this.#keys.values().next().value : undefined;
    if (oldest !== undefined) this.#keys.delete(oldest);
  }

  has(event: EngineEvent): boolean {
    return this.#keys.has(toKey(event));
  }
}

function toKey(event: EngineEvent): string {
  return `${event.timeNs} ${event.type} ${event.action} ${event.actorId}`;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The last line of a stream that was cut.
    return null;
  }
}
