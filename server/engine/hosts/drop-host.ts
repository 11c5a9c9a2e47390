import type { Host } from '../../domain/entity/host.ts';
import type { VolumeRecord } from '../../domain/shared/records.ts';
import type { Draft } from '../../ports/store.ts';
import { dropInstance } from '../drop-instance.ts';
import { dropPart } from '../sdn/virtual-networks.ts';
import { forgetSnapshots } from '../snapshots/snapshots-of.ts';
import { forgetImages } from './images-of-host.ts';

/** The row of a host, with all that is known of what is on it: that is forgotten, not removed. `now`: milliseconds since the epoch. */
export function dropHost(draft: Draft, { id }: Pick<Host, 'id'>, now: number): void {
  for (const instance of draft.instancesOn(id)) dropInstance(draft, instance, now);
  for (const volume of draft.all('volume').values()) if (volume.hostId === id) dropVolume(draft, volume);
  for (const network of draft.all('network').values()) if (network.hostId === id) dropPart(draft, network, now);
  forgetImages(draft, id);
  forgetSnapshots(draft, id);
  draft.remove('host', id);
}

/** The entity may start empty anywhere. */
export function dropVolume(draft: Draft, { id, entityId, hostId }: VolumeRecord): void {
  draft.remove('volume', id);
  const entity = draft.get('entity', entityId);
  if (entity?.dataHostId === hostId) draft.put('entity', { ...entity, dataHostId: null });
}
