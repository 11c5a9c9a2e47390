import { NO_CRASH } from '../../domain/entity/crash-back-off.ts';
import type { Entity, Question } from '../../domain/entity/entity.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { durableCommit, durableStep } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { volumesOf } from './entity-facts.ts';
import { patchEntity, runStepTask, type StepInput } from './entity-step.ts';
import { removeVolume } from './remove-volume.ts';

/** Removes the entity's named volumes from every host that is there. */
export async function removeVolumes(input: StepInput): Promise<void> {
  const { context, entity, signal } = input;
  for (const volume of volumesOf(context.store.view, entity)) {
    if (context.store.view.get('host', volume.hostId)?.state !== 'ready') continue;
    await durableStep({
      name: 'volume.remove',
      act: () =>
        runStepTask(input, { name: `Remove volume ${volume.logicalName}`, hostId: volume.hostId }, () =>
          removeVolume(context, volume, signal),
        ),
      record: () => context.store.commit((draft) => draft.remove('volume', volume.id)),
    });
  }
  if (entity.parentId === null) context.queue.enqueue(`application:${entity.applicationId}`);
}

/** The end of an entity: nothing of it is left on any host that can be reached. Volumes that are to go with it are removed when their host is back. */
export async function deleteEntityRow({ context, entity }: StepInput): Promise<void> {
  await durableCommit('entity.delete', () =>
    context.store.commit((draft) => {
      const gone = draft.get('entity', entity.id)?.goal === 'destroyed';
      if (!gone || draft.childrenOf(entity.id).length > 0 || draft.instancesOf(entity.id).length > 0) return;
      draft.remove('entity', entity.id);
      if (entity.destroyVolumes) for (const volume of volumesOf(draft, entity)) draft.put('volume', { ...volume, condemned: true });
      draft.remove('decision', refusalId(entity.id));
      for (const { id } of draft.adjunctsOf(entity.id)) draft.remove('adjunct', id);
    }),
  );
  context.history.forget(entity.id);
  context.metrics.forget(entity.id);
  context.sensors.forget(entity.id);
}

/** Id of the decision that explains why an entity has no host. */
export function refusalId(entityId: string): string {
  return `unplaced:${entityId}`;
}

/** Its blueprint asks for another image than the one that the snapshot was in the place of. */
export async function dropSnapshot({ store }: EngineContext, { id, snapshot }: Entity): Promise<void> {
  await store.commit((draft) => {
    const latest = draft.get('entity', id);
    if (latest?.snapshot === undefined || latest.snapshot.serial !== snapshot?.serial) return;
    const { snapshot: _, ...entity } = latest;
    draft.put('entity', entity);
  });
}

/** The entity's data, or the snapshot that it runs from, is on a lost host: a person decides. */
export async function ask({ context, entity }: StepInput, instance: Instance | undefined): Promise<void> {
  const host = instance && context.store.view.get('host', instance.hostId);
  const name = host?.name ?? 'a host';
  const question = entity.dataHostId === null ? questionAboutSnapshot(name) : questionAbout(name);
  await context.store.commit((draft) => patchEntity(draft, entity.id, { question }));
}

export async function withdrawQuestion({ context, entity }: StepInput): Promise<void> {
  await context.store.commit((draft) => patchEntity(draft, entity.id, { question: null }));
}

/** It has been up for long enough: what went wrong before no longer counts. */
export async function calm({ context, entity }: StepInput): Promise<void> {
  await context.store.commit((draft) => {
    const { 'crash-loop': _, start: __, ...problems } = draft.get('entity', entity.id)?.problems ?? {};
    patchEntity(draft, entity.id, { crash: NO_CRASH, problems });
  });
}

function questionAbout(host: string): Question {
  return {
    code: 'data-on-lost-host',
    text: `Its data is on ${host}, which is lost`,
    choices: [
      { id: 'wait', title: `Wait for ${host}`, effect: 'Nothing is done until the host comes back; its data is kept.' },
      {
        id: 'start-empty',
        title: 'Start empty elsewhere',
        effect: `Starts on another host with empty volumes. The data on ${host} is kept there.`,
      },
      { id: 'stop', title: 'Stop', effect: 'The entity is stopped; its data is kept.' },
    ],
  };
}

function questionAboutSnapshot(host: string): Question {
  return {
    code: 'snapshot-on-lost-host',
    text: `It runs from a snapshot that only ${host} has, which is lost`,
    choices: [
      { id: 'wait', title: `Wait for ${host}`, effect: 'Nothing is done until the host comes back.' },
      {
        id: 'leave-snapshot',
        title: "Back to the blueprint's image",
        effect: `Starts on another host without what the snapshot has. The snapshot on ${host} is kept there.`,
      },
      { id: 'stop', title: 'Stop', effect: 'The entity is stopped; the snapshot is kept.' },
    ],
  };
}
