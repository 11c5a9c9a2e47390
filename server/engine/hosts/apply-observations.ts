import type { Instance } from '../../domain/entity/instance.ts';
import type { InstanceId } from '../../domain/shared/ids.ts';
import type { ContainerView } from '../../ports/docker-engine.ts';
import type { Draft } from '../../ports/store.ts';
import { isReplaced, observeInstance } from './observe-instance.ts';

export interface Observation {
  /** The row as it was before the look. */
  readonly seen: Instance;
  /** Null when there is no such container. */
  readonly container: ContainerView | null;
}

/**
 * Writes what was seen into a draft, newest incarnations first, so that of two lost ones the newer is adopted. Rows that
 * somebody else changed since the look are returned: they must be looked at again.
 */
export function applyObservations(draft: Draft, observations: readonly Observation[]): readonly InstanceId[] {
  const overtaken: InstanceId[] = [];
  for (const { seen, container } of [...observations].sort((a, b) => b.seen.incarnation - a.seen.incarnation)) {
    const now = draft.get('instance', seen.id);
    if (!now) continue;
    if (now !== seen) {
      overtaken.push(seen.id);
      continue;
    }
    const after = observeInstance(now, container, { replaced: isReplaced(now, draft.instancesOf(now.entityId)) });
    if (after !== now) draft.put('instance', after);
  }
  return overtaken;
}

/** Its host is lost: nothing there serves any more. Rows being removed stay so, and are finished when the host is back. */
export function loseInstances(draft: Draft, hostId: string): number {
  let lost = 0;
  for (const instance of draft.instancesOn(hostId)) {
    if (instance.state === 'lost' || instance.state === 'removing') continue;
    draft.put('instance', { ...instance, state: 'lost', ready: false });
    lost += 1;
  }
  return lost;
}
