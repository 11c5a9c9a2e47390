import { ClockerError, isClockerError } from '../../domain/shared/clocker-error.ts';
import type { Clock } from '../../ports/clock.ts';

export interface CallBounds {
  /** What is asked of whom, for the message: `inspect of web on host-1`. */
  readonly what: string;
  readonly deadlineMs: number;
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
  /** Subscribes to the end of the connection; returns the unsubscribe function. */
  readonly onLost: (listener: (error: ClockerError) => void) => () => void;
}

/**
 * Performs a call that may never settle by itself: ends at its deadline, at the caller's signal and at the end of the connection,
 * whichever comes first, and then aborts what is under way.
 * Errors: host.unresponsive, cancelled, what `onLost` tells, what the call throws.
 */
export async function boundedCall<T>(bounds: CallBounds, perform: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const { signal } = bounds;
  if (signal?.aborted) throw toCancelled(bounds.what, signal.reason);
  return new Promise<T>((resolve, reject) => {
    const release = (): void => {
      stopTimer();
      stopListening();
      signal?.removeEventListener('abort', onAbort);
    };
    const end = (error: ClockerError): void => {
      release();
      reject(error);
      abort.abort(error);
    };
    const onAbort = (): void => end(toCancelled(bounds.what, signal?.reason));
    const stopTimer = bounds.clock.after(bounds.deadlineMs, () => end(toUnresponsive(bounds.what, bounds.deadlineMs)));
    const stopListening = bounds.onLost(end);
    signal?.addEventListener('abort', onAbort, { once: true });
    perform(abort.signal).then(
      (value) => {
        release();
        resolve(value);
      },
      (error: unknown) => {
        release();
        reject(error);
      },
    );
  });
}

function toUnresponsive(what: string, deadlineMs: number): ClockerError {
  return new ClockerError('host.unresponsive', {
    message: `No answer within ${deadlineMs / 1000} s: ${what}`,
    hint: 'The Docker Engine takes connections but does not answer. Check the load of the host and the log of dockerd.',
    retryable: true,
  });
}

export function toCancelled(what: string, reason: unknown): ClockerError {
  return isClockerError(reason) ? reason : new ClockerError('cancelled', { message: `Cancelled: ${what}`, cause: reason });
}
