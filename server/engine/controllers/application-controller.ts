import { type Application, KEPT_GENERATIONS } from '../../domain/entity/application.ts';
import type { Draft, StoreView } from '../../ports/store.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { condemnSnapshots } from '../snapshots/snapshots-of.ts';

/** Removes the rows of a destroyed application once nothing of it is left, and generations that are too old to go back to. */
export function registerApplicationController(context: EngineContext): void {
  const { store, queue } = context;
  queue.register('application', async (id) => {
    const application = store.view.get('application', id);
    if (!application) return;
    const root = store.view.get('entity', application.rootId);
    const isOver = !root || (root.goal === 'destroyed' && store.view.childrenOf(root.id).length === 0);
    if (isOver && isHolding(store.view, application)) return;
    if (isOver) await durableCommit('application.delete', () => store.commit((draft) => deleteRows(draft, application)));
    else await purgeGenerations(context, application);
  });
}

/** Networks are still being removed, or volumes that go with it; what is on a lost host is not waited for. */
function isHolding(view: StoreView, { id, rootId }: Application): boolean {
  const isAway = (hostId: string): boolean => (view.get('host', hostId)?.state ?? 'lost') === 'lost';
  for (const network of view.all('network').values()) if (network.applicationId === id && !isAway(network.hostId)) return true;
  if (!view.get('entity', rootId)?.destroyVolumes) return false;
  for (const volume of view.all('volume').values()) if (volume.entityId === rootId && !isAway(volume.hostId)) return true;
  return false;
}

function deleteRows(draft: Draft, { id, rootId }: Application): void {
  const root = draft.get('entity', rootId);
  if (root && (root.goal !== 'destroyed' || draft.childrenOf(rootId).length > 0)) return;
  if (root?.destroyVolumes) {
    for (const volume of draft.all('volume').values()) if (volume.entityId === rootId) draft.put('volume', { ...volume, condemned: true });
  }
  draft.remove('entity', rootId);
  for (const adjunct of draft.adjunctsOf(rootId)) draft.remove('adjunct', adjunct.id);
  for (const generation of draft.all('generation').values()) if (generation.applicationId === id) draft.remove('generation', generation.id);
  for (const rollout of draft.all('rollout').values()) if (rollout.applicationId === id) draft.remove('rollout', rollout.id);
  for (const lease of draft.all('lease').values()) if (lease.ownerId === id) draft.remove('lease', lease.id);
  condemnSnapshots(draft, id);
  draft.remove('application', id);
}

async function purgeGenerations({ store }: EngineContext, { id, generation }: Application): Promise<void> {
  const oldest = generation - KEPT_GENERATIONS;
  if (oldest < 1 || !store.view.get('generation', `${id}:${oldest}`)) return;
  await store.commit((draft) => {
    for (const { id: key, applicationId, number } of draft.all('generation').values()) {
      if (applicationId === id && number <= oldest) draft.remove('generation', key);
    }
  });
}
