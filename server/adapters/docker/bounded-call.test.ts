import { describe, expect, it, vi } from 'vitest';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { boundedCall, type CallBounds } from './bounded-call.ts';
import { CallGate } from './call-gate.ts';

function bounds(over: Partial<CallBounds> = {}) {
  const timers: (() => void)[] = [];
  const losses = new Set<(error: ClockerError) => void>();
  const given: CallBounds = {
    what: 'ping on host-1',
    deadlineMs: 3_000,
    signal: undefined,
    clock: {
      now: () => 0,
      after: (_ms, callback) => {
        timers.push(callback);
        return () => timers.splice(timers.indexOf(callback), 1);
      },
    },
    onLost: (listener) => {
      losses.add(listener);
      return () => losses.delete(listener);
    },
    ...over,
  };
  return { given, timers, losses };
}

const never = (): Promise<never> => new Promise(() => undefined);

describe('boundedCall', () => {
  it('ends a call that never settles at its deadline and aborts it', async () => {
    const { given, timers } = bounds();
    const perform = vi.fn((_signal: AbortSignal) => never());
    const call = boundedCall(given, perform);
    timers[0]?.();
    await expect(call).rejects.toMatchObject({ code: 'host.unresponsive', retryable: true });
    expect(perform.mock.calls[0]?.[0].aborted).toBe(true);
  });

  it('tells the reason of a lost connection at once', async () => {
    const { given, losses } = bounds();
    const call = boundedCall(given, never);
    for (const listener of losses) listener(new ClockerError('host.lost', { message: 'gone' }));
    await expect(call).rejects.toMatchObject({ code: 'host.lost' });
  });

  it('does not begin when the caller has given up already', async () => {
    const perform = vi.fn(never);
    await expect(boundedCall(bounds({ signal: AbortSignal.abort() }).given, perform)).rejects.toMatchObject({ code: 'cancelled' });
    expect(perform).not.toHaveBeenCalled();
  });

  it('leaves no timer and no listener behind', async () => {
    const { given, timers, losses } = bounds();
    await expect(boundedCall(given, async () => 'pong')).resolves.toBe('pong');
    expect([timers.length, losses.size]).toEqual([0, 0]);
  });
});

describe('CallGate', () => {
  it('never lets more through than its limit and keeps their order', async () => {
    const gate = new CallGate(() => 2);
    const order: number[] = [];
    let running = 0;
    const call = (number: number) =>
      gate.run(undefined, async () => {
        running += 1;
        expect(running).toBeLessThanOrEqual(2);
        order.push(number);
        await Promise.resolve();
        running -= 1;
      });
    await Promise.all([0, 1, 2, 3, 4, 5].map(call));
    expect(order).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('lets a caller that gave up leave the line', async () => {
    const gate = new CallGate(() => 1);
    const held = gate.run(undefined, () => new Promise<void>((resolve) => setTimeout(resolve, 20)));
    const abort = new AbortController();
    const waiting = gate.run(abort.signal, async () => abort.signal.aborted);
    abort.abort();
    await expect(waiting).resolves.toBe(true);
    await held;
  });
});
