import type { Entity } from '../../domain/entity/entity.ts';
import type { HostId, SnapshotId } from '../../domain/shared/ids.ts';
import { isPushed, type Snapshot } from '../../domain/snapshot/snapshot.ts';
import type { Draft, StoreView } from '../../ports/store.ts';

/** Names of the entities that run from a snapshot, or have a container of it still. */
export function usersOfSnapshot(view: StoreView, snapshot: Snapshot): readonly string[] {
  const users = new Set<string>();
  for (const entity of view.entitiesOf(snapshot.applicationId)) {
    const isUser = entity.snapshot?.id === snapshot.id && entity.goal !== 'destroyed';
    if (isUser || view.instancesOf(entity.id).some(({ spec }) => spec.snapshot?.id === snapshot.id)) users.add(entity.name);
  }
  return [...users].sort();
}

/** The only host that has what the entity runs from; null where it runs from no snapshot, or from one that any host can fetch. */
export function snapshotHost(view: StoreView, { snapshot: restored }: Pick<Entity, 'snapshot'>): HostId | null {
  const snapshot = restored && view.get('snapshot', restored.id);
  return snapshot === undefined || isPushed(snapshot) ? null : snapshot.hostId;
}

/** They go with their application. */
export function condemnSnapshots(draft: Draft, applicationId: string): void {
  for (const snapshot of draft.all('snapshot').values()) {
    if (snapshot.applicationId === applicationId) draft.put('snapshot', { ...snapshot, state: 'removing', problem: '' });
  }
}

/** A host goes, and with it what only it had. */
export function forgetSnapshots(draft: Draft, hostId: HostId): void {
  for (const snapshot of draft.all('snapshot').values()) {
    const isElsewhere = isPushed(snapshot) && snapshot.state === 'ready';
    if (snapshot.hostId === hostId && !isElsewhere) draft.remove('snapshot', snapshot.id);
  }
}

export function patchSnapshot(draft: Draft, id: SnapshotId, patch: Partial<Snapshot>): void {
  const snapshot = draft.get('snapshot', id);
  if (snapshot) draft.put('snapshot', { ...snapshot, ...patch });
}
