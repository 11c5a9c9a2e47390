import type { ContainerSpec } from '../../domain/entity/container-spec.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { cloudNamed, locationOf } from '../../domain/entity/location.ts';
import { plantMember } from '../../domain/entity/plant-entities.ts';
import type { EntityId, HostId } from '../../domain/shared/ids.ts';
import type { Draft, StoreView } from '../../ports/store.ts';
import { putPlanted } from '../cluster-size.ts';
import { decideOn } from '../controllers/placement-decide.ts';
import { createHostBoard } from '../controllers/placement-hosts.ts';
import { resolveContainer } from '../desired-container.ts';
import type { EngineContext } from '../engine-context.ts';
import { entityKind } from '../entity-kind.ts';
import { withoutMove } from '../move-marks.ts';

/** How many more of one service a host would take. */
export interface HostRoom {
  readonly hostId: HostId;
  readonly host: string;
  /** As far as they are counted: see `isMore`. */
  readonly count: number;
  /** At least so many: no more were counted. */
  readonly isMore: boolean;
  /** What stands against the next one; null where there is room for more. */
  readonly reason: string | null;
}

export interface Room {
  /** Hosts in the order in which they joined; empty for what runs in no container. */
  readonly hosts: readonly HostRoom[];
  /** Hosts that were not looked at. */
  readonly others: number;
  /** Why it cannot be told. */
  readonly problem: string | null;
}

const MOST_COUNTED = 50;
const MOST_HOSTS = 100;

/**
 * How many more containers of a service each host of its cloud would take now, by its strategies, ports and addresses: another of the container, or of
 * the cluster's members. Each host by itself, on a draft that is thrown away.
 */
export function roomFor(context: EngineContext, entityId: EntityId): Room {
  return context.store.preview((draft) => {
    const entity = draft.get('entity', entityId);
    const cloud = entity && cloudNamed(draft, locationOf(draft, entity));
    if (!entity || !cloud) return nothing(entity ? `There is no location ${locationOf(draft, entity)}` : null);
    const one = anotherOf(entity, draft, context);
    if (one === null) return nothing(null);
    const spec = specOf(one, entity, draft, context);
    if (spec === null) return nothing('What it needs is not known yet: it waits for others');
    const hosts = [...draft.hostsOf(cloud.id)].sort((a, b) => a.order - b.order);
    const rooms = hosts.slice(0, MOST_HOSTS).map(({ id: hostId, name: host }): HostRoom => {
      const board = createHostBoard(context, draft, cloud);
      for (let count = 0; count < MOST_COUNTED; count += 1) {
        // Each is another one: it is a sibling of those before it.
        const next: Entity = { ...one, id: `${one.id}-${count}` as EntityId };
        const { hostId: taken, explanation } = decideOn(board, { context, cloud, entity: next, spec }, hostId);
        if (taken === null) return { hostId, host, count, isMore: false, reason: withoutName(explanation[0]?.text ?? '', host) };
        board.take(next, hostId, spec);
      }
      return { hostId, host, count: MOST_COUNTED, isMore: true, reason: null };
    });
    return { hosts: rooms, others: hosts.length - rooms.length, problem: null };
  });
}

function nothing(problem: string | null): Room {
  return { hosts: [], others: 0, problem };
}

/** A member that a cluster would get, or a sibling of the container; null where it runs in none. */
function anotherOf(entity: Entity, draft: Draft, { plugins, clock }: EngineContext): Entity | null {
  const isContainer = ({ type, machine }: Entity): boolean => machine === undefined && entityKind({ plugins }, type) === 'container';
  const id = 'another' as EntityId;
  let made: readonly Entity[];
  if (isContainer(entity)) {
    made = [{ ...withoutMove(entity), id, instanceId: null, dataHostId: null }];
  } else {
    const { applicationId, generation } = entity;
    let count = 0;
    const nextId = (): EntityId => `${id}-${count++}` as EntityId;
    const planting = { applicationId, parentId: entity.id, generation, goal: 'running' as const, taskId: null, now: clock.now(), nextId };
    made = plantMember(entity, { slot: (entity.size ?? 0) + 1, isFirst: false }, planting);
  }
  putPlanted(draft, made, plugins.entityTypes);
  const one = made.find(isContainer);
  return one ? (draft.get('entity', one.id) ?? null) : null;
}

/** As one that runs has it, else as it would be resolved. */
function specOf(one: Entity, entity: Entity, view: StoreView, context: EngineContext): ContainerSpec | null {
  const alike = [entity, ...view.childrenOf(entity.id)].find(({ type, instanceId }) => type === one.type && instanceId !== null);
  const instance = alike?.instanceId ? view.get('instance', alike.instanceId) : undefined;
  if (instance) return instance.spec;
  const desired = resolveContainer(one, view, context);
  return desired.kind === 'resolved' ? desired.spec : null;
}

function withoutName(text: string, host: string): string {
  return text.startsWith(`${host}: `) ? text.slice(host.length + 2) : text;
}
