import { cloudOfHost } from '../../../domain/cloud/cloud-of-host.ts';
import type { TaskCause } from '../../../domain/entity/task.ts';
import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { SnapshotId } from '../../../domain/shared/ids.ts';
import { durableCommit } from '../../durable-step.ts';
import type { EngineContext } from '../../engine-context.ts';
import { conflict, notFound } from '../hosts/require-valid.ts';

export interface PushInput {
  readonly snapshotId: SnapshotId;
  /** Files with secrets that the caller knows to be in it, by path: all of them. */
  readonly files: readonly string[];
}

/**
 * Wants a snapshot in the registry of its host's cloud, where everybody who may read there has what is in it; its controller pushes it.
 * @throws ClockerError not-found | conflict (not there, no registry, pushed already, a file with secrets was not named)
 */
export async function pushSnapshot(context: EngineContext, cause: TaskCause, { snapshotId, files }: PushInput): Promise<void> {
  await durableCommit('snapshot.want-push', () =>
    context.store.commit((draft) => {
      const snapshot = draft.get('snapshot', snapshotId);
      if (!snapshot) throw notFound('snapshot', snapshotId);
      if (snapshot.state !== 'ready') throw conflict(`The snapshot is ${snapshot.state}`, 'Only one that is ready can be pushed.');
      if (snapshot.push && snapshot.push.state !== 'failed')
        throw conflict(`It is pushed as ${snapshot.push.reference}`, 'Nothing is left to do.');
      const registry = cloudOfHost(draft, draft.get('host', snapshot.hostId))?.imageRegistry;
      if (registry === undefined) throw conflict('The cloud of its host has no registry', 'Set one in Settings → Clouds.');
      const unnamed = snapshot.secrets.files.filter((path) => !files.includes(path));
      if (unnamed.length > 0) {
        throw new ClockerError('conflict', {
          message: `Files in it have secrets in them: ${unnamed.join(', ')}`,
          hint: 'Everybody who may read the registry could read them. Name each of these files to push it all the same.',
        });
      }
      const push = { state: 'wanted', reference: `${registry}/${snapshot.image}`, problem: '', by: cause.by } as const;
      draft.put('snapshot', { ...snapshot, push });
    }),
  );
}
