import type { VolumeSpec } from '../../domain/entity/container-spec.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { isOnMachine } from '../../domain/software/process-state.ts';
import { durableStep } from '../durable-step.ts';
import { ownerLabels } from '../owner-labels.ts';
import { volumeNameOf } from '../shared-things.ts';
import { ensureDataFolder } from '../software/data-folder.ts';
import { volumeRecordId } from './entity-facts.ts';
import { ownerOf } from './entity-process-steps.ts';
import { operate, patchEntity, type StepInput } from './entity-step.ts';

/** Makes the named volumes of an instance and binds the entity to their host. */
export async function ensureVolumes(input: StepInput, instance: Instance): Promise<void> {
  const { context } = input;
  for (const volume of instance.spec.volumes) {
    if (volume.shared?.external !== undefined) continue;
    const known = context.store.view.get('volume', volumeRecordId(context, instance, volume));
    if (known && !known.planned) await bindToData(input, instance);
    else await ensureVolume(input, instance, volume);
  }
}

async function ensureVolume(input: StepInput, instance: Instance, volume: VolumeSpec): Promise<void> {
  const { context, signal } = input;
  const { hostId, applicationId } = instance;
  const name = volumeNameOf(context.secrets.planeId, instance, volume);
  // What an application shares belongs to its root: it goes with the application, not with one of those that use it.
  const rootId = context.store.view.get('application', applicationId)?.rootId;
  const entityId = volume.shared && rootId ? rootId : instance.entityId;
  const labels = ownerLabels(context.secrets, { name, applicationId, entityId });
  const folder = isOnMachine(instance) ? volume.path : undefined;
  const record = {
    id: volumeRecordId(context, instance, volume),
    hostId,
    entityId,
    applicationId,
    volumeName: folder ?? name,
    logicalName: volume.name,
    createdAt: context.clock.now(),
    ...(folder !== undefined && { folder }),
  };
  await durableStep({
    name: 'volume.ensure',
    intend: () => context.store.commit((draft) => draft.get('volume', record.id) ?? draft.put('volume', { ...record, planned: true })),
    act: () =>
      operate(input, instance, (session) =>
        folder === undefined
          ? session.engine.ensureVolume({ name, labels, definition: volume.shared }, { signal })
          : ensureDataFolder(session, { folder, owner: ownerOf(context, entityId), signal }),
      ),
    record: () =>
      context.store.commit((draft) => {
        draft.put('volume', record);
        patchEntity(draft, instance.entityId, { dataHostId: hostId });
      }),
  });
}

/** The volume is there: another one of those that share it has made it. */
async function bindToData({ context }: StepInput, { entityId, hostId }: Instance): Promise<void> {
  if (context.store.view.get('entity', entityId)?.dataHostId === hostId) return;
  await context.store.commit((draft) => patchEntity(draft, entityId, { dataHostId: hostId }));
}
