import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import { createPlanningQueue, type PlanningWorker, type WorkerEvents } from '@/server/domain/blueprint/planning-queue.ts';
import type { CatalogItem } from '@/server/domain/catalog/catalog.ts';
import type { BlueprintReading, NamedStrategy, WorkerReply, WorkerRequest } from './planner-messages.ts';

/** What is used of a Web Worker. */
export interface PlannerWorker {
  postMessage(request: WorkerRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<WorkerReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface WorkerPlanner {
  /** Resolves with null when a newer call took its place; rejects when the worker cannot run or took too long. */
  plan(input: BlueprintInput, catalog: readonly CatalogItem[], strategies?: readonly NamedStrategy[]): Promise<BlueprintReading | null>;
  close(): void;
}

const NO_STRATEGIES: readonly NamedStrategy[] = [];

interface Job {
  readonly input: BlueprintInput;
  readonly catalog: readonly CatalogItem[];
  readonly strategies: readonly NamedStrategy[];
}

/**
 * Plans texts in a worker, only ever the newest: what is typed while one is read replaces what waits. A text that takes longer
 * than `limitMs` ends the worker; the next text gets a new one.
 */
export function createWorkerPlanner(start: () => PlannerWorker, limitMs: number): WorkerPlanner {
  const queue = createPlanningQueue<Job, BlueprintReading>({
    start: (events) => toPlanningWorker(start(), events),
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    limitMs,
    waits: 'newest',
    mostStarts: 1,
  });
  return {
    async plan(input, catalog, strategies = NO_STRATEGIES) {
      const outcome = await queue.ask({ input, catalog, strategies });
      switch (outcome.ended) {
        case 'answered':
          return outcome.answer;
        case 'too-slow':
          throw new Error(`Reading the blueprint took longer than ${limitMs / 1000} s and was stopped.`);
        case 'worker-lost':
        case 'no-worker':
          throw new Error(outcome.reason);
        case 'replaced':
        case 'closed':
          return null;
      }
    },
    close() {
      void queue.close();
    },
  };
}

function toPlanningWorker(worker: PlannerWorker, events: WorkerEvents<BlueprintReading>): PlanningWorker<Job> {
  let sent: Pick<Job, 'catalog' | 'strategies'> | null = null;
  worker.onmessage = ({ data }) => (data === 'ready' ? events.ready() : events.answered(data.id, data.reading));
  worker.onerror = ({ message }) => {
    worker.terminate();
    events.lost(message);
  };
  return {
    send(id, { input, catalog, strategies }) {
      worker.postMessage({
        id,
        input,
        ...(catalog === sent?.catalog ? {} : { catalog }),
        ...(strategies === (sent?.strategies ?? NO_STRATEGIES) ? {} : { strategies }),
      });
      sent = { catalog, strategies };
    },
    end() {
      worker.terminate();
      return Promise.resolve();
    },
  };
}
