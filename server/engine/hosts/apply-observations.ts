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

export interface Applied {
  /** Rows that are something else now. */
  readonly changed: readonly InstanceId[];
  /** Rows that somebody else changed since the look: they must be looked at again. */
  readonly overtaken: readonly InstanceId[];
}

/** Writes what was seen into a draft, newest incarnations first, so that of two lost ones the newer is adopted. */
export function applyObservations(draft: Draft, observations: readonly Observation[]): Applied {
  const overtaken: InstanceId[] = [];
  const changed: InstanceId[] = [];
  for (const { seen, container } of [...observations].sort((a, b) => b.seen.incarnation - a.seen.incarnation)) {
    const now = draft.get('instance', seen.id);
    if (!now) continue;
    if (now !== seen) {
      overtaken.push(seen.id);
      continue;
    }
    const after = observeInstance(now, container, { replaced: isReplaced(now, draft.instancesOf(now.entityId)) });
    if (after === now) continue;
    draft.put('instance', after);
    changed.push(seen.id);
  }
  return { changed, overtaken };
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
