import type { Entity } from '../../domain/entity/entity.ts';
import type { Host } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { ownEnd } from '../../domain/entity/own-end.ts';
import { type DrainVerdict, drainVerdict } from '../../domain/host/drain-verdict.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import type { StoreView } from '../../ports/store.ts';
import { type ConfigSource, restartPolicyOf } from '../config-of.ts';
import { createHomes, type Homes } from '../controllers/entity-homes.ts';
import { isStateful } from '../desired-container.ts';
import type { EngineContext } from '../engine-context.ts';
import { snapshotHost } from '../snapshots/snapshots-of.ts';

/** An entity with a container on a host, and whether it leaves when the host is drained. */
export interface DrainedEntity {
  readonly entity: Entity;
  readonly instance: Instance;
  readonly verdict: DrainVerdict;
  /** Those that have to be on one host with it: they leave together. */
  readonly group: readonly EntityId[];
}

/** What draining a host means for each entity that has its container there, oldest first. Containers on their way out are left away. */
export function drainPreview({ plugins }: Pick<EngineContext, 'plugins'>, view: StoreView, host: Host): readonly DrainedEntity[] {
  const source: ConfigSource = { view, types: plugins.entityTypes };
  return leavingOf(source, createHomes(source), host);
}

/** The same for one host of several. */
export function leavingOf(source: ConfigSource, homes: Homes, host: Host): readonly DrainedEntity[] {
  const { view } = source;
  return [...view.instancesOn(host.id)]
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
    .flatMap((instance) => {
      const entity = view.get('entity', instance.entityId);
      if (entity?.instanceId !== instance.id || instance.state === 'removing') return [];
      const group = homes.groupOf(entity).map(({ id }) => id as EntityId);
      return [{ entity, instance, group, verdict: verdictOf({ entity, instance, host }, source, homes) }];
    });
}

interface Subject {
  readonly entity: Entity;
  readonly instance: Instance;
  readonly host: Host;
}

function verdictOf({ entity, instance, host }: Subject, source: ConfigSource, homes: Homes): DrainVerdict {
  const policy = restartPolicyOf(entity, source);
  const holder = homes.groupOf(entity).find(({ dataHostId }) => dataHostId === host.id);
  return drainVerdict({
    goal: entity.goal,
    hasData: entity.dataHostId === host.id || isStateful(instance.spec),
    hasSnapshot: snapshotHost(source.view, entity) === host.id,
    tiedToData: holder ? `${holder.name}, by ${holder.ties[0] ?? 'what they share'}` : null,
    isJob: policy.kind !== 'always',
    end: ownEnd(entity, instance, policy),
  });
}
