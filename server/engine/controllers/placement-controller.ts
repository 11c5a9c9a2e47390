import type { Entity } from '../../domain/entity/entity.ts';
import { nextStep } from '../../domain/entity/next-step.ts';
import type { PlacementOutcome } from '../../domain/placement/decide-placement.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import type { Draft } from '../../ports/store.ts';
import { type DesiredContainer, resolveContainer } from '../desired-container.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { withoutMove } from '../move-marks.ts';
import { refusalId } from './entity-end-steps.ts';
import { readEntityFacts } from './entity-facts.ts';
import type { EntityMemory } from './entity-memory.ts';
import { putPlannedInstance } from './entity-plan-steps.ts';
import { decideHost } from './placement-decide.ts';
import { createHostBoard, type HostBoard } from './placement-hosts.ts';

const RETRY_MS = 5_000;
/** Entities decided in one commit, so that other commits are not held up. */
const LOT = 250;

/** Decides hosts for all entities of a cloud that wait for one: instance row, port leases and explanation in one commit. */
export function registerPlacementController(context: EngineContext, memory: EntityMemory): void {
  const { queue, store } = context;
  queue.register('placement', async (cloudId) => {
    const waiting = memory.unplaced.get(cloudId);
    if (!waiting || waiting.size === 0) return;
    const lot = [...waiting].slice(0, LOT);
    const placed = await durableCommit('instance.plan', () => store.commit((draft) => placeAll(draft, { context, memory, cloudId, lot })));
    for (const id of lot) if (placed.settled.has(id)) waiting.delete(id);
    for (const id of placed.begun) queue.enqueue(`entity:${id}`);
    const others = waiting.size - (lot.length - placed.settled.size);
    if (others > 0) queue.enqueue(`placement:${cloudId}`);
    else if (waiting.size > 0) queue.lookAgain(`placement:${cloudId}`, context.clock.now() + RETRY_MS);
  });
}

interface Lot {
  readonly context: EngineContext;
  readonly memory: EntityMemory;
  readonly cloudId: string;
  readonly lot: readonly EntityId[];
}

interface Placed {
  /** Need no place any more, now that one is found or for another reason. */
  readonly settled: ReadonlySet<EntityId>;
  readonly begun: readonly EntityId[];
}

function placeAll(draft: Draft, { context, memory, cloudId, lot }: Lot): Placed {
  const cloud = draft.get('cloud', cloudId);
  const settled = new Set<EntityId>();
  const begun: EntityId[] = [];
  if (!cloud) return { settled: new Set(lot), begun };
  const board = createHostBoard(context, draft, cloud);
  for (const id of lot) {
    const entity = unlessInVain(draft, draft.get('entity', id));
    const desired = entity && stillNeeded(draft, { context, memory, entity });
    if (!entity || !desired) {
      settled.add(id);
      continue;
    }
    const outcome = decideHost(board, { context, cloud, entity, spec: desired.spec });
    if (!putOutcome(draft, { context, board, entity, desired, outcome })) continue;
    settled.add(id);
    begun.push(id);
  }
  const { sequence: placements, lastHostOrder } = board;
  if (placements !== cloud.placements && lastHostOrder !== null) draft.put('cloud', { ...cloud, placements, lastHostOrder });
  return { settled, begun };
}

/** One that was to go to another host, and serves no more where it is, may as well start anywhere. */
function unlessInVain(draft: Draft, entity: Entity | undefined): Entity | undefined {
  if (entity?.moveTo === undefined) return entity;
  const instance = entity.instanceId === null ? undefined : draft.get('instance', entity.instanceId);
  return instance?.state === 'running' ? entity : withoutMove(entity);
}

/** The desired container, if by the records of this very commit the entity still needs a host. */
function stillNeeded(
  draft: Draft,
  { context, memory, entity }: { readonly context: EngineContext; readonly memory: EntityMemory; readonly entity: Entity },
): DesiredContainer | undefined {
  if (entity.goal !== 'running') return undefined;
  const resolution = resolveContainer(entity, draft, context);
  if (resolution.kind !== 'resolved') return undefined;
  const facts = readEntityFacts(context, memory, { entity, resolution, view: draft });
  return nextStep(facts).kind === 'place' ? resolution : undefined;
}

interface Putting {
  readonly context: EngineContext;
  readonly board: HostBoard;
  readonly entity: Entity;
  readonly desired: DesiredContainer;
  readonly outcome: PlacementOutcome;
}

/** True when the entity has a host now. */
function putOutcome(draft: Draft, { context, board, entity, desired, outcome }: Putting): boolean {
  const { hostId, explanation } = outcome;
  const at = context.clock.now();
  if (hostId === null) {
    const text = whyNot(explanation);
    const isNews = entity.waitingFor !== text;
    // What moves serves on where it is.
    const problems = board.anyReady && entity.moveFrom === undefined ? { ...entity.problems, placement: text } : entity.problems;
    if (!isNews && problems.placement === entity.problems.placement) return false;
    draft.put('decision', { id: refusalId(entity.id), entityId: entity.id, hostId, at, explanation });
    draft.put('entity', { ...entity, waitingFor: text, problems });
    return false;
  }
  const { placement: _, ...problems } = entity.problems;
  const decisionId = context.ids.next();
  draft.put('decision', { id: decisionId, entityId: entity.id, hostId, at, explanation });
  if (draft.get('decision', refusalId(entity.id))) draft.remove('decision', refusalId(entity.id));
  const ports = board.take(entity, hostId, desired.spec);
  putPlannedInstance(draft, context, { entity: { ...entity, problems }, desired, hostId, ports, decisionId });
  return true;
}

function whyNot(explanation: PlacementOutcome['explanation']): string {
  const reasons = [...new Set(explanation.filter((reason) => reason.refused && reason.hostId !== null).map((reason) => reason.text))];
  const shown = reasons.slice(0, 3).join('; ');
  const relaxed = explanation.filter(({ hostId, text }) => hostId === null && text.startsWith('Without ')).map(({ text }) => `. ${text}`);
  return `placement: ${shown || (explanation.at(-1)?.text ?? 'no host fits')}${reasons.length > 3 ? ' …' : ''}${relaxed.join('')}`;
}
