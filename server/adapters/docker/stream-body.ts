import { toCancelled } from './bounded-call.ts';
import { toCallError } from './engine-errors.ts';
import type { EngineRequest } from './engine-http.ts';
import type { EngineParts } from './engine-parts.ts';

/**
 * Reads a streamed answer through `read`, as fast as the consumer takes, and closes it when the consumer leaves.
 * Errors: those of the port; `cancelled` by the request's signal.
 */
export async function* streamBody<T>(
  { http, transport }: EngineParts,
  request: EngineRequest,
  read: (body: AsyncIterable<Buffer>) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const { signal, what } = request;
  const left = new AbortController();
  try {
    const body = await http.stream(request);
    const cancel = (): void => {
      body.destroy(toCancelled(`${what} of ${transport.hostName}`, signal?.reason));
    };
    left.signal.addEventListener('abort', () => {
      signal?.removeEventListener('abort', cancel);
      body.destroy();
    });
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted) cancel();
    yield* read(body);
  } catch (error) {
    throw toCallError(transport.hostName, what, error);
  } finally {
    left.abort();
  }
}
