import { describe, expect, it } from 'vitest';
import { readWorkers, untilEnded, untilTakenUp, type Workers } from './reload-workers.ts';

/** A host whose answers come one after the other, the last for ever. */
function scene(...answers: readonly string[]) {
  let looks = 0;
  let waitedMs = 0;
  const workers: Workers = {
    pid: 7,
    signal: new AbortController().signal,
    pause: async (ms) => {
      waitedMs += ms;
    },
    shell: {
      run: async (_script, { env }) => {
        expect(env).toEqual({ CK_PID: '7' });
        const output = answers[Math.min(looks, answers.length - 1)] ?? '';
        looks += 1;
        return { output, code: 0 };
      },
    },
  };
  return { workers, looks: () => looks, waitedMs: () => waitedMs };
}

describe('workers of a process that reloads', () => {
  it('are the children that the host tells, or none', async () => {
    expect(await readWorkers(scene('12 34 \n').workers)).toEqual(new Set(['12', '34']));
    expect(await readWorkers(scene('').workers)).toEqual(new Set());
    expect(await readWorkers(scene('cat: no such file').workers)).toEqual(new Set());
  });

  it('have taken up what is new once there is one that was not there before', async () => {
    const { workers, looks } = scene('12', '12', '12 34');
    await untilTakenUp(workers, new Set(['12']));
    expect(looks()).toBe(3);
  });

  it('are waited for no longer than that takes at most, and not at all where the host tells nothing', async () => {
    const stuck = scene('12');
    await untilTakenUp(stuck.workers, new Set(['12']));
    expect(stuck.waitedMs()).toBeLessThanOrEqual(3_100);
    const untold = scene('');
    await untilTakenUp(untold.workers, new Set());
    expect(untold.looks()).toBe(0);
  });

  it('have ended when none of the old ones is left, and are given up at the limit', async () => {
    const { workers, looks } = scene('12 34', '12 34 56', '34 56');
    await untilEnded(workers, new Set(['12']), 60_000);
    expect(looks()).toBe(3);
    const stuck = scene('12');
    await untilEnded(stuck.workers, new Set(['12']), 1_000);
    expect(stuck.waitedMs()).toBe(1_000);
  });
});
