import type { Entity } from '../../domain/entity/entity.ts';
import type { TaskCause } from '../../domain/entity/task.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { ApplicationId } from '../../domain/shared/ids.ts';
import type { Draft, StoreView } from '../../ports/store.ts';
import { dropInstance } from '../drop-instance.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { entityKind } from '../entity-kind.ts';
import { newId } from '../new-id.ts';
import { newTask } from '../task-runner.ts';
import { requireApplication } from './require-record.ts';

export interface ReleasePreview {
  /** Containers that go on as they are, and are foreign then. */
  readonly containers: readonly { readonly entity: string; readonly host: string; readonly name: string }[];
  /** What keeps it from being released, each in a sentence: containers that are Clocker's own, or gone. */
  readonly blockers: readonly string[];
}

/** Whether an adopted application can be given back. @throws ClockerError not-found | conflict (it is being deleted) */
export function previewRelease(context: Pick<EngineContext, 'plugins'>, view: StoreView, applicationId: string): ReleasePreview {
  const { root } = requireApplication(view, applicationId);
  const entities = view.entitiesOf(root.applicationId);
  const hostName = (id: string): string => view.get('host', id)?.name ?? id;
  const instances = entities.flatMap((entity) => view.instancesOf(entity.id).map((instance) => ({ entity, instance })));
  const kept = instances.filter(
    ({ entity, instance }) => instance.adopted && instance.id === entity.instanceId && instance.containerId !== null,
  );
  const others = instances.filter((one) => !kept.includes(one));
  const isContainer = ({ type }: Entity): boolean => entityKind(context, type) === 'container';
  const volumes = [...view.all('volume').values()].filter((volume) => volume.applicationId === applicationId);
  const snapshots = [...view.all('snapshot').values()].filter((snapshot) => snapshot.applicationId === applicationId);
  const networks = [...view.all('network').values()].filter((network) => network.applicationId === applicationId);
  return {
    containers: kept.map(({ entity, instance: { hostId, containerName: name } }) => ({
      entity: entity.name,
      host: hostName(hostId),
      name,
    })),
    blockers: [
      ...others.map(({ entity, instance: { adopted, containerName, hostId } }) =>
        adopted
          ? `The container of ${entity.name} that was adopted is gone, or about to go.`
          : `${entity.name} runs in ${containerName} on ${hostName(hostId)}, which Clocker made.`,
      ),
      ...entities
        .filter((entity) => isContainer(entity) && view.instancesOf(entity.id).length === 0)
        .map(({ name }) => `${name} has no container.`),
      ...entities.filter(({ type }) => entityKind(context, type) === 'cloud').map(({ name }) => `${name} is a Docker cloud.`),
      ...volumes.map(({ logicalName, hostId }) => `The volume ${logicalName} on ${hostName(hostId)} is Clocker’s.`),
      ...snapshots.map(({ entityName, hostId }) => `The snapshot of ${entityName} on ${hostName(hostId)} is Clocker’s.`),
      ...networks.map(({ logicalName, hostId }) => `The network ${logicalName} on ${hostName(hostId)} is Clocker’s.`),
    ],
  };
}

/**
 * Forgets an adopted application, in one commit; its containers go on as they are, and nothing is done on any host.
 * @throws ClockerError not-found | conflict (it is being deleted, or not all of its containers are the adopted ones)
 */
export async function releaseApplication(
  context: EngineContext,
  cause: TaskCause,
  { applicationId }: { readonly applicationId: ApplicationId },
): Promise<void> {
  await durableCommit('application.release', () =>
    context.store.commit((draft) => {
      const { application } = requireApplication(draft, applicationId);
      const { blockers } = previewRelease(context, draft, applicationId);
      const [first] = blockers;
      if (first !== undefined) {
        const more = blockers.length > 1 ? ` And ${blockers.length - 1} more.` : '';
        const hint = 'Delete the application instead: that stops and removes its containers.';
        throw new ClockerError('conflict', { message: `${application.name} cannot be released. ${first}${more}`, hint });
      }
      const now = context.clock.now();
      forget(draft, applicationId, now);
      const task = newTask(
        { name: `Release ${application.name}`, cause, applicationId },
        { id: newId<'task'>(context.ids), now, effect: null },
      );
      draft.put('task', { ...task, status: 'done', endedAt: now });
    }),
  );
}

function forget(draft: Draft, applicationId: ApplicationId, now: number): void {
  for (const entity of draft.entitiesOf(applicationId)) {
    for (const instance of draft.instancesOf(entity.id)) dropInstance(draft, instance, now);
    draft.remove('entity', entity.id);
    for (const adjunct of draft.adjunctsOf(entity.id)) draft.remove('adjunct', adjunct.id);
  }
  for (const kind of ['generation', 'rollout'] as const) {
    for (const record of draft.all(kind).values()) if (record.applicationId === applicationId) draft.remove(kind, record.id);
  }
  for (const lease of draft.all('lease').values()) if (lease.ownerId === applicationId) draft.remove('lease', lease.id);
  draft.remove('application', applicationId);
}
