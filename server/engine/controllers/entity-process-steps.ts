import { afterFailure, countedFailures } from '../../domain/entity/crash-back-off.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { ProcessMove } from '../../domain/software/next-process-step.ts';
import { checkScript, checkText, type ScriptRun, stopScript } from '../../domain/software/process-scripts.ts';
import type { ProcessPhase, ProcessSpec, ProcessStep } from '../../domain/software/process-spec.ts';
import { afterStep, type ProcessState } from '../../domain/software/process-state.ts';
import type { HostSession } from '../../ports/host-session.ts';
import type { Draft } from '../../ports/store.ts';
import { durableCommit, durableStep } from '../durable-step.ts';
import { runInPlace } from '../software/process-place.ts';
import { runEnvironment } from '../software/run-environment.ts';
import { runOnce, writeArchives, writeOnce } from '../software/run-once.ts';
import { passes } from './entity-probe-step.ts';
import { operate, patchInstance, runStepTask, type StepInput } from './entity-step.ts';

const MINUTE_S = 60;
/** Scripts that take longer are ended. Seconds. */
const LIMIT_S: Readonly<Record<ProcessPhase, number>> = { install: 60 * MINUTE_S, customize: 30 * MINUTE_S, launch: 10 * MINUTE_S };
const CHECK_TIMEOUT_MS = 30_000;
const SOONEST_MS = 100;
const LATEST_MS = 2_000;
/** Key of the problem on the entity. */
export const PROCESS_PROBLEM = 'process';

const TITLES: Readonly<Record<ProcessPhase, string>> = { install: 'Install', customize: 'Customise', launch: 'Launch' };

/** Brings the process of an instance one step further. */
export async function advanceProcess(input: StepInput, instance: Instance, move: ProcessMove): Promise<void> {
  switch (move.kind) {
    case 'perform':
      return await perform(input, instance, move);
    case 'pass':
      return await patchProcess(input, instance, (state, spec) => afterStep(state, spec, input.context.clock.now()));
    case 'check':
      return await check(input, instance);
    case 'end':
      return await end(input, instance);
    case 'wait':
    case 'rest':
      return;
  }
}

interface Performing {
  readonly phase: ProcessPhase;
  readonly step: ProcessStep;
}

async function perform(input: StepInput, instance: Instance, { phase, step }: Performing): Promise<void> {
  const { context } = input;
  const name = `${TITLES[phase]}: ${step.name}`;
  let number = instance.process?.runs ?? 0;
  await durableStep({
    name: `process.${phase}`,
    intend: async () => {
      if (instance.process?.isBegun) return;
      number += 1;
      await patchProcess(input, instance, (state) => ({ ...state, isBegun: true, runs: number }));
    },
    act: () =>
      attempt(input, instance, {
        name,
        work: (run) => {
          const script = toRun(input, instance, { phase, step, number });
          if ('archives' in step) return writeArchives(run, { ...script, archives: step.archives });
          return 'files' in step ? writeOnce(run, { ...script, files: step.files }) : runOnce(run, script);
        },
      }),
    record: (problem) =>
      context.store.commit((draft) => {
        if (problem !== null) return noteFailure(draft, input, instance, { text: problem, phase });
        patchState(draft, instance, (state, spec) => afterStep(state, spec, context.clock.now()));
      }),
  });
}

interface Attempt {
  readonly name: string;
  readonly work: (run: Parameters<typeof runOnce>[0]) => Promise<string | null>;
}

/** Null, or why it failed: the failure of a command is an outcome, that of the connection is an error. */
async function attempt(input: StepInput, instance: Instance, { name, work }: Attempt): Promise<string | null> {
  let problem: string | null = null;
  try {
    await runStepTask(input, { name, hostId: instance.hostId }, async (task) => {
      const session = await sessionOf(input, instance);
      problem = await work({ context: input.context, session, instance, task, signal: AbortSignal.any([input.signal, task.signal]) });
      if (problem !== null) throw new ClockerError('process.failed', { message: `${name} ${problem}` });
    });
    return null;
  } catch (error) {
    if (problem === null) throw error;
    return `${name} ${problem}`;
  }
}

/** Scripts that may last for long take none of the few places for operations on a host. */
async function sessionOf(input: StepInput, instance: Instance): Promise<HostSession> {
  return input.context.hosts.ready(instance.hostId) ?? (await operate(input, instance, async (session) => session));
}

function toRun({ context }: StepInput, instance: Instance, { phase, step, number }: Performing & { readonly number: number }): ScriptRun {
  const { spec, entityId } = instance;
  const process = spec.process as ProcessSpec;
  return {
    place: process.place,
    owner: ownerOf(context, entityId),
    number,
    script: 'script' in step ? step.script : '',
    unless: step.name === 'launch' ? checkScript(process.place, process.check) : null,
    env: { ...runEnvironment(context.store.view, instance), ...process.env },
    dir: phase === 'install' ? process.place.installDir : process.place.runDir,
    timeoutS: LIMIT_S[phase],
  };
}

/** What is written into the folders that we make on a machine. */
export function ownerOf({ secrets }: Pick<StepInput['context'], 'secrets'>, entityId: string): string {
  return `${secrets.planeId} ${entityId} ${secrets.sign(`folder ${entityId}`).slice(0, 32)}`;
}

/** Asks whether it runs. A yes makes it ready; a no, after it was ready or after its time to start, is a failure. */
async function check(input: StepInput, instance: Instance): Promise<void> {
  const { context, memory } = input;
  const process = instance.spec.process as ProcessSpec;
  const { running, pid } = await look(input, instance, process);
  const now = context.clock.now();
  const launchedAt = instance.process?.launchedAt ?? now;
  if (running && (instance.ready || (await isServing(input, instance)))) {
    memory.probeAt.set(instance.id, context.clock.now() + process.pollMs);
    if (instance.ready && instance.process?.pid === pid) return;
    await durableCommit('process.ready', () => context.store.commit((draft) => noteRunning(draft, input, instance, pid)));
    return;
  }
  if (!instance.ready && now < launchedAt + process.startTimeoutMs) {
    memory.probeAt.set(instance.id, now + Math.min(LATEST_MS, Math.max(SOONEST_MS, (now - launchedAt) / 4)));
    return;
  }
  memory.probeAt.set(instance.id, now + process.pollMs);
  const text = instance.ready
    ? `Its process${instance.process?.pid ? ` ${instance.process.pid}` : ''} has ended`
    : `It did not run ${Math.round(process.startTimeoutMs / 1000)} s after its launch`;
  await durableCommit('process.failed', () =>
    context.store.commit((draft) => noteFailure(draft, input, instance, { text, phase: process.launch.length === 0 ? 'check' : 'end' })),
  );
}

async function look(
  { context, signal, ...input }: StepInput,
  instance: Instance,
  process: ProcessSpec,
): Promise<{ readonly running: boolean; readonly pid: number | null }> {
  if (!process.hasProcess && process.check === null) return { running: true, pid: null };
  return await context.secretTexts.reveal(process, (whole) =>
    operate({ ...input, context, signal }, instance, async (session) => {
      const { code, stdout } = await runInPlace(session, instance, checkText(whole), { timeoutMs: CHECK_TIMEOUT_MS, signal });
      const last = stdout.trimEnd().split('\n').at(-1) ?? '';
      return { running: code === 0, pid: /^\d+$/.test(last) ? Number(last) : null };
    }),
  );
}

async function isServing(input: StepInput, instance: Instance): Promise<boolean> {
  return input.resolution.kind !== 'resolved' || (await passes(input, instance, input.resolution.probe));
}

/** What may be left of a process that failed is ended, so that there are never two. */
async function end(input: StepInput, instance: Instance): Promise<void> {
  await durableStep({
    name: 'process.end',
    act: () => stopProcess(input, instance, 'End what is left of the process'),
    record: () => patchProcess(input, instance, (state, spec) => afterStep(state, spec, input.context.clock.now())),
  });
}

/** Its stop command, then the process of its PID file. What cannot be ended is an error. */
export async function stopProcess(input: StepInput, instance: Instance, name = 'Stop process'): Promise<void> {
  const process = instance.spec.process as ProcessSpec;
  const { stopTimeoutS } = instance.spec;
  const run: ScriptRun = {
    ...toRun(input, instance, { phase: 'launch', step: { name: 'stop', script: stopScript(process, stopTimeoutS) }, number: 0 }),
    isAnew: true,
    timeoutS: stopTimeoutS + MINUTE_S,
  };
  const problem = await attempt(input, instance, { name, work: (one) => runOnce(one, run) });
  if (problem !== null)
    throw new ClockerError('process.failed', { message: problem, hint: 'See the output of its task.', retryable: true });
}

function noteRunning(draft: Draft, { entity }: StepInput, instance: Instance, pid: number | null): void {
  const latest = draft.get('instance', instance.id);
  if (latest?.state !== 'running' || latest.process?.phase !== 'check') return;
  draft.put('instance', { ...latest, ready: true, process: { ...latest.process, pid } });
  const owner = draft.get('entity', entity.id);
  if (!owner || !(PROCESS_PROBLEM in owner.problems)) return;
  const { [PROCESS_PROBLEM]: _, ...problems } = owner.problems;
  draft.put('entity', { ...owner, problems });
}

interface Failure {
  readonly text: string;
  readonly phase: ProcessState['phase'];
}

/** Counted as the end of a container is, with the same back-off. */
function noteFailure(draft: Draft, { context, entity }: StepInput, instance: Instance, { text, phase }: Failure): void {
  const latest = draft.get('instance', instance.id);
  const owner = draft.get('entity', entity.id);
  if (!latest?.process || !owner || latest.state !== 'running') return;
  const now = context.clock.now();
  const failures = countedFailures(owner.crash, latest.process.launchedAt, now);
  const { process } = latest;
  const step = phase === process.phase ? process.step : 0;
  draft.put('instance', { ...latest, ready: false, process: { ...process, phase, step, isBegun: false, launchedAt: null, pid: null } });
  draft.put('entity', { ...owner, crash: afterFailure(failures, now), problems: { ...owner.problems, [PROCESS_PROBLEM]: text } });
}

type Change = (state: ProcessState, spec: ProcessSpec) => ProcessState;

async function patchProcess({ context }: StepInput, instance: Instance, change: Change): Promise<void> {
  await context.store.commit((draft) => patchState(draft, instance, change));
}

function patchState(draft: Draft, { id }: Instance, change: Change): void {
  const latest = draft.get('instance', id);
  if (latest?.process && latest.spec.process) patchInstance(draft, id, { process: change(latest.process, latest.spec.process) });
}
