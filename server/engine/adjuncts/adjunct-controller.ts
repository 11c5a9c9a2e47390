import type { Adjunct, PendingAction } from '../../domain/adjunct/adjunct.ts';
import type { ActionOutcome, AdjunctAction, AdjunctBehaviour, Decision, Highlight } from '../../domain/adjunct/behaviour.ts';
import { titleOf } from '../../domain/adjunct/title-of.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { inWords, toClockerError, toErrorView } from '../../domain/shared/clocker-error.ts';
import type { TaskId } from '../../domain/shared/ids.ts';
import type { Json } from '../../domain/shared/json.ts';
import type { EngineContext } from '../engine-context.ts';
import { newId } from '../new-id.ts';
import { createActionBudget, describeBudget } from './action-budget.ts';
import type { AdjunctIndex, LiveAdjunct } from './adjunct-index.ts';
import type { AdjunctSettingsReader } from './adjunct-settings.ts';
import { changeAdjunct } from './change-adjunct.ts';
import { createHighlights } from './highlights.ts';
import { createPace } from './pace.ts';
import { performAction } from './perform-action.ts';
import { createSensorReader } from './sensor-reader.ts';

/** What waits for something that nobody tells of is tried again after this. Milliseconds. */
const RETRY_MS = 2_000;

export interface AdjunctController {
  forget(id: string): void;
}

/** What is known of an adjunct from one turn to the next, beside its record. */
interface Kept {
  memory: unknown;
  outcomes: readonly ActionOutcome[];
  /** The config whose watches are in the index. */
  watched: unknown;
}

interface Turn {
  readonly adjunct: LiveAdjunct;
  readonly entity: Entity;
  readonly behaviour: AdjunctBehaviour;
  readonly signal: AbortSignal;
  readonly kept: Kept;
}

const NOTHING_HEARD: readonly ActionOutcome[] = [];

/** Asks policies and enrichers what is to be done, and does it (key `adjunct:<id>`): snapshot, pure decision, the commands of people. */
export function registerAdjunctController(
  context: EngineContext,
  { index, settings }: { readonly index: AdjunctIndex; readonly settings: AdjunctSettingsReader },
): AdjunctController {
  const { store, queue, clock, metrics } = context;
  const kept = new Map<string, Kept>();
  const highlights = createHighlights(context);
  const budget = createActionBudget();
  const pace = createPace();
  const read = createSensorReader(store.view, metrics);

  queue.register('adjunct', (key, signal) => {
    const adjunct = index.get(key);
    const entity = adjunct && store.view.get('entity', adjunct.entityId);
    const behaviour = adjunct && context.plugins.adjunctTypes.get(adjunct.spec.type)?.behaviour;
    if (!adjunct || !entity || !behaviour) return undefined;
    const { id } = adjunct;
    const mayAt = pace.take(id, clock.now());
    if (mayAt !== null) {
      queue.lookAgain(`adjunct:${id}`, mayAt);
      return undefined;
    }
    const turn = { adjunct, entity, behaviour, signal, kept: keptOf(id) };
    return entity.goal === 'running' ? look(turn) : rest(turn);
  });

  function keptOf(id: string): Kept {
    const known = kept.get(id);
    if (known) return known;
    const fresh: Kept = { memory: undefined, outcomes: NOTHING_HEARD, watched: undefined };
    kept.set(id, fresh);
    return fresh;
  }

  function rest({ adjunct, entity, kept: own }: Turn): undefined {
    own.memory = undefined;
    highlights.say(adjunct, entity, { level: 'ok', text: `At rest: ${entity.name} is not to run` });
  }

  function look(turn: Turn): Promise<void> | undefined {
    const { adjunct, entity } = turn;
    const record = store.view.get('adjunct', adjunct.id);
    if (!record?.pending) return lookWith(turn, record);
    // What secrets in pending actions stand for is known once config is read.
    settings.read(adjunct, entity, record);
    return performPending(turn).then(() => lookWith(turn, store.view.get('adjunct', adjunct.id)));
  }

  /** Without a promise where nothing is to be waited for: most turns of most adjuncts. */
  function lookWith(turn: Turn, record: Adjunct | undefined): Promise<void> | undefined {
    const { adjunct, entity, behaviour, kept: own } = turn;
    const { id } = adjunct;
    const found = settings.read(adjunct, entity, record);
    if (!found.ok) {
      highlights.say(adjunct, entity, { level: 'frozen', text: `Does nothing: ${found.why}` });
      queue.lookAgain(`adjunct:${id}`, clock.now() + RETRY_MS);
      return undefined;
    }
    const { config } = found;
    if (own.watched !== config) {
      own.watched = config;
      index.watch(id, behaviour.watches(config, { self: entity, read, now: clock.now() }));
    }
    const decision = decide(turn, { config, record });
    if (decision === null) return undefined;
    if (decision.lookAgainAt !== undefined) queue.lookAgain(`adjunct:${id}`, decision.lookAgainAt);
    if (record?.suspended) {
      const isIdle = (decision.actions ?? []).length === 0;
      if (isIdle && decision.memory !== undefined && !behaviour.durable) own.memory = decision.memory;
      highlights.say(adjunct, entity, whileSuspended(decision));
      return undefined;
    }
    publish(entity, decision);
    return act(turn, decision);
  }

  function decide(
    { adjunct, entity, behaviour, kept: own }: Turn,
    { config, record }: { readonly config: unknown; readonly record: Adjunct | undefined },
  ): Decision | null {
    const memory = behaviour.durable ? record?.memory : own.memory;
    try {
      const decision = behaviour.decide({ config, memory, now: clock.now(), self: entity, read, outcomes: own.outcomes });
      own.outcomes = NOTHING_HEARD;
      return decision;
    } catch (error) {
      context.log.error('an adjunct failed', { adjunct: adjunct.id, error: toErrorView(error) });
      highlights.say(adjunct, entity, { level: 'failed', text: `Failed: ${toClockerError(error).message}` });
      return null;
    }
  }

  function publish(entity: Entity, { publish: own, publishOn = [], publishedAt: now = clock.now() }: Decision): void {
    if (own) context.sensors.publish(entity.id, now, own);
    for (const { entityId, values } of publishOn) context.sensors.publish(entityId, now, values);
  }

  function act(turn: Turn, { memory, actions = [], highlight }: Decision): Promise<void> | undefined {
    const { adjunct, entity, behaviour, kept: own } = turn;
    const blockedUntil = actions.length > 0 ? budget.take(adjunct.id, clock.now()) : null;
    if (blockedUntil !== null) {
      highlights.say(adjunct, entity, { level: 'frozen', text: `Held back: ${describeBudget()}. It would: ${inShort(actions)}` });
      queue.lookAgain(`adjunct:${adjunct.id}`, blockedUntil);
      return undefined;
    }
    if (highlight) highlights.say(adjunct, entity, highlight);
    if (memory !== undefined && !behaviour.durable) own.memory = memory;
    if (actions.length === 0 && (memory === undefined || !behaviour.durable)) return undefined;
    const pending = actions.map((action): PendingAction => ({ taskId: newId<'task'>(context.ids), action }));
    return behaviour.durable ? performDurably(turn, { memory, pending }) : performAll(turn, pending);
  }

  async function performAll(turn: Turn, pending: readonly PendingAction[]): Promise<void> {
    for (const each of pending) await perform(turn, each);
  }

  async function performDurably(
    turn: Turn,
    { memory, pending }: { readonly memory: unknown; readonly pending: readonly PendingAction[] },
  ): Promise<void> {
    await changeAdjunct(context, { ...turn.adjunct, name: 'decide' }, (record) => ({
      ...record,
      ...(memory === undefined ? {} : { memory: memory as Json }),
      ...(pending.length === 0 ? {} : { pending }),
    }));
    await performPending(turn);
  }

  async function performPending(turn: Turn): Promise<void> {
    const { adjunct } = turn;
    const pending = store.view.get('adjunct', adjunct.id)?.pending ?? [];
    if (pending.length === 0) return;
    await performAll(turn, pending);
    await changeAdjunct(context, { ...adjunct, name: 'acted' }, ({ pending: _, ...record }) => record);
  }

  async function perform({ adjunct, entity, signal, kept: own }: Turn, { taskId, action }: PendingAction): Promise<void> {
    const { id } = adjunct;
    const cause = { kind: 'policy', by: titleOf(adjunct.spec, context.plugins.adjunctTypes) } as const;
    const problem = await outcomeOf(performAction(context, { entityId: entity.id, cause, action, taskId: taskId as TaskId, signal }));
    own.outcomes = [...own.outcomes, { action, at: clock.now(), problem }];
    if (problem === null) return;
    highlights.say(adjunct, entity, { level: 'failed', text: `Could not ${inShort([action])}: ${problem}` });
    queue.lookAgain(`adjunct:${id}`, clock.now() + RETRY_MS);
  }

  return {
    forget(id) {
      kept.delete(id);
      for (const each of [highlights, budget, pace, settings]) each.forget(id);
    },
  };
}

/** What can be tried again is left to the queue, which comes back; what is refused is an answer. */
async function outcomeOf(work: Promise<void>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    const failure = toClockerError(error);
    if (failure.code === 'cancelled' || failure.code.startsWith('store.')) throw error;
    return inWords(failure);
  }
}

function whileSuspended({ highlight, actions = [] }: Decision): Pick<Highlight, 'level' | 'text'> {
  const seen = highlight?.text ?? 'Nothing to do';
  return actions.length === 0
    ? { level: highlight?.level === 'acts' ? 'ok' : (highlight?.level ?? 'ok'), text: seen }
    : { level: 'ok', text: `${seen}. Suspended; it would: ${inShort(actions)}` };
}

function inShort(actions: readonly AdjunctAction[]): string {
  return actions.map(({ why }) => why).join('; ');
}
