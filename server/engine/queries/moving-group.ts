import { isMachine } from '../../domain/cloud/cloud-of-host.ts';
import type { Host } from '../../domain/entity/host.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import type { StoreView } from '../../ports/store.ts';
import { requireEntity } from '../commands/require-record.ts';
import type { EngineContext } from '../engine-context.ts';
import { type DrainedEntity, drainPreview } from './drain-preview.ts';

/** What leaves a host together. */
export interface MovingGroup {
  readonly host: Host;
  /** The entity that was asked for first. */
  readonly members: readonly DrainedEntity[];
}

type Context = Pick<EngineContext, 'plugins'>;

/** An entity with those that have to be on one host with it. @throws ClockerError not-found | conflict (it has no container, or something keeps it) */
export function movingGroup(context: Context, view: StoreView, entityId: EntityId): MovingGroup {
  const found = findMovingGroup(context, view, entityId);
  if (typeof found === 'string') throw new ClockerError('conflict', { message: found });
  return found;
}

/** The same, or in a sentence why it cannot be moved. @throws ClockerError not-found */
export function findMovingGroup(context: Context, view: StoreView, entityId: EntityId): MovingGroup | string {
  const entity = requireEntity(view, entityId);
  const instance = entity.instanceId ? view.get('instance', entity.instanceId) : undefined;
  const host = instance && view.get('host', instance.hostId);
  if (!host) return `${entity.name} has no container to move`;
  if (isMachine(host)) return `${entity.name} has a machine for itself, and is not moved`;
  const all = drainPreview(context, view, host);
  const own = all.find((one) => one.entity.id === entity.id);
  if (!own?.verdict.leaves) {
    return `${entity.name} cannot be moved: ${own?.verdict.leaves === false ? own.verdict.why : 'it is on its way out'}`;
  }
  const together = new Set<EntityId>(own.group);
  return { host, members: [own, ...all.filter((one) => one !== own && together.has(one.entity.id) && one.verdict.leaves)] };
}
