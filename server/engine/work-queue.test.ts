import { describe, expect, it } from 'vitest';
import { createManualClock } from '../adapters/simulated/manual-clock.ts';
import { quietLog } from '../testing/quiet-log.ts';
import { createWorkQueue } from './work-queue.ts';

function openQueue(concurrency?: number) {
  const clock = createManualClock();
  const queue = createWorkQueue({ clock, log: quietLog(), random: () => 0.999, ...(concurrency ? { concurrency } : {}) });
  return { clock, queue };
}

describe('work queue', () => {
  it('runs a key once that was queued many times, and once more when it is queued while it runs', async () => {
    const { clock, queue } = openQueue(1);
    let runs = 0;
    queue.register('blocker', () => clock.settle(1));
    queue.register('a', async (id) => {
      runs += 1;
      if (runs === 1) queue.enqueue(`a:${id}`);
      if (runs === 1) queue.enqueue(`a:${id}`);
      await clock.settle(1);
    });
    queue.enqueue('blocker:1');
    for (let count = 0; count < 10; count += 1) queue.enqueue('a:1');
    await queue.idle();
    expect(runs).toBe(2);
  });

  it('never runs one key twice at a time', async () => {
    const { clock, queue } = openQueue();
    let inside = 0;
    let most = 0;
    queue.register('a', async () => {
      inside += 1;
      most = Math.max(most, inside);
      await clock.settle(2);
      inside -= 1;
    });
    for (let count = 0; count < 20; count += 1) {
      queue.enqueue('a:1', count % 2 === 0 ? 'user' : 'normal');
      await clock.settle(1);
    }
    await queue.idle();
    expect(most).toBe(1);
  });

  it('lets the work of users pass', async () => {
    const { queue } = openQueue(1);
    const order: string[] = [];
    queue.register('a', async (id) => void order.push(id));
    for (const id of ['first', 'resync-1', 'resync-2']) queue.enqueue(`a:${id}`);
    queue.enqueue('a:resync-2', 'user');
    queue.enqueue('a:click', 'user');
    await queue.idle();
    expect(order).toEqual(['first', 'resync-2', 'click', 'resync-1']);
  });

  it('tries failed work again after longer and longer pauses, at once for a user, and forgets them after a success', async () => {
    const { clock, queue } = openQueue();
    const at: number[] = [];
    let fails = true;
    const start = clock.now();
    queue.register('a', async () => {
      at.push(clock.now() - start);
      if (fails) throw new Error('no');
    });
    queue.enqueue('a:1');
    await clock.advance(800);
    expect(at).toEqual([0, 200, 600]);
    queue.enqueue('a:1');
    await clock.settle();
    expect(at).toHaveLength(3);
    queue.enqueue('a:1', 'user');
    await clock.settle();
    expect(at).toHaveLength(4);
    fails = false;
    await clock.advance(60_000);
    fails = true;
    const count = at.length;
    queue.enqueue('a:1');
    await clock.advance(250);
    expect(at.length).toBe(count + 2);
  });

  it('looks again at the sooner of two times', async () => {
    const { clock, queue } = openQueue();
    const at: number[] = [];
    const start = clock.now();
    queue.register('a', async () => void at.push(clock.now() - start));
    queue.lookAgain('a:1', start + 5_000);
    queue.lookAgain('a:1', start + 1_000);
    queue.lookAgain('a:1', start + 9_000);
    await clock.advance(10_000);
    expect(at).toEqual([1_000]);
  });

  it('begins nothing after stop, and aborts what does not end', async () => {
    const { clock, queue } = openQueue(1);
    let aborted = false;
    let second = 0;
    queue.register('slow', async (_id, signal) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      aborted = true;
    });
    queue.register('next', async () => {
      second += 1;
    });
    queue.enqueue('slow:1');
    queue.enqueue('next:1');
    const stopped = queue.stop();
    await clock.advance(2_000);
    await stopped;
    expect({ aborted, second }).toEqual({ aborted: true, second: 0 });
  });
});
