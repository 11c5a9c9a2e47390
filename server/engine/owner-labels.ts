import { type Ownership, ownershipLabels } from '../domain/entity/ownership.ts';
import type { Secrets } from '../ports/secrets.ts';

/** Signed labels for something that an entity has on a host. What is no container has no instance. */
export function ownerLabels(
  secrets: Pick<Secrets, 'planeId' | 'sign'>,
  owner: Pick<Ownership, 'name' | 'applicationId' | 'entityId'> & Partial<Ownership>,
): Readonly<Record<string, string>> {
  const { name, applicationId, entityId, instanceId = '', incarnation = 0, specHash = '' } = owner;
  const { planeId } = secrets;
  return ownershipLabels({ planeId, name, applicationId, entityId, instanceId, incarnation, specHash }, (text) => secrets.sign(text));
}
