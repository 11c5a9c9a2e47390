import type { Instance } from '../domain/entity/instance.ts';
import type { Draft } from '../ports/store.ts';
import { releaseLeases } from './leases.ts';

/** The row of a container that is gone or given up, with the ports and addresses that it holds and the decision that it alone came from. `now`: milliseconds since the epoch. */
export function dropInstance(draft: Draft, { id }: Instance, now: number): void {
  const instance = draft.get('instance', id);
  if (!instance) return;
  const { entityId, decisionId } = instance;
  releaseLeases(draft, instance, now);
  draft.remove('instance', id);
  if (decisionId && !draft.instancesOf(entityId).some((other) => other.decisionId === decisionId)) draft.remove('decision', decisionId);
  const entity = draft.get('entity', entityId);
  if (entity?.instanceId === id) draft.put('entity', { ...entity, instanceId: null });
}
