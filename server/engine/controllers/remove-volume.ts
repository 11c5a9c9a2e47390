import type { HostId } from '../../domain/shared/ids.ts';
import type { VolumeRecord } from '../../domain/shared/records.ts';
import type { EngineContext } from '../engine-context.ts';
import { removeDataFolder } from '../software/data-folder.ts';
import { ownerOf } from './entity-process-steps.ts';

/** Takes a volume away with its data, or on a machine without Docker the folder that is in its place. */
export async function removeVolume(
  context: Pick<EngineContext, 'hosts' | 'secrets'>,
  { hostId, entityId, volumeName, folder }: VolumeRecord & { readonly hostId: HostId },
  signal: AbortSignal,
): Promise<void> {
  await context.hosts.operate(hostId, (session) =>
    folder === undefined
      ? session.engine.removeVolume(volumeName, { signal })
      : removeDataFolder(session, { folder, owner: ownerOf(context, entityId), signal }),
  );
}
