import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BlueprintInput } from '../../domain/blueprint/blueprint-input.ts';
import type { Diagnostic } from '../../domain/blueprint/diagnostic.ts';
import { createFindings } from '../../domain/blueprint/findings.ts';
import type { CatalogItem } from '../../domain/catalog/catalog.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { BlueprintPlanner, PlanAnswer, PlanRequest } from '../../ports/blueprint-planner.ts';
import type { Log } from '../../ports/log.ts';

export interface PlannerProcessOptions {
  /** Module that answers `PlanRequest` with `PlanAnswer`. */
  readonly module: URL;
  readonly log: Log;
  /** What people added to the catalog: another array when it changed. */
  readonly catalog: () => readonly CatalogItem[];
  /** Milliseconds that reading one text may take. Default 5 000. */
  readonly limitMs?: number;
  /** MiB of heap. Default 512. */
  readonly memoryMiB?: number;
}

interface Job {
  readonly what: PlanRequest['what'];
  readonly input: BlueprintInput;
  readonly resolve: (answer: PlanAnswer) => void;
  readonly reject: (error: ClockerError) => void;
}

const LIMIT_MS = 5_000;
const MEMORY_MIB = 512;
/** Failed starts in a row after which what waits is refused. */
const MOST_STARTS = 3;

/** One child process that plans text after text; it is replaced when a text takes too long or ends it. */
export function createPlannerProcess(options: PlannerProcessOptions): BlueprintPlanner {
  const limitMs = options.limitMs ?? LIMIT_MS;
  const queue: Job[] = [];
  let child: ChildProcess | null = null;
  let ready = false;
  let sent: readonly CatalogItem[] | null = null;
  let failedStarts = 0;
  let closed = false;
  let running: { readonly id: number; readonly job: Job; readonly timer: NodeJS.Timeout } | null = null;
  let nextId = 1;

  function start(): void {
    const started = fork(fileURLToPath(options.module), [], {
      execArgv: [`--max-old-space-size=${options.memoryMiB ?? MEMORY_MIB}`],
      env: { NODE_ENV: process.env.NODE_ENV },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child = started;
    ready = false;
    sent = null;
    started.on('message', (message: 'ready' | PlanAnswer) => {
      if (message !== 'ready') return finish(message);
      ready = true;
      failedStarts = 0;
      next();
    });
    started.on('error', (error) => options.log.error('the planning process failed', { error: error.message }));
    started.on('exit', (code, signal) => {
      if (child !== started) return;
      child = null;
      if (!ready) failedStarts += 1;
      if (running !== null) stopRunning(`Reading it ended the process (${signal ?? `exit code ${code}`}).`);
      if (failedStarts >= MOST_STARTS) refuseAll();
      else if (queue.length > 0) start();
    });
  }

  function next(): void {
    if (running !== null || closed) return;
    if (child === null) {
      if (queue.length > 0) start();
      return;
    }
    if (!ready) return;
    const job = queue.shift();
    if (job === undefined) return;
    const id = nextId++;
    running = { id, job, timer: setTimeout(() => endSlow(), limitMs) };
    const catalog = options.catalog();
    const { what, input } = job;
    child.send({ id, what, input, ...(catalog === sent ? {} : { catalog }) } satisfies PlanRequest);
    sent = catalog;
  }

  function finish(answer: PlanAnswer): void {
    if (running?.id !== answer.id) return;
    clearTimeout(running.timer);
    running.job.resolve(answer);
    running = null;
    next();
  }

  function endSlow(): void {
    options.log.warn('reading a blueprint was stopped', { limitMs });
    child?.kill('SIGKILL');
    child = null;
    stopRunning(`Reading it took longer than ${limitMs / 1000} s.`);
    next();
  }

  function stopRunning(message: string): void {
    if (running === null) return;
    clearTimeout(running.timer);
    const { id, job } = running;
    job.resolve(refusal(id, job, message));
    running = null;
  }

  function refuseAll(): void {
    failedStarts = 0;
    const message = 'The process that reads blueprints cannot be started';
    for (const job of queue.splice(0)) job.reject(new ClockerError('internal', { message, hint: 'The log of the server says why.' }));
  }

  function ask(what: PlanRequest['what'], input: BlueprintInput): Promise<PlanAnswer> {
    if (closed) return Promise.reject(stopped());
    return new Promise((resolve, reject) => {
      queue.push({ what, input, resolve, reject });
      next();
    });
  }

  start();
  return {
    async plan(input) {
      const answer = await ask('plan', input);
      return answer.what === 'plan' ? answer.result : unexpected();
    },
    async readCatalog(input) {
      const answer = await ask('catalog', input);
      return answer.what === 'catalog' ? answer.result : unexpected();
    },
    async convert(input, to) {
      const answer = await ask(`convert-to-${to}`, input);
      return answer.what === `convert-to-${to}` && 'leftOut' in answer.result ? answer.result : unexpected();
    },
    async close() {
      closed = true;
      for (const job of queue.splice(0)) job.reject(stopped());
      if (running !== null) {
        clearTimeout(running.timer);
        running.job.reject(stopped());
        running = null;
      }
      const last = child;
      child = null;
      if (last === null || last.exitCode !== null) return;
      const ended = new Promise<void>((resolve) => last.once('exit', () => resolve()));
      last.kill('SIGKILL');
      await ended;
    },
  };
}

function refusal(id: number, { what, input }: Job, message: string): PlanAnswer {
  const refused = { ok: false as const, diagnostics: tooSlow(input, message) };
  if (what === 'plan') return { id, what, result: refused };
  if (what === 'catalog') return { id, what, result: { ...refused, items: [] } };
  return { id, what, result: { ...refused, format: 'camp', text: null, leftOut: [] } };
}

function stopped(): ClockerError {
  return new ClockerError('cancelled', { message: 'Clocker is stopping; the blueprint was not read' });
}

function unexpected(): never {
  throw new ClockerError('internal', { message: 'The process that reads blueprints answered something else' });
}

function tooSlow(input: BlueprintInput, message: string): readonly Diagnostic[] {
  const findings = createFindings(input);
  const hint = 'Split the blueprint, or look for values that are nested or repeated very many times.';
  findings.add('too-slow', { range: { start: 0, end: 0 }, path: '', message, hint });
  return findings.list();
}
