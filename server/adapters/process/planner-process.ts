import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BlueprintInput } from '../../domain/blueprint/blueprint-input.ts';
import type { Diagnostic } from '../../domain/blueprint/diagnostic.ts';
import { createFindings } from '../../domain/blueprint/findings.ts';
import { createPlanningQueue, type PlanningWorker, type WorkerEvents } from '../../domain/blueprint/planning-queue.ts';
import type { CatalogItem } from '../../domain/catalog/catalog.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { BlueprintPlanner, PlanAnswer, PlanRequest, PlanWorkResult } from '../../ports/blueprint-planner.ts';
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
}

const LIMIT_MS = 5_000;
const MEMORY_MIB = 512;
const MOST_STARTS = 3;

/** One child process that plans text after text; it is replaced when a text takes too long or ends it. */
export function createPlannerProcess(options: PlannerProcessOptions): BlueprintPlanner {
  const limitMs = options.limitMs ?? LIMIT_MS;
  const queue = createPlanningQueue<Job, PlanWorkResult>({
    start: (events) => startChild(options, events),
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    limitMs,
    waits: 'all',
    mostStarts: MOST_STARTS,
  });

  async function ask(what: PlanRequest['what'], input: BlueprintInput): Promise<PlanWorkResult> {
    const job = { what, input };
    const outcome = await queue.ask(job);
    switch (outcome.ended) {
      case 'answered':
        return outcome.answer;
      case 'too-slow':
        options.log.warn('reading a blueprint was stopped', { limitMs });
        return refusal(job, `Reading it took longer than ${limitMs / 1000} s.`);
      case 'worker-lost':
        return refusal(job, `Reading it ended the process (${outcome.reason}).`);
      case 'no-worker':
        throw cannotStart();
      case 'replaced':
      case 'closed':
        throw stopped();
    }
  }

  queue.warm();
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
    close: () => queue.close(),
  };
}

function startChild({ module, log, catalog, memoryMiB }: PlannerProcessOptions, events: WorkerEvents<PlanWorkResult>): PlanningWorker<Job> {
  let sent: readonly CatalogItem[] | null = null;
  const child = fork(fileURLToPath(module), [], {
    execArgv: [`--max-old-space-size=${memoryMiB ?? MEMORY_MIB}`],
    env: { NODE_ENV: process.env.NODE_ENV, CLOCKER_PLUGINS: process.env.CLOCKER_PLUGINS },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.on('message', (message: 'ready' | PlanAnswer) => (message === 'ready' ? events.ready() : events.answered(message.id, message)));
  child.on('error', (error) => log.error('the planning process failed', { error: error.message }));
  child.on('exit', (code, signal) => events.lost(signal ?? `exit code ${code}`));
  return {
    send(id, { what, input }) {
      const newest = catalog();
      child.send({ id, what, input, ...(newest === sent ? {} : { catalog: newest }) } satisfies PlanRequest);
      sent = newest;
    },
    async end() {
      if (child.exitCode !== null) return;
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function refusal({ what, input }: Job, message: string): PlanWorkResult {
  const refused = { ok: false as const, diagnostics: tooSlow(input, message) };
  if (what === 'plan') return { what, result: refused };
  if (what === 'catalog') return { what, result: { ...refused, items: [] } };
  return { what, result: { ...refused, format: 'camp', text: null, leftOut: [] } };
}

function cannotStart(): ClockerError {
  const message = 'The process that reads blueprints cannot be started';
  return new ClockerError('internal', { message, hint: 'The log of the server says why.' });
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
