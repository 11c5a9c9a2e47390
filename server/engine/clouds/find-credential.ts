import type { Credential } from '../../domain/entity/host.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { StoreView } from '../../ports/store.ts';

/** The stored key of that name; without a name the only one there is. @throws ClockerError input.invalid */
export function findCredential(view: Pick<StoreView, 'all'>, name: string | undefined): Credential {
  const stored = [...view.all('credential').values()];
  const [only, second] = stored;
  const found = name === undefined ? (second === undefined ? only : undefined) : stored.find((credential) => credential.name === name);
  if (found) return found;
  const known = stored.length === 0 ? 'None is stored yet' : `Stored are ${stored.map((credential) => credential.name).join(', ')}`;
  throw new ClockerError('input.invalid', {
    message: name === undefined ? 'It is not said with which stored key to log in' : `There is no stored key ${name}`,
    hint: `${known}. Store the key under Hosts → Credentials, and name it in the location with “credential”.`,
  });
}
