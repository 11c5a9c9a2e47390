import type { SnapshotId } from '../../../domain/shared/ids.ts';
import { durableCommit } from '../../durable-step.ts';
import type { EngineContext } from '../../engine-context.ts';
import { usersOfSnapshot } from '../../snapshots/snapshots-of.ts';
import { conflict, notFound } from '../hosts/require-valid.ts';

/**
 * Wants a snapshot gone: its controller removes the image as soon as its host can be reached. What was pushed stays in the registry.
 * @throws ClockerError not-found | conflict (it is being taken, or an entity runs from it)
 */
export async function removeSnapshot(context: EngineContext, { snapshotId }: { readonly snapshotId: SnapshotId }): Promise<void> {
  await durableCommit('snapshot.condemn', () =>
    context.store.commit((draft) => {
      const snapshot = draft.get('snapshot', snapshotId);
      if (!snapshot) throw notFound('snapshot', snapshotId);
      if (snapshot.state === 'taking') throw conflict('It is being taken', 'Cancel its task first.');
      const users = usersOfSnapshot(draft, snapshot);
      if (users.length > 0) throw conflict(`${users.join(', ')} runs from it`, "Take it back to the blueprint's image first.");
      draft.put('snapshot', { ...snapshot, state: 'removing', problem: '' });
    }),
  );
}
