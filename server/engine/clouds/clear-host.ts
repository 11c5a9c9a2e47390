import type { Host } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import type { Snapshot } from '../../domain/snapshot/snapshot.ts';
import { removeVolume } from '../controllers/remove-volume.ts';
import { dropInstance } from '../drop-instance.ts';
import { durableCommit, durableStep } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { dropHost, dropVolume } from '../hosts/drop-host.ts';
import { ownershipCheck } from '../hosts/ownership-check.ts';
import { removeOwnContainer } from '../hosts/remove-own-container.ts';
import { removeSnapshotImages } from '../snapshots/snapshot-images.ts';

/** Takes what is ours from a host that goes: containers, then volumes and snapshots where they are to go. Networks go by themselves, without containers. */
export async function clearHost(
  context: EngineContext,
  host: Host,
  { removeVolumes, signal }: { readonly removeVolumes: boolean; readonly signal: AbortSignal },
): Promise<void> {
  const { view } = context.store;
  for (const instance of view.instancesOn(host.id)) await clearContainer(context, host, { instance, signal });
  if (!removeVolumes) return;
  for (const volume of view.all('volume').values())
    if (volume.hostId === host.id) await clearVolume(context, { ...volume, hostId: host.id }, signal);
  for (const snapshot of view.all('snapshot').values())
    if (snapshot.hostId === host.id) await clearSnapshot(context, host, { snapshot, signal });
}

async function clearContainer(
  context: EngineContext,
  host: Host,
  { instance, signal }: { readonly instance: Instance; readonly signal: AbortSignal },
): Promise<void> {
  const start = {
    name: `Remove container ${instance.containerName}`,
    cause: { kind: 'controller', by: 'cloud' },
    hostId: host.id,
  } as const;
  await durableStep({
    name: 'host.clear-container',
    act: () =>
      context.tasks.run(start, () =>
        context.hosts.operate(host.id, async ({ engine }) => {
          await removeOwnContainer(engine, instance, { check: ownershipCheck(context.secrets), signal });
        }),
      ),
    record: () => context.store.commit((draft) => dropInstance(draft, instance, context.clock.now())),
  });
}

async function clearVolume(context: EngineContext, volume: Parameters<typeof removeVolume>[1], signal: AbortSignal): Promise<void> {
  await durableStep({
    name: 'volume.remove',
    act: () => removeVolume(context, volume, signal),
    record: () => context.store.commit((draft) => dropVolume(draft, volume)),
  });
}

async function clearSnapshot(
  context: EngineContext,
  host: Host,
  { snapshot, signal }: { readonly snapshot: Snapshot; readonly signal: AbortSignal },
): Promise<void> {
  await durableStep({
    name: 'snapshot.remove',
    act: () => context.hosts.operate(host.id, ({ engine }) => removeSnapshotImages(context.secrets, { snapshot, engine, signal })),
    record: () => context.store.commit((draft) => draft.remove('snapshot', snapshot.id)),
  });
}

/** Takes the host out of its cloud: what is still on it of ours is forgotten, not removed. */
export async function forgetHost({ store, clock }: EngineContext, host: Host): Promise<void> {
  await durableCommit('host.forget', () => store.commit((draft) => dropHost(draft, host, clock.now())));
}
