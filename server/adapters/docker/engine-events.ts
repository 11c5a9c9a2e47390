import type { CallOptions, EngineEvent } from '../../ports/docker-engine.ts';
import { DEADLINE_MS } from './deadlines.ts';
import { toCallError } from './engine-errors.ts';
import type { EngineParts } from './engine-parts.ts';
import { type SeenEvents, toEngineEvent, toNanoseconds, toSince } from './event-stream.ts';
import { readLines } from './frames.ts';
import { streamBody } from './stream-body.ts';

const WHAT = 'event stream';
const TYPES = ['container', 'image', 'volume', 'network', 'daemon'];

export interface EventOptions extends CallOptions {
  readonly sinceNs: string | null;
}

/**
 * Follows the engine's events. With `sinceNs` those of that very nanosecond come too, unless this session has handed them on before.
 * Without it the stream begins with the host's present time. Ends only by an error, or when the consumer leaves.
 */
export async function* engineEvents(parts: EngineParts, seen: SeenEvents, options: EventOptions): AsyncGenerator<EngineEvent> {
  const since = options.sinceNs ?? (await hostTime(parts, options));
  const request = {
    what: WHAT,
    method: 'GET',
    path: '/events',
    query: { since: toSince(since), filters: JSON.stringify({ type: TYPES }) },
    headMs: DEADLINE_MS.events,
    signal: options.signal,
  } as const;
  for await (const line of streamBody(parts, request, readLines)) {
    const event = toEngineEvent(line);
    if (!event || (event.timeNs === options.sinceNs && seen.has(event))) continue;
    seen.add(event);
    yield event;
  }
  throw toCallError(parts.transport.hostName, WHAT, new Error('dockerd ended it'));
}

/** Events carry the host's time, which may be far from ours. */
async function hostTime({ calls, clock }: EngineParts, options: CallOptions): Promise<string> {
  const info = await calls.call({
    what: 'time',
    deadlineMs: DEADLINE_MS.facts,
    options,
    perform: (docker, abortSignal) => docker.info({ abortSignal }),
  });
  const time = typeof info === 'object' && info !== null && 'SystemTime' in info ? String(info.SystemTime) : '';
  return toNanoseconds(time === '' ? new Date(clock.now()).toISOString() : time);
}
