import { durableStep } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { removeVolume } from './remove-volume.ts';

/** Removes volumes whose entity was deleted with them while their host was lost, as soon as the host is back. */
export function registerVolumeController(context: EngineContext): void {
  const { store, queue, hosts, tasks } = context;
  queue.register('volume', async (id, signal) => {
    const volume = store.view.get('volume', id);
    const host = volume?.condemned ? store.view.get('host', volume.hostId) : undefined;
    if (!volume || host?.state !== 'ready' || !hosts.ready(host.id)) return;
    const start = { name: `Remove volume ${volume.logicalName}`, cause: { kind: 'controller', by: 'volume' }, hostId: host.id } as const;
    await durableStep({
      name: 'volume.remove',
      // Refused while the container that comes back with the host still uses it: tried again until that is gone.
      act: () => tasks.run(start, () => removeVolume(context, { ...volume, hostId: host.id }, signal)),
      record: () => store.commit((draft) => draft.remove('volume', id)),
    });
  });
}
