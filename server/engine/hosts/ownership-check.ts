import type { OwnershipCheck } from '../../domain/entity/ownership.ts';
import type { Secrets } from '../../ports/secrets.ts';

/** What is ours, by the key of this plane. */
export function ownershipCheck(secrets: Pick<Secrets, 'planeId' | 'verify'>): OwnershipCheck {
  return { planeId: secrets.planeId, verify: (text, signature) => secrets.verify(text, signature) };
}
