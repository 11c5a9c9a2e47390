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

/** An entity with those that have to be on one host with it. @throws ClockerError not-found | conflict (it has no container, or something keeps it) */
export function movingGroup(context: Pick<EngineContext, 'plugins'>, view: StoreView, entityId: EntityId): MovingGroup {
  const entity = requireEntity(view, entityId);
  const instance = entity.instanceId ? view.get('instance', entity.instanceId) : undefined;
  const host = instance && view.get('host', instance.hostId);
  if (!host) throw new ClockerError('conflict', { message: `${entity.name} has no container to move` });
  const all = drainPreview(context, view, host);
  const own = all.find((one) => one.entity.id === entity.id);
  if (!own?.verdict.leaves) {
    throw new ClockerError('conflict', {
      message: `${entity.name} cannot be moved: it ${own?.verdict.leaves === false ? own.verdict.why : 'is on its way out'}`,
    });
  }
  const together = new Set<EntityId>(own.group);
  return { host, members: [own, ...all.filter((one) => one !== own && together.has(one.entity.id) && one.verdict.leaves)] };
}
