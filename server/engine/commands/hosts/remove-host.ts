import type { Host } from '../../../domain/entity/host.ts';
import type { Instance } from '../../../domain/entity/instance.ts';
import type { HostId } from '../../../domain/shared/ids.ts';
import { isPushed } from '../../../domain/snapshot/snapshot.ts';
import type { Draft } from '../../../ports/store.ts';
import type { EngineContext } from '../../engine-context.ts';
import { dropHost } from '../../hosts/drop-host.ts';
import { conflict, notFound, requireInCloud } from './require-valid.ts';

/**
 * Takes a host out of its cloud. A host with containers or volumes of ours is not removed. One that is lost or refused may go once
 * nothing waits for it: what it still holds of ours is then forgotten, not deleted.
 * @throws ClockerError not-found | conflict
 */
export async function removeHost(context: Pick<EngineContext, 'store' | 'clock'>, input: { readonly hostId: HostId }): Promise<void> {
  await context.store.commit((draft) => {
    const host = draft.get('host', input.hostId);
    if (!host) throw notFound('host', input.hostId);
    requireInCloud(host);
    if (host.origin && draft.get('entity', host.origin.entityId)) {
      throw conflict(
        `Host ${host.name} belongs to a Docker cloud of an application`,
        'Call release on it in the application, or resize the cloud.',
      );
    }
    const held = draft.instancesOn(host.id).filter((instance) => !isForgettable(host, instance));
    if (held.length > 0) {
      throw conflict(
        `Host ${host.name} has ${count(held.length, 'container')} of ${namesOf(draft, held)}`,
        'Cordon the host, then restart or stop what runs there; a container that is gone counts no more.',
      );
    }
    requireNoData(draft, host);
    requireNoSnapshots(draft, host);
    requireNoNetworks(draft, host);
    dropHost(draft, host, context.clock.now());
  });
}

function isForgettable(host: Host, instance: Instance): boolean {
  const away = host.state === 'lost' || host.state === 'refused';
  return away && (instance.state === 'lost' || instance.state === 'removing');
}

/** Volumes of entities that are bound to this host: with the host they would lose their data. */
function requireNoData(draft: Draft, host: Host): void {
  const volumes = [...draft.all('volume').values()].filter(
    ({ hostId, entityId }) => hostId === host.id && draft.get('entity', entityId)?.dataHostId === host.id,
  );
  if (volumes.length === 0) return;
  const names = [...new Set(volumes.map((volume) => draft.get('entity', volume.entityId)?.name ?? volume.entityId))];
  throw conflict(
    `Host ${host.name} holds data of ${names.join(', ')}`,
    'Delete these with their volumes, or answer their question so that they start empty elsewhere.',
  );
}

/** What no registry has would be gone with the host; on a host that is away, only what somebody runs from counts. */
function requireNoSnapshots(draft: Draft, host: Host): void {
  const isAway = host.state === 'lost' || host.state === 'refused';
  const snapshots = [...draft.all('snapshot').values()].filter((one) => one.hostId === host.id && !isPushed(one));
  const kept = isAway ? snapshots.filter((one) => draft.get('entity', one.entityId)?.snapshot?.id === one.id) : snapshots;
  if (kept.length === 0) return;
  const names = [...new Set(kept.map(({ entityName }) => entityName))];
  throw conflict(
    `Host ${host.name} has ${count(kept.length, 'snapshot')} of ${names.join(', ')}`,
    "Remove or push them first; what runs from one goes back to the blueprint's image.",
  );
}

/** They go by themselves once no container is on them, as long as the host is there to do it. */
function requireNoNetworks(draft: Draft, host: Host): void {
  const hasSome = [...draft.all('network').values()].some(({ hostId }) => hostId === host.id);
  if (!hasSome || host.state === 'lost' || host.state === 'refused') return;
  throw conflict(`Host ${host.name} still has networks of ours, which are being removed`, 'Try again in a moment.');
}

function namesOf(draft: Draft, instances: readonly Instance[]): string {
  const names = [...new Set(instances.map((instance) => draft.get('entity', instance.entityId)?.name ?? instance.containerName))];
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
