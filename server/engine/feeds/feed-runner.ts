import type { FeedAnswer, FeedBehaviour, FeedPlan } from '../../domain/adjunct/feed.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { isEntityUp } from '../../domain/entity/service-state.ts';
import { toClockerError, toErrorView } from '../../domain/shared/clocker-error.ts';
import { canonicalJson } from '../../domain/shared/json.ts';
import type { AdjunctIndex, LiveAdjunct } from '../adjuncts/adjunct-index.ts';
import type { AdjunctSettingsReader } from '../adjuncts/adjunct-settings.ts';
import { createHighlights } from '../adjuncts/highlights.ts';
import { createSensorReader } from '../adjuncts/sensor-reader.ts';
import type { EngineContext } from '../engine-context.ts';
import { createOperationLimiter, type OperationLimiter } from '../hosts/operation-limiter.ts';
import { askProbe } from './ask-probe.ts';
import { firstAskAt, nextAskAt } from './feed-schedule.ts';
import { placeOf } from './run-where-it-runs.ts';

/** Questions under way at once, at one host by command, and from the console. */
const MOST_PER_HOST = 4;
const MOST_FROM_CONSOLE = 64;
/** What waits for something that nobody tells of is tried again after this. Milliseconds. */
const RETRY_MS = 2_000;

export interface FeedRunner {
  /** Ends the questions that are under way; no new one is asked. */
  stop(): void;
}

interface Feed {
  /** Canonical JSON. */
  readonly plan: string;
  nextAt: number;
  /** Values of its triggers when it was asked last. */
  triggers: string;
  failures: number;
  failedSince: number;
}

interface Turn {
  readonly adjunct: LiveAdjunct;
  readonly entity: Entity;
  readonly behaviour: FeedBehaviour;
  readonly config: unknown;
  readonly plan: FeedPlan;
}

/**
 * Asks what feeds ask (key `feed:<adjunct id>`), each at its times and never twice at once, and publishes what the answers say. A question under
 * way holds no place in the queue.
 */
export function registerFeedRunner(
  context: EngineContext,
  { index, settings }: { readonly index: AdjunctIndex; readonly settings: AdjunctSettingsReader },
): FeedRunner {
  const { store, queue, clock } = context;
  const feeds = new Map<string, Feed>();
  /** Ids: a question under way is waited for even where its plan has changed meanwhile. */
  const asking = new Set<string>();
  const limiters = new Map<string, OperationLimiter>();
  const highlights = createHighlights(context);
  const read = createSensorReader(store.view, context.metrics);
  const aborter = new AbortController();

  queue.register('feed', async (id) => {
    const adjunct = index.get(id);
    const entity = adjunct && store.view.get('entity', adjunct.entityId);
    const behaviour = adjunct && context.plugins.adjunctTypes.get(adjunct.spec.type)?.feed;
    if (!adjunct || !entity || !behaviour) {
      forget(id);
      return;
    }
    const idle = whyIdle(adjunct, entity);
    if (idle !== null) {
      feeds.delete(id);
      highlights.say(adjunct, entity, { level: 'ok', text: idle });
      return;
    }
    const found = settings.read(adjunct, entity, store.view.get('adjunct', id));
    if (!found.ok) return rest(adjunct, entity, `Asks nothing: ${found.why}`);
    const plan = planOf(adjunct, entity, behaviour, found.config);
    if (plan === null) return;
    lookAt({ adjunct, entity, behaviour, config: found.config, plan });
  });

  function forget(id: string): void {
    feeds.delete(id);
    highlights.forget(id);
  }

  function whyIdle({ id }: LiveAdjunct, entity: Entity): string | null {
    if (entity.goal !== 'running') return `At rest: ${entity.name} is not to run`;
    return store.view.get('adjunct', id)?.suspended ? 'Suspended: asks nothing' : null;
  }

  function rest(adjunct: LiveAdjunct, entity: Entity, text: string): void {
    highlights.say(adjunct, entity, { level: 'frozen', text });
    queue.lookAgain(`feed:${adjunct.id}`, clock.now() + RETRY_MS);
  }

  function planOf(adjunct: LiveAdjunct, entity: Entity, behaviour: FeedBehaviour, config: unknown): FeedPlan | null {
    try {
      const plan = behaviour.poll(config, { now: clock.now(), self: entity, read });
      if (plan !== null && 'periodMs' in plan) return plan;
      if (plan !== null) rest(adjunct, entity, `Asks nothing: it waits for ${plan.waitingFor}`);
      return null;
    } catch (error) {
      failedItself(adjunct, entity, error);
      return null;
    }
  }

  function failedItself(adjunct: LiveAdjunct, entity: Entity, error: unknown): void {
    context.log.error('a feed failed', { adjunct: adjunct.id, error: toErrorView(error) });
    highlights.say(adjunct, entity, { level: 'failed', text: `Failed: ${toClockerError(error).message}` });
  }

  function lookAt(turn: Turn): void {
    const { adjunct, entity, plan } = turn;
    const feed = feedOf(turn);
    if (asking.has(adjunct.id)) return;
    if (plan.onlyIfUp && !isEntityUp(entity)) {
      highlights.say(adjunct, entity, { level: 'ok', text: `Asks once ${entity.name} serves` });
      return;
    }
    const triggers = triggersOf(turn);
    if (!isDue(feed, triggers)) {
      if (Number.isFinite(feed.nextAt)) queue.lookAgain(`feed:${adjunct.id}`, feed.nextAt);
      return;
    }
    const limiter = limiterOf(turn);
    if (typeof limiter === 'string') {
      rest(adjunct, entity, `Asks nothing: ${limiter}`);
      return;
    }
    feed.triggers = triggers;
    asking.add(adjunct.id);
    feed.nextAt = nextAskAt(clock.now(), plan.periodMs, 0);
    void ask(turn, feed, limiter);
  }

  function isDue({ nextAt, triggers }: Feed, now: string): boolean {
    return clock.now() >= nextAt || (triggers !== '' && triggers !== now);
  }

  function feedOf({ adjunct, plan }: Turn): Feed {
    const text = canonicalJson(plan);
    const known = feeds.get(adjunct.id);
    if (known?.plan === text) return known;
    const triggers = plan.triggers ?? [];
    if (triggers.length > 0) index.watch(adjunct.id, [{ of: 'entity', sensors: triggers }]);
    const nextAt = known ? clock.now() : firstAskAt(adjunct.id, clock.now(), plan.periodMs);
    const feed: Feed = { plan: text, nextAt, triggers: '', failures: 0, failedSince: 0 };
    feeds.set(adjunct.id, feed);
    return feed;
  }

  /** Empty where it has none. */
  function triggersOf({ entity, plan: { triggers = [] } }: Turn): string {
    return triggers.length === 0 ? '' : canonicalJson(triggers.map((sensor) => read.sensor(entity.id, sensor)?.value ?? null));
  }

  function limiterOf({ entity, plan }: Turn): OperationLimiter | string {
    const { kind } = plan.probe;
    const place = kind === 'command' ? placeOf(context, entity) : null;
    if (place !== null && !place.ok) return place.why;
    const key = place === null ? 'console' : place.hostId;
    const limiter = limiters.get(key) ?? createOperationLimiter(place === null ? MOST_FROM_CONSOLE : MOST_PER_HOST);
    limiters.set(key, limiter);
    return limiter;
  }

  async function ask(turn: Turn, feed: Feed, limiter: OperationLimiter): Promise<void> {
    const { adjunct, entity, plan } = turn;
    const { signal } = aborter;
    const question = { context, entity, adjunctId: adjunct.id, timeoutMs: plan.timeoutMs, signal };
    const answer = await limiter.run(async () => (signal.aborted ? null : await askProbe(plan.probe, question)));
    asking.delete(adjunct.id);
    if (answer === null || signal.aborted) return;
    // It has gone, been suspended or changed meanwhile: the answer is of yesterday.
    if (feeds.get(adjunct.id) === feed) take(turn, feed, answer);
    queue.enqueue(`feed:${adjunct.id}`);
  }

  function take(turn: Turn, feed: Feed, answer: FeedAnswer): void {
    const { adjunct, behaviour, config, plan } = turn;
    const entity = store.view.get('entity', turn.entity.id);
    if (!entity) return;
    try {
      const looking = { now: clock.now(), self: entity, read };
      const problem = problemOf(behaviour, config, answer, looking);
      context.sensors.publish(entity.id, answer.at, behaviour.sensors(config, answer, looking));
      if (problem === null) feed.failures = 0;
      else count(feed, answer.at);
      feed.nextAt = problem === null ? feed.nextAt : nextAskAt(answer.at - answer.tookMs, plan.periodMs, feed.failures);
      highlights.say(adjunct, entity, problem === null ? asksEach(plan) : { level: 'failed', text: inWords(feed, problem, answer.at) });
    } catch (error) {
      count(feed, answer.at);
      feed.nextAt = nextAskAt(answer.at, plan.periodMs, feed.failures);
      failedItself(adjunct, entity, error);
    }
  }

  return { stop: () => aborter.abort() };
}

function problemOf(
  behaviour: FeedBehaviour,
  config: unknown,
  answer: FeedAnswer,
  looking: Parameters<FeedBehaviour['poll']>[1],
): string | null {
  if (answer.kind === 'failed') return answer.problem;
  return behaviour.problem?.(config, answer, looking) ?? null;
}

function count(feed: Feed, at: number): void {
  if (feed.failures === 0) feed.failedSince = at;
  feed.failures += 1;
}

function asksEach({ periodMs }: FeedPlan): { readonly level: 'ok'; readonly text: string } {
  return { level: 'ok', text: periodMs === null ? 'Has its answer' : `Asks every ${inUnits(periodMs)}` };
}

function inWords({ failures, failedSince }: Feed, problem: string, now: number): string {
  const often = failures === 1 ? 'Failed' : `Failed ${failures} times in ${inUnits(Math.max(1_000, now - failedSince))}`;
  return `${often}: ${problem}`;
}

function inUnits(ms: number): string {
  if (ms < 1_000) return `${ms} ms`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
