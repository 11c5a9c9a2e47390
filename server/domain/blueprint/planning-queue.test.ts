import { beforeEach, describe, expect, it } from 'vitest';
import { createPlanningQueue, type PlanningQueueOptions, type WorkerEvents } from './planning-queue.ts';

/** A worker that does what the test says. */
interface TestWorker {
  readonly events: WorkerEvents<string>;
  readonly sent: { readonly id: number; readonly job: string }[];
  ended: boolean;
}

const LIMIT_MS = 5_000;
let workers: TestWorker[];
/** Timers that run, with what they call. */
let timers: Map<() => void, number>;

beforeEach(() => {
  workers = [];
  timers = new Map();
});

function open(options: Partial<PlanningQueueOptions<string, string>> = {}) {
  return createPlanningQueue<string, string>({
    start(events) {
      const worker: TestWorker = { events, sent: [], ended: false };
      workers.push(worker);
      return {
        send: (id, job) => worker.sent.push({ id, job }),
        async end() {
          worker.ended = true;
        },
      };
    },
    after(ms, callback) {
      timers.set(callback, ms);
      return () => timers.delete(callback);
    },
    limitMs: LIMIT_MS,
    waits: 'all',
    mostStarts: 3,
    ...options,
  });
}

function worker(index: number): TestWorker {
  const found = workers[index];
  if (found === undefined) throw new Error(`worker ${index} was not started`);
  return found;
}

function answer(index: number, text: string) {
  const { events, sent } = worker(index);
  events.answered(sent.at(-1)?.id ?? 0, text);
}

function passTime() {
  for (const callback of [...timers.keys()]) {
    timers.delete(callback);
    callback();
  }
}

describe('createPlanningQueue', () => {
  it('starts no worker before there is a text', () => {
    open();
    expect(workers).toHaveLength(0);
  });

  it('starts a worker before there is a text when it is to be warm, and only one', () => {
    const queue = open();
    queue.warm();
    void queue.ask('a');
    expect(workers).toHaveLength(1);
  });

  it('gives a worker one text at a time, in turn, once it has loaded', async () => {
    const queue = open();
    const asked = Promise.all([queue.ask('a'), queue.ask('b')]);
    expect(worker(0).sent).toEqual([]);
    worker(0).events.ready();
    expect(worker(0).sent.map(({ job }) => job)).toEqual(['a']);
    answer(0, 'A');
    answer(0, 'B');
    expect(await asked).toEqual([
      { ended: 'answered', answer: 'A' },
      { ended: 'answered', answer: 'B' },
    ]);
    expect(timers.size).toBe(0);
  });

  it('replaces what waits by the newest text, and finishes what is read', async () => {
    const queue = open({ waits: 'newest' });
    const asked = [queue.ask('a')];
    worker(0).events.ready();
    asked.push(queue.ask('ab'), queue.ask('abc'));
    answer(0, 'A');
    answer(0, 'ABC');
    expect((await Promise.all(asked)).map(({ ended }) => ended)).toEqual(['answered', 'replaced', 'answered']);
    expect(worker(0).sent.map(({ job }) => job)).toEqual(['a', 'abc']);
  });

  it('ends a worker that takes longer than the limit, and reads the next text with another', async () => {
    const queue = open();
    const [slow, following] = [queue.ask('slow'), queue.ask('b')];
    worker(0).events.ready();
    expect([...timers.values()]).toEqual([LIMIT_MS]);
    passTime();
    expect(await slow).toEqual({ ended: 'too-slow' });
    expect(worker(0).ended).toBe(true);
    worker(1).events.ready();
    answer(1, 'B');
    expect(await following).toEqual({ ended: 'answered', answer: 'B' });
  });

  it('takes no notice of a worker that it has ended', async () => {
    const queue = open();
    void queue.ask('slow');
    const following = queue.ask('b');
    worker(0).events.ready();
    passTime();
    worker(0).events.ready();
    worker(0).events.answered(2, 'of another');
    worker(0).events.lost('SIGKILL');
    expect(worker(1).sent).toEqual([]);
    worker(1).events.ready();
    answer(1, 'B');
    expect(await following).toEqual({ ended: 'answered', answer: 'B' });
    expect(workers).toHaveLength(2);
  });

  it('tells why the worker of a text ended, and reads the next one with another', async () => {
    const queue = open();
    const [deadly, following] = [queue.ask('deadly'), queue.ask('b')];
    worker(0).events.ready();
    worker(0).events.lost('exit code 7');
    expect(await deadly).toEqual({ ended: 'worker-lost', reason: 'exit code 7' });
    worker(1).events.ready();
    answer(1, 'B');
    expect(await following).toEqual({ ended: 'answered', answer: 'B' });
  });

  it('refuses what waits after so many failed starts in a row, and tries anew for the next text', async () => {
    const queue = open({ mostStarts: 2 });
    const refused = queue.ask('a');
    worker(0).events.lost('no such file');
    worker(1).events.lost('no such file');
    expect(await refused).toEqual({ ended: 'no-worker', reason: 'no such file' });
    const following = queue.ask('b');
    worker(2).events.lost('no such file');
    worker(3).events.ready();
    answer(3, 'B');
    expect(await following).toEqual({ ended: 'answered', answer: 'B' });
  });

  it('ends what is read, what waits and what comes once it is closed', async () => {
    const queue = open();
    const asked = [queue.ask('a'), queue.ask('b')];
    worker(0).events.ready();
    await queue.close();
    asked.push(queue.ask('c'));
    queue.warm();
    expect(await Promise.all(asked)).toEqual([{ ended: 'closed' }, { ended: 'closed' }, { ended: 'closed' }]);
    expect([workers.length, worker(0).ended, timers.size]).toEqual([1, true, 0]);
  });
});
