import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BlueprintReading, WorkerReply, WorkerRequest } from './planner-messages.ts';
import { createWorkerPlanner, type PlannerWorker } from './worker-planner.ts';

const READING: BlueprintReading = { result: { ok: false, diagnostics: [] }, format: null, asked: { values: [], profiles: [] } };

class TestWorker implements PlannerWorker {
  readonly requests: WorkerRequest[] = [];
  ended = false;
  onmessage: PlannerWorker['onmessage'] = null;
  onerror: PlannerWorker['onerror'] = null;
  postMessage(request: WorkerRequest) {
    this.requests.push(request);
  }
  terminate() {
    this.ended = true;
  }
  isReady() {
    this.onmessage?.({ data: 'ready' } as MessageEvent<WorkerReply>);
  }
  answer() {
    this.onmessage?.({ data: { id: this.requests.at(-1)?.id ?? 0, reading: READING } } as MessageEvent<WorkerReply>);
  }
}

const workers: TestWorker[] = [];
const open = () =>
  createWorkerPlanner(() => {
    const worker = new TestWorker();
    workers.push(worker);
    return worker;
  }, 2_000);

beforeEach(() => {
  vi.useFakeTimers();
  workers.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

describe('createWorkerPlanner', () => {
  it('starts no worker before there is a text, and waits until it has loaded', async () => {
    const planner = open();
    expect(workers).toHaveLength(0);
    const planned = planner.plan({ text: 'a' }, []);
    expect(workers[0]?.requests).toHaveLength(0);
    workers[0]?.isReady();
    workers[0]?.answer();
    expect(await planned).toBe(READING);
  });

  it('reads only the newest of what was typed meanwhile', async () => {
    const planner = open();
    const first = planner.plan({ text: 'a' }, []);
    workers[0]?.isReady();
    const second = planner.plan({ text: 'ab' }, []);
    const third = planner.plan({ text: 'abc' }, []);
    expect(await second).toBeNull();
    workers[0]?.answer();
    workers[0]?.answer();
    expect(await first).toBe(READING);
    expect(await third).toBe(READING);
    expect(workers[0]?.requests.map(({ input }) => input.text)).toEqual(['a', 'abc']);
  });

  it('sends the catalog once, and again to a new worker', async () => {
    const planner = open();
    const catalog = [] as const;
    void planner.plan({ text: 'a' }, catalog);
    workers[0]?.isReady();
    workers[0]?.answer();
    void planner.plan({ text: 'b' }, catalog);
    expect(workers[0]?.requests.map((request) => 'catalog' in request)).toEqual([true, false]);
  });

  it('ends a worker that takes too long, and reads the next text with another', async () => {
    const planner = open();
    const slow = planner.plan({ text: 'a' }, []);
    const failed = expect(slow).rejects.toThrow('longer than 2 s');
    workers[0]?.isReady();
    await vi.advanceTimersByTimeAsync(2_000);
    await failed;
    expect(workers[0]?.ended).toBe(true);
    const next = planner.plan({ text: 'b' }, []);
    workers[1]?.isReady();
    workers[1]?.answer();
    expect(await next).toBe(READING);
  });

  it('rejects what waits when the worker cannot run', async () => {
    const planner = open();
    const planned = planner.plan({ text: 'a' }, []);
    workers[0]?.onerror?.({ message: 'not allowed' } as ErrorEvent);
    await expect(planned).rejects.toThrow('not allowed');
  });
});
