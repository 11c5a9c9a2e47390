import type { Entity } from '../../domain/entity/entity.ts';
import { cloudNamed, locationOf } from '../../domain/entity/location.ts';
import { nextStep } from '../../domain/entity/next-step.ts';
import type { SensorWaits } from '../../domain/entity/sensor-waits.ts';
import type { Step, WaitProblem } from '../../domain/entity/step-facts.ts';
import { inWordsTriedAgain, isHostAway, toClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import { canonicalJson } from '../../domain/shared/json.ts';
import { type ContainerResolution, type DesiredContainer, resolveContainer } from '../desired-container.ts';
import type { EngineContext } from '../engine-context.ts';
import { entityKind } from '../entity-kind.ts';
import type { NetworkSettler } from '../sdn/settle-networks.ts';
import { ask, calm, deleteEntityRow, dropSnapshot, refusalId, removeVolumes, withdrawQuestion } from './entity-end-steps.ts';
import { readEntityFacts } from './entity-facts.ts';
import { ensureImage, prefetchImage } from './entity-image-step.ts';
import { reload, updateLimits } from './entity-live-steps.ts';
import { placeOnMachine, releaseMachine } from './entity-machine-steps.ts';
import type { EntityMemory } from './entity-memory.ts';
import { joinNetworks, planNetworks } from './entity-network-steps.ts';
import { abandonInstance, replaceInstance, reviveInstance } from './entity-plan-steps.ts';
import { probe } from './entity-probe-step.ts';
import { advanceProcess, PROCESS_PROBLEM } from './entity-process-steps.ts';
import { createAndStart, startExisting } from './entity-start-steps.ts';
import type { StepInput } from './entity-step.ts';
import { drain, forgetInstance, keep, removeInstance, stopInstance } from './entity-stop-steps.ts';
import { ensureVolumes } from './entity-volume-steps.ts';

/** Steps in one turn; an entity that needs more goes to the back of the queue. */
const STEPS_A_TURN = 30;
const NO_CLOUD_RETRY_MS = 5_000;
/** Problems that the step itself takes back: that it was done does not mean that all is well. */
const TOLD_BY_STEP: readonly string[] = ['start', PROCESS_PROBLEM];

/** Brings one entity step by step to its goal: read, decide, do one thing, again. */
export function registerEntityController(context: EngineContext, memory: EntityMemory, settler: NetworkSettler): void {
  const { queue } = context;
  queue.register('entity', async (id, signal) => {
    for (let count = 0; count < STEPS_A_TURN && !signal.aborted; count += 1) {
      if (!(await advance({ context, memory, settler, signal }, id))) return;
    }
    queue.enqueue(`entity:${id}`);
  });
}

/** One step. True when there may be another to do now. */
async function advance(turn: Omit<StepInput, 'entity' | 'resolution'>, id: string): Promise<boolean> {
  const { context, memory } = turn;
  const entity = context.store.view.get('entity', id);
  if (!entity) return false;
  if (entity.goal !== 'destroyed' && isOfCloud(context, entity)) return false;
  const resolution = resolutionOf(context, entity);
  if (entity.snapshot && resolution.kind === 'resolved' && resolution.spec.snapshot === undefined) {
    await dropSnapshot(context, entity);
    return true;
  }
  const step = nextStep(readEntityFacts(context, memory, { entity, resolution, view: context.store.view }));
  if (step.kind !== 'place') leaveUnplaced(memory, entity.id);
  switch (step.kind) {
    case 'nothing':
      await settle(context, entity, { waitingFor: null, waits: waitsOf(resolution) });
      if (step.lookAgainAt !== undefined) context.queue.lookAgain(`entity:${id}`, step.lookAgainAt);
      return false;
    case 'wait':
      await settle(context, entity, { waitingFor: step.for, waits: waitsOf(resolution), problem: step.problem });
      if (step.lookAgainAt !== undefined) context.queue.lookAgain(`entity:${id}`, step.lookAgainAt);
      return false;
    case 'place':
      if (resolution.kind === 'resolved' && resolution.spec.process?.place.kind === 'machine')
        return await advanceMachine({ ...turn, entity, resolution }, resolution);
      await askForPlace(context, memory, entity);
      return false;
    default:
      await performAndNote({ ...turn, entity, resolution }, step);
      return true;
  }
}

/** A process that is to have a machine for itself comes a step nearer to it. True when there may be another to do now. */
async function advanceMachine(input: StepInput, desired: DesiredContainer): Promise<boolean> {
  const { context, entity, signal } = input;
  try {
    const waiting = await placeOnMachine(input, desired);
    if (waiting === null) return true;
    const problem = waiting.problem === null ? undefined : ({ key: 'external', text: waiting.problem } as const);
    await settle(context, entity, { waitingFor: waiting.for, waits: {}, problem });
    if (waiting.lookAgainAt !== undefined) context.queue.lookAgain(`entity:${entity.id}`, waiting.lookAgainAt);
    return false;
  } catch (error) {
    if (!signal.aborted) await noteProblem(context, entity.id, { key: 'machine', text: inWordsTriedAgain(toClockerError(error)) });
    throw error;
  }
}

/** Docker clouds and their hosts have controllers of their own; this one takes their rows away. */
function isOfCloud(context: EngineContext, { type }: Entity): boolean {
  const kind = entityKind(context, type);
  return kind === 'cloud' || kind === 'host';
}

type ActiveStep = Exclude<Step, { readonly kind: 'nothing' | 'wait' | 'place' }>;

/** A failed step is a problem on the entity until the same step succeeds; the queue tries again. */
async function performAndNote(input: StepInput, step: ActiveStep): Promise<void> {
  const { context, entity, signal } = input;
  try {
    await perform(input, step);
  } catch (error) {
    const failure = toClockerError(error);
    if (!signal.aborted && !isHostAway(failure))
      await noteProblem(context, entity.id, { key: step.kind, text: inWordsTriedAgain(failure) });
    throw error;
  }
  if (step.kind in entity.problems) await clearProblems(context, entity.id, (key) => key === step.kind && !TOLD_BY_STEP.includes(key));
}

async function perform(input: StepInput, step: ActiveStep): Promise<void> {
  switch (step.kind) {
    case 'replace':
      return await replaceInstance(input, step.instance, step.failures);
    case 'revive':
      return await reviveInstance(input, step.instance, step.failures);
    case 'abandon':
      return await abandonInstance(input, step.instance, step.failures);
    case 'pull':
      return await ensureImage(input, step.instance, step.instance.spec);
    case 'prefetch':
      return await prefetchImage(input, step.instance);
    case 'ensure-volumes':
      return await ensureVolumes(input, step.instance);
    case 'create':
      return await createAndStart(input, step.instance);
    case 'start':
      return await startExisting(input, step.instance);
    case 'probe':
      return await probe(input, step.instance);
    case 'reload':
      return await reload(input, step.instance);
    case 'limits':
      return await updateLimits(input, step.instance);
    case 'plan-networks':
      return await planNetworks(input, step.instance);
    case 'join-networks':
      return await joinNetworks(input, step.instance);
    case 'drain':
      return await drain(input, step.instance);
    case 'keep':
      return await keep(input, step.instance);
    case 'stop':
      return await stopInstance(input, step.instance);
    case 'remove':
      return await removeInstance(input, step.instance);
    case 'forget':
      return await forgetInstance(input, step.instance);
    case 'process':
      return await advanceProcess(input, step.instance, step.move);
    case 'release-machine':
      return await releaseMachine(input);
    case 'ask':
      return await ask(
        input,
        input.context.store.view.instancesOf(input.entity.id).find(({ id }) => id === input.entity.instanceId),
      );
    case 'withdraw-question':
      return await withdrawQuestion(input);
    case 'calm':
      return await calm(input);
    case 'remove-volumes':
      return await removeVolumes(input);
    case 'delete-row':
      return await deleteEntityRow(input);
  }
}

function resolutionOf(context: EngineContext, entity: Entity): ContainerResolution {
  if (entity.goal !== 'running') return { kind: 'waiting', for: 'nothing' };
  return resolveContainer(entity, context.store.view, context);
}

/** Nothing to do now: says what it waits for, and drops problems of steps once all is well. */
async function settle(context: EngineContext, entity: Entity, waiting: Waiting): Promise<void> {
  const { waitingFor, problem } = waiting;
  if (!isNoted(entity, waiting)) {
    await context.store.commit((draft) => {
      const latest = draft.get('entity', entity.id);
      if (latest && !isNoted(latest, waiting)) draft.put('entity', withWaits(latest, waiting));
    });
  }
  if (problem) await noteProblem(context, entity.id, problem);
  await clearProblems(context, entity.id, (key) => WAIT_PROBLEMS.includes(key) && key !== problem?.key);
  if (waitingFor !== null) return;
  await clearProblems(context, entity.id, isStepProblem);
  const refusal = refusalId(entity.id);
  if (context.store.view.get('decision', refusal)) await context.store.commit((draft) => draft.remove('decision', refusal));
}

interface Waiting {
  readonly waitingFor: string | null;
  readonly waits: SensorWaits;
  readonly problem?: WaitProblem | undefined;
}

function waitsOf(resolution: ContainerResolution): SensorWaits {
  return (resolution.kind === 'waiting' ? resolution.waits : undefined) ?? {};
}

function isNoted(entity: Entity, { waitingFor, waits }: Waiting): boolean {
  return entity.waitingFor === waitingFor && canonicalJson(entity.waits ?? {}) === canonicalJson(waits);
}

function withWaits({ waits: _, ...entity }: Entity, { waitingFor, waits }: Waiting): Entity {
  return { ...entity, waitingFor, ...(Object.keys(waits).length === 0 ? {} : { waits }) };
}

const WAIT_PROBLEMS: readonly string[] = ['config', 'network', 'external'];

const STEP_PROBLEMS = [
  'pull',
  'prefetch',
  'ensure-volumes',
  'create',
  'probe',
  'reload',
  'limits',
  'plan-networks',
  'join-networks',
  'stop',
  'remove',
  'remove-volumes',
  'placement',
  'machine',
  'release-machine',
];

function isStepProblem(key: string): boolean {
  return STEP_PROBLEMS.includes(key);
}

async function noteProblem(context: EngineContext, id: EntityId, problem: { readonly key: string; readonly text: string }): Promise<void> {
  await context.store.commit((draft) => {
    const latest = draft.get('entity', id);
    if (!latest || latest.problems[problem.key] === problem.text) return;
    draft.put('entity', { ...latest, problems: { ...latest.problems, [problem.key]: problem.text } });
  });
}

async function clearProblems(context: EngineContext, id: EntityId, isOver: (key: string) => boolean): Promise<void> {
  const current = context.store.view.get('entity', id);
  if (!current || !Object.keys(current.problems).some(isOver)) return;
  await context.store.commit((draft) => {
    const latest = draft.get('entity', id);
    if (!latest) return;
    const problems = Object.fromEntries(Object.entries(latest.problems).filter(([key]) => !isOver(key)));
    draft.put('entity', { ...latest, problems });
  });
}

/** Placement decides for all waiting entities of a cloud at once. */
async function askForPlace(context: EngineContext, memory: EntityMemory, entity: Entity): Promise<void> {
  const location = locationOf(context.store.view, entity);
  const cloud = cloudNamed(context.store.view, location);
  if (!cloud) {
    const text = `placement: there is no location ${location}`;
    await settle(context, entity, { waitingFor: text, waits: {} });
    await noteProblem(context, entity.id, { key: 'placement', text });
    context.queue.lookAgain(`entity:${entity.id}`, context.clock.now() + NO_CLOUD_RETRY_MS);
    return;
  }
  const waiting = memory.unplaced.get(cloud.id) ?? new Set();
  memory.unplaced.set(cloud.id, waiting.add(entity.id));
  context.queue.enqueue(`placement:${cloud.id}`);
}

function leaveUnplaced(memory: EntityMemory, id: EntityId): void {
  for (const waiting of memory.unplaced.values()) waiting.delete(id);
}
