import type { Host } from '../../domain/entity/host.ts';
import type { EngineSettings } from '../../domain/host-setup/merge-daemon-config.ts';
import { planSetUp, type SetUpStep } from '../../domain/host-setup/plan-set-up.ts';
import { describeMachine, parseSetUpFacts, type SetUpFacts } from '../../domain/host-setup/set-up-facts.ts';
import { parseHostReading } from '../../domain/sensor/host-capacity.ts';
import { ClockerError, toClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostSession } from '../../ports/host-session.ts';
import type { EngineContext, TaskHandle } from '../engine-context.ts';
import { FACTS_SCRIPT } from '../hosts/host-scripts.ts';
import {
  AS_ROOT,
  CONFIGURE_SCRIPT,
  END_SCRIPT,
  GROUP_SCRIPT,
  RELOAD_SCRIPT,
  SET_UP_FACTS_SCRIPT,
  START_SCRIPT,
  VERIFY_SCRIPT,
} from './set-up-scripts.ts';
import { tinyProgram } from './tiny-program.ts';

const FACTS_TIMEOUT_MS = 30_000;
const STEP_TIMEOUT_MS = 120_000;
const END_TIMEOUT_MS = 30_000;

interface SettingUp {
  readonly host: Host;
  /** Connected; nobody else uses it. */
  readonly session: HostSession;
  readonly task: TaskHandle;
  /** Nothing more is begun. */
  readonly signal: AbortSignal;
  /** Somebody has cancelled it: what runs on the machine is ended. */
  readonly cancelled: AbortSignal;
  /** Another connection to the machine, connected by its first use. */
  readonly another: () => HostSession;
  /** What its cloud wants of the engine. */
  readonly settings: EngineSettings;
}

/**
 * Does what is left to do until a machine is a Docker host, step by step, each a task below `task`.
 * @throws ClockerError host.set-up-refused where a person is needed; any other may pass
 */
export async function setUpHost(context: Pick<EngineContext, 'tasks' | 'plugins'>, work: SettingUp): Promise<void> {
  const { host, task } = work;
  const facts = await readFacts(work.session);
  task.line('info', describeMachine(facts));
  const plan = planSetUp(facts, context.plugins.packageManagers, work.settings);
  if (!plan.ok) throw new ClockerError('host.set-up-refused', { message: `${host.name}: ${plan.problem}`, hint: plan.hint });
  for (const line of plan.notes) task.line('info', line);
  for (const [index, step] of plan.steps.entries()) {
    work.signal.throwIfAborted();
    task.progress({ text: step.name, fraction: index / plan.steps.length });
    const start = { name: step.name, hostId: host.id, parentId: task.id, cause: { kind: 'controller', by: 'host-setup' } as const };
    await context.tasks.run(start, (own) => {
      const cancelled = AbortSignal.any([work.cancelled, own.signal]);
      return perform(step, facts, { ...work, cancelled, task: own });
    });
  }
  if (plan.steps.length === 1) task.line('info', 'It was set up already: nothing was changed');
}

/** What the machine is. @throws ClockerError as its shell does */
export async function readFacts(session: HostSession): Promise<SetUpFacts> {
  const { output } = await session.shell.run(SET_UP_FACTS_SCRIPT, { timeoutMs: FACTS_TIMEOUT_MS });
  const limits = parseHostReading((await session.shell.run(FACTS_SCRIPT, { timeoutMs: FACTS_TIMEOUT_MS })).output);
  return parseSetUpFacts(output, limits, (base64) => Buffer.from(base64, 'base64').toString('utf8'));
}

async function perform(step: SetUpStep, facts: SetUpFacts, work: SettingUp): Promise<void> {
  switch (step.kind) {
    case 'configure':
      await asRoot(work, CONFIGURE_SCRIPT, { text: step.text });
      return;
    case 'install': {
      const { code, output } = await run(work, step.manager.install, { timeoutMs: step.manager.timeoutMs });
      if (code === 0) return;
      const known = step.manager.failures.find(({ pattern }) => pattern.test(output));
      throw failure(work, {
        what: known?.problem ?? 'Docker Engine cannot be installed',
        hint: known?.hint,
        output,
        again: known?.again ?? true,
      });
    }
    case 'start':
      await asRoot(work, START_SCRIPT, {});
      return;
    case 'reload':
      await asRoot(work, RELOAD_SCRIPT, {});
      return;
    case 'group':
      await asRoot(work, GROUP_SCRIPT, {});
      return;
    case 'verify': {
      const program = tinyProgram(facts.architecture);
      if (program === null) work.task.line('info', `No program of ours runs on ${facts.architecture}: its first container will tell`);
      else await asRoot(work, VERIFY_SCRIPT, { text: Buffer.from(program, 'base64').toString('latin1'), encoding: 'latin1' });
    }
  }
}

interface Values {
  readonly text?: string;
  readonly encoding?: 'utf8' | 'latin1';
}

async function asRoot(work: SettingUp, script: string, { text = '', encoding = 'utf8' }: Values): Promise<void> {
  const { code, output } = await run(work, script, { timeoutMs: STEP_TIMEOUT_MS, text: Buffer.from(text, encoding).toString('base64') });
  if (code !== 0) throw failure(work, { what: 'The step failed', hint: undefined, output, again: true });
}

async function run(
  work: SettingUp,
  script: string,
  { timeoutMs, text = '' }: { readonly timeoutMs: number; readonly text?: string },
): Promise<{ readonly code: number; readonly output: string }> {
  const { session, task, host, cancelled } = work;
  const name = `clocker-set-up-${task.id}`;
  const env = { CK_SCRIPT: script, CK_TEXT: text, CK_USER: host.user, CK_RUN: name };
  const onOutput = (lines: string): void => {
    for (const line of lines.split('\n')) if (line.trim() !== '') task.line('stdout', line);
  };
  cancelled.throwIfAborted();
  const ended = new Promise<void>((resolve) => {
    cancelled.addEventListener('abort', () => void endOnMachine(work, name).then(resolve), { once: true });
  });
  try {
    const done = await session.shell.run(AS_ROOT, { env, timeoutMs, onOutput });
    cancelled.throwIfAborted();
    return done;
  } catch (error) {
    if (!cancelled.aborted) throw error;
    await ended;
    throw cancelled.reason;
  }
}

/** The connection that the script came by is busy with it. Where the machine cannot be reached, the script goes on: the next try waits for it. */
async function endOnMachine({ another, task, host }: SettingUp, name: string): Promise<void> {
  task.line('info', 'Ending what runs on the machine');
  const session = another();
  try {
    await session.connect();
    const env = { CK_SCRIPT: END_SCRIPT, CK_TEXT: name, CK_USER: host.user, CK_RUN: `${name}-end` };
    const { output } = await session.shell.run(AS_ROOT, { env, timeoutMs: END_TIMEOUT_MS });
    task.line('info', output.trim());
  } catch (error) {
    task.line('info', `It could not be ended: ${toClockerError(error).message}`);
  } finally {
    await session.close();
  }
}

interface Failing {
  readonly what: string;
  readonly hint: string | undefined;
  readonly output: string;
  readonly again: boolean;
}

function failure({ host }: SettingUp, { what, hint, output, again }: Failing): ClockerError {
  const last = output.trim().split('\n').slice(-3).join(' / ');
  const details = { message: `${host.name}: ${what}${last ? ` (${last.slice(0, 400)})` : ''}`, ...(hint ? { hint } : {}) };
  return again ? new ClockerError('host.set-up-failed', { ...details, retryable: true }) : new ClockerError('host.set-up-refused', details);
}
