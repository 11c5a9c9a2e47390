import type { RequestContext } from '../request-context.ts';
import { pause } from './pause.ts';

const POLL_MS = 50;
/** A client with more bytes than this on their way to it gets no more until they went. */
const MAX_BUFFERED_BYTES = 1_048_576;

/** Resolves when the client has taken most of what was sent to it, or when `stop` aborts. */
export async function drained(context: RequestContext, stop: AbortSignal): Promise<void> {
  while (!stop.aborted && context.bufferedBytes() > MAX_BUFFERED_BYTES) await pause(POLL_MS, stop);
}
