import type { Entity, MachineClaim } from '../../domain/entity/entity.ts';
import { openTaskOf } from '../controllers/entity-step.ts';
import { durableStep } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';

/** A machine goes back to where it came from; the claim is taken off its entity after that. `by`: the controller that is told as the cause. */
export async function giveBackMachine(
  context: EngineContext,
  entity: Entity,
  { claim: { provisioner, machine }, by }: { readonly claim: MachineClaim; readonly by: string },
): Promise<void> {
  const start = { name: `Give machine ${machine} back`, cause: { kind: 'controller', by } } as const;
  const subject = { applicationId: entity.applicationId, entityId: entity.id, parentId: openTaskOf(context, entity) };
  await durableStep({
    name: 'machine.release',
    act: () =>
      context.tasks.run({ ...start, ...subject }, async ({ signal }) => {
        await context.provisioners.get(provisioner)?.release(machine, { signal });
      }),
    record: () =>
      context.store.commit((draft) => {
        const latest = draft.get('entity', entity.id);
        if (!latest) return;
        const { machine: _, ...freed } = latest;
        draft.put('entity', { ...freed, waitingFor: null });
      }),
  });
}
