import type { Entity } from '../../domain/entity/entity.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import { isOnMachine } from '../../domain/software/process-state.ts';
import type { TrafficQuestion } from '../../ports/entity-type.ts';
import type { HostSession } from '../../ports/host-session.ts';
import { resolveContainer } from '../desired-container.ts';
import type { EngineContext } from '../engine-context.ts';
import { firstAskAt, nextAskAt } from '../feeds/feed-schedule.ts';
import { createRequestCounts } from './request-counts.ts';

const PERIOD_MS = 1_000;
const TIMEOUT_MS = 3_000;
/** Where it is wrong, in words; a sensor of the load balancer. */
const PROBLEM = 'proxy.counters.problem';

export interface TrafficMeter {
  /** Ends the questions that are under way; no new one is asked. */
  stop(): void;
}

interface Asked {
  readonly instance: Instance;
  readonly spec: Entity['spec'];
  readonly question: TrafficQuestion | null;
  nextAt: number;
  failures: number;
}

interface Turn {
  readonly entity: Entity;
  readonly asked: Asked;
  readonly question: TrafficQuestion;
  readonly session: HostSession;
  readonly address: string;
}

/**
 * Asks each load balancer that runs, once a second and by a kept channel of its host's connection, for what it has counted (key `traffic:<entity
 * id>`), and publishes that as sensors of itself, of who it serves and of their cluster. A reload is followed by a question at once: the process
 * that goes tells its last numbers on the connection that was kept.
 */
export function registerTrafficMeter(context: EngineContext): TrafficMeter {
  const { store, queue, clock, prober, hosts } = context;
  const known = new Map<EntityId, Asked>();
  const asking = new Set<EntityId>();
  const counts = createRequestCounts(store.view);
  const aborter = new AbortController();

  queue.register('traffic', async (id) => {
    const entity = store.view.get('entity', id);
    const turn = entity && turnOf(entity);
    if (!turn) {
      if (!entity) forget(id as EntityId);
      return;
    }
    if (asking.has(entity.id) || aborter.signal.aborted) return;
    if (clock.now() < turn.asked.nextAt) queue.lookAgain(`traffic:${id}`, turn.asked.nextAt);
    else void ask(turn);
  });

  function forget(id: EntityId): void {
    known.delete(id);
    counts.forget(id);
  }

  /** Undefined while there is nothing to ask. */
  function turnOf(entity: Entity): Turn | undefined {
    const instance = entity.instanceId ? store.view.get('instance', entity.instanceId) : undefined;
    const address = instance && isOnMachine(instance) ? '127.0.0.1' : (instance?.bridgeAddress ?? null);
    if (instance?.state !== 'running' || !instance.ready || address === null) return undefined;
    const session = hosts.ready(instance.hostId);
    const asked = askedOf(entity, instance);
    return asked.question && session ? { entity, asked, question: asked.question, session, address } : undefined;
  }

  /** What is asked is worked out anew when its row or its config is another, and then asked at once. */
  function askedOf(entity: Entity, instance: Instance): Asked {
    const before = known.get(entity.id);
    if (before?.instance === instance && before.spec === entity.spec) return before;
    const resolution = resolveContainer(entity, store.view, context);
    const question = resolution.kind === 'resolved' ? (resolution.live?.traffic ?? null) : (before?.question ?? null);
    const nextAt = before ? clock.now() : firstAskAt(entity.id, clock.now(), PERIOD_MS);
    const asked: Asked = { instance, spec: entity.spec, question, nextAt, failures: before?.failures ?? 0 };
    // What waits for a sensor is no row of its own: it is worked out again at the next look.
    if (resolution.kind === 'resolved' || before) known.set(entity.id, asked);
    return asked;
  }

  async function ask(turn: Turn): Promise<void> {
    const { entity, asked } = turn;
    const askedAt = clock.now();
    asking.add(entity.id);
    asked.nextAt = askedAt + PERIOD_MS;
    const problem = await tell(turn);
    asking.delete(entity.id);
    if (aborter.signal.aborted) return;
    asked.failures = problem === null ? 0 : asked.failures + 1;
    asked.nextAt = nextAskAt(askedAt, PERIOD_MS, asked.failures);
    // One that has just been reloaded may have closed the connection under the question.
    if (asked.failures !== 1) context.sensors.publish(entity.id, clock.now(), { [PROBLEM]: problem });
    queue.enqueue(`traffic:${entity.id}`);
  }

  /** What was wrong, or null. */
  async function tell({ entity, asked, question, session, address }: Turn): Promise<string | null> {
    const url = `http://${address}:${question.port}${question.path}`;
    const answer = await prober.ask(
      { kind: 'http', method: 'GET', url, headers: {} },
      { timeoutMs: TIMEOUT_MS, signal: aborter.signal, ownMachine: false, through: session },
    );
    if (answer.kind !== 'http') return answer.kind === 'failed' ? answer.problem : 'it gave no answer of HTTP';
    const traffic = answer.status === 200 ? question.read(answer) : null;
    if (traffic === null) return `it answers ${answer.status}, and not with what it has counted`;
    const served = asked.instance.serves.flatMap((id) => store.view.get('entity', store.view.get('instance', id)?.entityId ?? '') ?? []);
    const balancer = store.view.get('entity', entity.id);
    if (!balancer) return null;
    for (const [id, sensors] of counts.take(traffic, { balancer, served, at: answer.at })) context.sensors.publish(id, answer.at, sensors);
    return null;
  }

  return { stop: () => aborter.abort() };
}
