import { describe, expect, it } from 'vitest';
import { createUlids } from '../adapters/clock/ulid.ts';
import { createManualClock } from '../adapters/simulated/manual-clock.ts';
import { createMemoryDatabase } from '../adapters/simulated/memory-database.ts';
import { createMemoryTaskLogs } from '../adapters/simulated/memory-logs.ts';
import { createRecordStore } from '../adapters/store/record-store.ts';
import { ClockerError } from '../domain/shared/clocker-error.ts';
import { quietLog } from '../testing/quiet-log.ts';
import { interruptTasks } from './prune-tasks.ts';
import { createTaskRunner } from './task-runner.ts';

const START = { name: 'Pull nginx:1', cause: { kind: 'user', by: 'ann' } } as const;

async function openRunner() {
  const clock = createManualClock();
  const log = quietLog();
  const store = await createRecordStore({ database: createMemoryDatabase(), log, freeze: true });
  const taskLogs = createMemoryTaskLogs();
  return { clock, store, taskLogs, runner: createTaskRunner({ store, taskLogs, clock, ids: createUlids(clock), log }) };
}

describe('task runner', () => {
  it('keeps a row from begin to end, with result and error', async () => {
    const { runner, store } = await openRunner();
    expect(await runner.run(START, async () => 42)).toBe(42);
    const failing = runner.run(START, async (task) => {
      task.line('stdout', 'layer 1');
      throw new ClockerError('image.not-found', { message: 'No such image' });
    });
    await expect(failing).rejects.toMatchObject({ code: 'image.not-found' });
    expect([...store.view.all('task').values()].map(({ status, hasLog, error }) => ({ status, hasLog, code: error?.code }))).toEqual([
      { status: 'done', hasLog: false, code: undefined },
      { status: 'failed', hasLog: true, code: 'image.not-found' },
    ]);
  });

  it('shows progress at most five times a second, and the last step always', async () => {
    const { clock, runner, store } = await openRunner();
    const shown: (number | null | undefined)[] = [];
    store.subscribe((event) => {
      for (const { record } of event.changes) if (record && 'progress' in record && record.progress) shown.push(record.progress.fraction);
    });
    await runner.run(START, async (task) => {
      await clock.settle();
      for (let step = 0; step <= 10; step += 1) {
        task.progress({ text: '', fraction: step / 10 });
        await clock.advance(50);
      }
    });
    expect(shown).toEqual([0, 0.4, 0.8, 1]);
  });

  it('aborts a task that is cancelled', async () => {
    const { clock, runner, store } = await openRunner();
    const running = runner.run(START, async (task) => {
      await new Promise((_, reject) => task.signal.addEventListener('abort', () => reject(task.signal.reason)));
    });
    await clock.settle();
    const [id] = store.view.all('task').keys();
    expect(runner.cancel(id as never)).toBe(true);
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(store.view.get('task', id ?? '')?.status).toBe('cancelled');
  });

  it('lets lines be followed from the first to the end', async () => {
    const { clock, runner, store } = await openRunner();
    const seen: string[] = [];
    const running = runner.run(START, async (task) => {
      task.line('info', 'one');
      await clock.settle(3);
      task.line('info', 'two');
      await clock.settle(3);
    });
    await clock.settle(1);
    const [id] = store.view.all('task').keys();
    for await (const line of runner.follow(id as never, new AbortController().signal)) seen.push(`${line.n} ${line.text}`);
    await running;
    expect(seen).toEqual(['1 one', '2 two']);
  });

  it('marks steps of the last process as interrupted and leaves effector calls open', async () => {
    const { clock, runner, store } = await openRunner();
    const step = await runner.open(START);
    const call = await runner.open(START);
    await store.commit((draft) => {
      const task = draft.get('task', call.id);
      if (task) draft.put('task', { ...task, effect: 'running' });
    });
    await store.commit((draft) => interruptTasks(draft, clock.now()));
    expect([store.view.get('task', step.id)?.status, store.view.get('task', call.id)?.status]).toEqual(['interrupted', 'running']);
  });

  it('forgets the oldest of more than two thousand', async () => {
    const { runner, store } = await openRunner();
    for (let lot = 0; lot < 23; lot += 1) await Promise.all(Array.from({ length: 100 }, () => runner.run(START, async () => undefined)));
    expect(store.view.all('task').size).toBeLessThanOrEqual(2_201);
    expect(store.view.all('task').size).toBeGreaterThanOrEqual(2_000);
  });
});
