import { effectiveValues, resolveConfig } from '../../../domain/blueprint/resolve-config.ts';
import { secretsRead } from '../../../domain/blueprint/secret-use.ts';
import type { Entity } from '../../../domain/entity/entity.ts';
import type { Instance } from '../../../domain/entity/instance.ts';
import type { TaskCause } from '../../../domain/entity/task.ts';
import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { EntityId, SnapshotId } from '../../../domain/shared/ids.ts';
import { secretParts, secretTextsOf } from '../../../domain/snapshot/secret-parts.ts';
import { type Snapshot, type SnapshotSecrets, snapshotImage } from '../../../domain/snapshot/snapshot.ts';
import type { StoreView } from '../../../ports/store.ts';
import { resolveContainer } from '../../desired-container.ts';
import { durableCommit } from '../../durable-step.ts';
import type { EngineContext } from '../../engine-context.ts';
import { newId } from '../../new-id.ts';
import { requireEntity } from '../require-record.ts';

export interface TakeInput {
  readonly entityId: EntityId;
  readonly note: string;
  /** The container stands still while its files are read, so that they belong together. */
  readonly pause: boolean;
}

/**
 * Wants a snapshot of an entity's container, as it is now, on its host; its controller takes it. It is pushed nowhere.
 * @throws ClockerError not-found | conflict (no container, or one is being taken) | host.unreachable
 */
export async function takeSnapshot(
  context: EngineContext,
  cause: TaskCause,
  { entityId, note, pause }: TakeInput,
): Promise<{ readonly snapshotId: SnapshotId }> {
  const id = newId<'snapshot'>(context.ids);
  await durableCommit('entity.snapshot', () =>
    context.store.commit((draft) => {
      const entity = requireEntity(draft, entityId);
      const instance = requireContainer(draft, entity);
      const host = draft.get('host', instance.hostId);
      if (host?.state !== 'ready') {
        const message = `${entity.name} is on ${host?.name ?? 'a host'}, which is ${host?.state ?? 'gone'}`;
        throw new ClockerError('host.unreachable', { message, hint: 'Take it once the host is ready.', retryable: true });
      }
      for (const other of draft.all('snapshot').values()) {
        if (other.entityId !== entityId || other.state !== 'taking') continue;
        throw new ClockerError('conflict', { message: `A snapshot of ${entity.name} is being taken`, hint: 'Wait until it is there.' });
      }
      draft.put('snapshot', {
        ...{ id, applicationId: entity.applicationId, entityId, entityName: entity.name, instanceId: instance.id, hostId: host.id },
        ...{ image: snapshotImage(id), takenOf: instance.spec.image, state: 'taking', problem: '', pause, sizeBytes: null },
        ...{ note, by: cause.by, at: context.clock.now(), secrets: secretsOf(context, draft, { entity, instance }) },
        volumes: instance.spec.volumes.map(({ name, path }) => `${name} at ${path}`),
      } satisfies Snapshot);
    }),
  );
  return { snapshotId: id };
}

/** A container that has ended has its files still. */
function requireContainer(view: StoreView, { name, instanceId }: Entity): Instance {
  const instance = instanceId ? view.get('instance', instanceId) : undefined;
  if (instance && instance.containerId !== null && (instance.state === 'running' || instance.state === 'exited')) return instance;
  throw new ClockerError('conflict', { message: `${name} has no container of which there could be a snapshot`, hint: 'Start it first.' });
}

/** By name: of the container as it was made, and of the files that are written into it as it runs. */
function secretsOf(
  context: EngineContext,
  view: StoreView,
  { entity, instance }: { readonly entity: Entity; readonly instance: Instance },
): SnapshotSecrets {
  const types = context.plugins.entityTypes;
  const secretKeys = new Set(types.get(entity.type)?.secretKeys ?? []);
  const values = [...effectiveValues({ self: entity, view, types })];
  const secrets = context.secretTexts.reader(view);
  const resolved = resolveConfig({ self: entity, view, types, secrets, now: context.clock.now() });
  const texts = secretTextsOf(resolved.ok ? resolved.value : entity.spec.config, secretKeys);
  const desired = resolveContainer(entity, view, context);
  const live = desired.kind === 'resolved' ? (desired.live?.files ?? []) : [];
  const read = values.flatMap(secretsRead).map(({ provider, name }) => `${provider ?? '(any)'}/${name ?? '(any)'}`);
  return {
    ...secretParts({ ...instance.spec, files: [...instance.spec.files, ...live] }, texts, secretKeys),
    read: [...new Set(read)].sort(),
  };
}
