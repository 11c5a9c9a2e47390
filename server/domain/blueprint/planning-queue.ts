/** What became of a text that was to be read. */
export type PlanningOutcome<Answer> =
  | { readonly ended: 'answered'; readonly answer: Answer }
  /** It took longer than the limit, and its worker was ended. */
  | { readonly ended: 'too-slow' }
  /** Its worker ended while it read. */
  | { readonly ended: 'worker-lost'; readonly reason: string }
  /** No worker can be started. */
  | { readonly ended: 'no-worker'; readonly reason: string }
  /** A newer text took its place. */
  | { readonly ended: 'replaced' }
  | { readonly ended: 'closed' };

/** A process or Web Worker that reads one text after the other. */
export interface PlanningWorker<Job> {
  send(id: number, job: Job): void;
  /** Ends it at once, whatever it does; resolves when it has ended. */
  end(): Promise<void>;
}

/** What a worker tells, never while it is being started. After `end` nothing of it counts. */
export interface WorkerEvents<Answer> {
  /** It has loaded. */
  ready(): void;
  answered(id: number, answer: Answer): void;
  /** It ended by itself. */
  lost(reason: string): void;
}

export interface PlanningQueueOptions<Job, Answer> {
  start(events: WorkerEvents<Answer>): PlanningWorker<Job>;
  /** Calls back once after `ms`; returns the cancel function. */
  after(ms: number, callback: () => void): () => void;
  /** Milliseconds that reading one text may take; the time that a worker takes to load does not count. */
  readonly limitMs: number;
  /** Whether texts that come while one is read wait in turn, or the newest alone. */
  readonly waits: 'all' | 'newest';
  /** Failed starts in a row after which what waits is refused. At least 1. */
  readonly mostStarts: number;
}

export interface PlanningQueue<Job, Answer> {
  ask(job: Job): Promise<PlanningOutcome<Answer>>;
  /** Starts a worker before there is a text. */
  warm(): void;
  /** Ends what is read and what waits; resolves when the worker has ended. */
  close(): Promise<void>;
}

interface Asked<Job, Answer> {
  readonly job: Job;
  readonly resolve: (outcome: PlanningOutcome<Answer>) => void;
}

interface Started<Job> {
  readonly worker: PlanningWorker<Job>;
  ready: boolean;
}

/**
 * Gives texts to one worker, one at a time. A text that takes too long ends the worker, and so may a text by itself: the next one gets
 * another worker.
 */
export function createPlanningQueue<Job, Answer>(options: PlanningQueueOptions<Job, Answer>): PlanningQueue<Job, Answer> {
  const waiting: Asked<Job, Answer>[] = [];
  let current: Started<Job> | null = null;
  let running: (Asked<Job, Answer> & { readonly id: number; readonly cancel: () => void }) | null = null;
  let failedStarts = 0;
  let closed = false;
  let nextId = 1;

  function begin(): Started<Job> {
    const started: Started<Job> = {
      ready: false,
      worker: options.start({
        ready() {
          if (current !== started) return;
          started.ready = true;
          failedStarts = 0;
          next();
        },
        answered(id, answer) {
          if (current !== started || running?.id !== id) return;
          settle({ ended: 'answered', answer });
          next();
        },
        lost(reason) {
          if (current !== started) return;
          current = null;
          if (!started.ready) failedStarts += 1;
          settle({ ended: 'worker-lost', reason });
          if (failedStarts >= options.mostStarts) refuseAll(reason);
          else next();
        },
      }),
    };
    return started;
  }

  function next(): void {
    if (running !== null || waiting.length === 0) return;
    current ??= begin();
    if (!current.ready) return;
    const asked = waiting.shift();
    if (asked === undefined) return;
    const id = nextId++;
    running = { ...asked, id, cancel: options.after(options.limitMs, endSlow) };
    current.worker.send(id, asked.job);
  }

  function settle(outcome: PlanningOutcome<Answer>): void {
    const settled = running;
    running = null;
    settled?.cancel();
    settled?.resolve(outcome);
  }

  function endSlow(): void {
    void end();
    settle({ ended: 'too-slow' });
    next();
  }

  async function end(): Promise<void> {
    const last = current;
    current = null;
    await last?.worker.end();
  }

  function refuseAll(reason: string): void {
    failedStarts = 0;
    for (const { resolve } of waiting.splice(0)) resolve({ ended: 'no-worker', reason });
  }

  return {
    ask(job) {
      if (closed) return Promise.resolve({ ended: 'closed' });
      return new Promise((resolve) => {
        if (options.waits === 'newest') for (const older of waiting.splice(0)) older.resolve({ ended: 'replaced' });
        waiting.push({ job, resolve });
        next();
      });
    },
    warm() {
      if (!closed) current ??= begin();
    },
    close() {
      closed = true;
      settle({ ended: 'closed' });
      for (const { resolve } of waiting.splice(0)) resolve({ ended: 'closed' });
      return end();
    },
  };
}
