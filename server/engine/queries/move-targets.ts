import { cloudOfHost } from '../../domain/cloud/cloud-of-host.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId, HostId } from '../../domain/shared/ids.ts';
import type { Draft } from '../../ports/store.ts';
import { decideOn } from '../controllers/placement-decide.ts';
import { createHostBoard, type HostBoard } from '../controllers/placement-hosts.ts';
import type { EngineContext } from '../engine-context.ts';
import { markMoves } from '../move-marks.ts';
import { keepsAddress } from '../sdn/keeps-address.ts';
import { findMovingGroup, type MovingGroup } from './moving-group.ts';

/** A host of the cloud that an entity could be moved to. */
export interface MoveTarget {
  readonly hostId: HostId;
  readonly host: string;
  /** Why it does not take it now; null where it does. */
  readonly reason: string | null;
}

export interface MoveTargets {
  /** The host that it is on; null where it cannot be moved. */
  readonly from: string | null;
  /** Names of those that have to go with it. */
  readonly together: readonly string[];
  /** Names of those that keep their addresses, and so stop here before they start there. */
  readonly stopsFirst: readonly string[];
  /** The others in the order in which they joined; at most 100. */
  readonly hosts: readonly MoveTarget[];
  /** Why it cannot be moved at all; null where it can. */
  readonly problem: string | null;
}

const MOST_HOSTS = 100;

/** Which hosts would take an entity, and those that have to be with it, if it were moved there now. @throws ClockerError not-found */
export function moveTargets(
  context: EngineContext,
  { entityId, only }: { readonly entityId: EntityId; readonly only?: HostId },
): MoveTargets {
  return context.store.preview((draft) => {
    const group = findMovingGroup(context, draft, entityId);
    if (typeof group === 'string') return { from: null, together: [], stopsFirst: [], hosts: [], problem: group };
    const { host, members } = group;
    markMoves(
      draft,
      members.map(({ entity }) => entity.id),
      { from: host.id },
    );
    const others = [...(host.cloudId === null ? [] : draft.hostsOf(host.cloudId))]
      .filter(({ id }) => id !== host.id && (only === undefined || id === only))
      .sort((a, b) => a.order - b.order)
      .slice(0, MOST_HOSTS);
    const trial: Trial = { context, draft, group };
    // One that goes alone changes nothing for the next host that is asked.
    const board = members.length === 1 ? createBoard(trial) : null;
    const hosts = others.map(({ id, name }) => ({ hostId: id, host: name, reason: whyNot(trial, board ?? createBoard(trial), id) }));
    const source = { view: draft, types: context.plugins.entityTypes };
    const stopsFirst = members
      .filter(({ entity, instance }) => keepsAddress(entity, instance.spec, source))
      .map(({ entity }) => entity.name);
    return { from: host.name, together: members.slice(1).map(({ entity }) => entity.name), stopsFirst, hosts, problem: null };
  });
}

interface Trial {
  readonly context: EngineContext;
  readonly draft: Draft;
  readonly group: MovingGroup;
}

function createBoard({ context, draft, group }: Trial): HostBoard {
  return createHostBoard(context, draft, cloudOf(draft, group));
}

function cloudOf(draft: Draft, { host }: MovingGroup) {
  const cloud = cloudOfHost(draft, host);
  if (!cloud) throw new ClockerError('not-found', { message: `${host.name} belongs to no cloud` });
  return cloud;
}

function whyNot({ context, draft, group }: Trial, board: HostBoard, hostId: HostId): string | null {
  const cloud = cloudOf(draft, group);
  const name = draft.get('host', hostId)?.name ?? '';
  for (const { entity: before, instance } of group.members) {
    const entity = draft.get('entity', before.id);
    if (!entity) continue;
    const { spec } = instance;
    const { hostId: taken, explanation } = decideOn(board, { context, cloud, entity, spec }, hostId);
    if (taken === null) return withoutName(explanation[0]?.text ?? 'it does not fit', name);
    if (group.members.length > 1) board.take(entity, hostId, spec);
  }
  return null;
}

function withoutName(text: string, host: string): string {
  return text.startsWith(`${host}: `) ? text.slice(host.length + 2) : text;
}
