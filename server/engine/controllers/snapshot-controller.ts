import { hostImageId } from '../../domain/entity/host-image.ts';
import { containerKey } from '../../domain/entity/ownership.ts';
import type { TaskCause } from '../../domain/entity/task.ts';
import { ClockerError, isHostAway, toClockerError } from '../../domain/shared/clocker-error.ts';
import type { Snapshot } from '../../domain/snapshot/snapshot.ts';
import type { ImageView } from '../../ports/docker-engine.ts';
import { durableStep } from '../durable-step.ts';
import type { EngineContext, TaskHandle } from '../engine-context.ts';
import { ownerLabels } from '../owner-labels.ts';
import { pushAs } from '../registry-login.ts';
import { imageOfSnapshot, removeHalfMade, removeSnapshotImages, type SnapshotPlace } from '../snapshots/snapshot-images.ts';
import { patchSnapshot } from '../snapshots/snapshots-of.ts';

/** Takes, pushes and removes snapshots (key `snapshot:<id>`). One whose host is away waits for it. */
export function registerSnapshotController(context: EngineContext): void {
  const { store, queue, hosts } = context;
  queue.register('snapshot', async (id, signal) => {
    const snapshot = store.view.get('snapshot', id);
    const session = snapshot && hosts.ready(snapshot.hostId);
    if (snapshot && !session) return await withoutHost(context, snapshot);
    if (!snapshot || !session) return;
    const work = { snapshot, engine: session.engine, signal };
    if (snapshot.state === 'taking') await take(context, work);
    if (snapshot.state === 'removing') await remove(context, work);
    if (snapshot.state === 'ready' && snapshot.push?.state === 'wanted') await push(context, work);
  });
}

/** What was to be taken is not what would be there later. */
async function withoutHost({ store }: EngineContext, { id, state, hostId }: Snapshot): Promise<void> {
  const host = store.view.get('host', hostId);
  if (state === 'removing' && host === undefined) {
    await store.commit((draft) => draft.remove('snapshot', id));
    return;
  }
  if (state !== 'taking' || (host !== undefined && host.state !== 'lost' && host.state !== 'refused')) return;
  const problem = `${host?.name ?? 'Its host'} was lost while it was taken`;
  await store.commit((draft) => patchSnapshot(draft, id, { state: 'failed', problem }));
}

async function take(context: EngineContext, work: SnapshotPlace): Promise<void> {
  const { snapshot } = work;
  try {
    await durableStep({
      name: 'snapshot.take',
      look: () => adopt(context, work),
      act: () =>
        runTask(context, work, { name: `Take a snapshot of ${snapshot.entityName}`, by: snapshot.by }, (task) =>
          commit(context, work, task),
        ),
      record: (image) => recordTaken(context, snapshot, image),
    });
  } catch (error) {
    await settle(context, work, error, (problem) => ({ state: 'failed', problem }));
  }
}

async function adopt({ secrets }: EngineContext, work: SnapshotPlace): Promise<ImageView | null> {
  const found = await imageOfSnapshot(secrets, work);
  if (found) await removeHalfMade(secrets, work);
  return found;
}

async function commit(context: EngineContext, { snapshot, engine, signal }: SnapshotPlace, task: TaskHandle): Promise<ImageView> {
  const { image, instanceId, pause, secrets, note } = snapshot;
  const instance = context.store.view.get('instance', instanceId);
  if (!instance) throw new ClockerError('not-found', { message: 'Its container is gone' });
  if (pause && instance.state === 'running') task.line('info', 'The container stands still until its files are read');
  if (snapshot.volumes.length > 0) task.line('info', `Volumes are not in it: ${snapshot.volumes.join(', ')}`);
  if (secrets.variables.length > 0) task.line('info', `Left out, and given again to a container from it: ${secrets.variables.join(', ')}`);
  if (secrets.files.length > 0) task.line('info', `In it, with their secrets: ${secrets.files.join(', ')}`);
  const options = { signal: AbortSignal.any([signal, task.signal]) };
  const { applicationId, entityId } = snapshot;
  const labels = ownerLabels(context.secrets, { name: image, applicationId, entityId });
  const request = { container: containerKey(instance), name: image, labels, comment: note, pause, blank: secrets };
  await engine.commitContainer(request, options);
  const made = await engine.inspectImage(image, options);
  if (made === null) throw new ClockerError('not-found', { message: `${image} was removed as soon as it was made` });
  return made;
}

async function recordTaken({ store, clock }: EngineContext, { id, hostId, image }: Snapshot, { sizeBytes }: ImageView): Promise<void> {
  await store.commit((draft) => {
    if (draft.get('snapshot', id)?.state === 'taking') patchSnapshot(draft, id, { state: 'ready', sizeBytes, problem: '' });
    if (draft.get('host', hostId))
      draft.put('image', { id: hostImageId(hostId, image), hostId, name: image, how: 'snapshot', at: clock.now() });
  });
}

async function push(context: EngineContext, work: SnapshotPlace): Promise<void> {
  const { snapshot, engine, signal } = work;
  const { id, image, push: wanted } = snapshot;
  if (!wanted) return;
  const { reference } = wanted;
  try {
    await durableStep({
      name: 'snapshot.push',
      act: () =>
        runTask(context, work, { name: `Push ${reference}`, by: wanted.by }, async (task) => {
          const options = { signal: AbortSignal.any([signal, task.signal]) };
          if ((await imageOfSnapshot(context.secrets, work)) === null)
            throw new ClockerError('not-found', { message: `${image} is gone from its host` });
          await pushAs(context, engine, { image, reference, ...options });
        }),
      record: () => context.store.commit((draft) => patchSnapshot(draft, id, { push: { ...wanted, state: 'done' } })),
    });
  } catch (error) {
    await settle(context, work, error, (problem) => ({ push: { ...wanted, state: 'failed', problem } }));
  }
}

/** The image only where it is ours; the same under its name in the registry, and what a take has left half made. */
async function remove(context: EngineContext, work: SnapshotPlace): Promise<void> {
  const { snapshot, signal } = work;
  const { id, hostId, image, entityName, by } = snapshot;
  try {
    await durableStep({
      name: 'snapshot.remove',
      act: () =>
        runTask(context, work, { name: `Remove a snapshot of ${entityName}`, by }, async (task) => {
          const removed = await removeSnapshotImages(context.secrets, work);
          for (const name of removed) task.line('info', `Removed ${name}`);
          if (removed.length === 0) task.line('info', `There is no ${image} of ours`);
        }),
      record: () =>
        context.store.commit((draft) => {
          draft.remove('snapshot', id);
          draft.remove('image', hostImageId(hostId, image));
        }),
    });
  } catch (error) {
    const { message } = toClockerError(error);
    if (!signal.aborted) await context.store.commit((draft) => patchSnapshot(draft, id, { problem: message }));
    throw error;
  }
}

/** What may pass is tried again; what does not is told, and waits for a person. */
async function settle(
  context: EngineContext,
  { snapshot, signal }: SnapshotPlace,
  error: unknown,
  failed: (problem: string) => Partial<Snapshot>,
): Promise<void> {
  const failure = toClockerError(error);
  if (signal.aborted || isHostAway(failure)) throw error;
  await context.store.commit((draft) => patchSnapshot(draft, snapshot.id, failed(failure.message)));
}

async function runTask<T>(
  { tasks }: EngineContext,
  { snapshot }: SnapshotPlace,
  { name, by }: { readonly name: string; readonly by: string },
  work: (task: TaskHandle) => Promise<T>,
): Promise<T> {
  const { applicationId, entityId, hostId } = snapshot;
  const cause: TaskCause = { kind: 'user', by };
  return await tasks.run({ name, applicationId, entityId, hostId, cause }, work);
}
