import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import type { CatalogItem } from '@/server/domain/catalog/catalog.ts';
import type { BlueprintReading, WorkerReply, WorkerRequest } from './planner-messages.ts';

/** What is used of a Web Worker. */
export interface PlannerWorker {
  postMessage(request: WorkerRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<WorkerReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface WorkerPlanner {
  /** Resolves with null when a newer call took its place; rejects when the worker cannot run or took too long. */
  plan(input: BlueprintInput, catalog: readonly CatalogItem[]): Promise<BlueprintReading | null>;
  close(): void;
}

interface Job {
  readonly input: BlueprintInput;
  readonly catalog: readonly CatalogItem[];
  readonly resolve: (reading: BlueprintReading | null) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Plans texts in a worker, only ever the newest: what is typed while one is read replaces what waits. A text that takes longer
 * than `limitMs` ends the worker; the next text gets a new one.
 */
export function createWorkerPlanner(start: () => PlannerWorker, limitMs: number): WorkerPlanner {
  let worker: PlannerWorker | null = null;
  let ready = false;
  let sent: readonly CatalogItem[] | null = null;
  let waiting: Job | null = null;
  let running: { readonly id: number; readonly job: Job; readonly timer: ReturnType<typeof setTimeout> } | null = null;
  let nextId = 1;

  function begin(): PlannerWorker {
    const started = start();
    ready = false;
    sent = null;
    started.onmessage = ({ data }) => {
      if (data === 'ready') ready = true;
      else if (running?.id === data.id) {
        clearTimeout(running.timer);
        running.job.resolve(data.reading);
        running = null;
      }
      next();
    };
    started.onerror = ({ message }) => {
      end();
      fail(new Error(message));
    };
    return started;
  }

  function next(): void {
    if (running !== null || waiting === null) return;
    worker ??= begin();
    if (!ready) return;
    const job = waiting;
    waiting = null;
    const id = nextId++;
    running = { id, job, timer: setTimeout(() => stopSlow(), limitMs) };
    worker.postMessage({ id, input: job.input, ...(sent === job.catalog ? {} : { catalog: job.catalog }) });
    sent = job.catalog;
  }

  function stopSlow(): void {
    end();
    const slow = running;
    running = null;
    slow?.job.reject(new Error(`Reading the blueprint took longer than ${limitMs / 1000} s and was stopped.`));
    next();
  }

  function end(): void {
    worker?.terminate();
    worker = null;
  }

  function fail(error: Error): void {
    if (running !== null) {
      clearTimeout(running.timer);
      running.job.reject(error);
      running = null;
    }
    waiting?.reject(error);
    waiting = null;
  }

  return {
    plan(input, catalog) {
      return new Promise((resolve, reject) => {
        waiting?.resolve(null);
        waiting = { input, catalog, resolve, reject };
        next();
      });
    },
    close() {
      end();
      if (running !== null) clearTimeout(running.timer);
      running?.job.resolve(null);
      running = null;
      waiting?.resolve(null);
      waiting = null;
    },
  };
}
