import type { CredentialId } from '../../../domain/shared/ids.ts';
import type { EngineContext } from '../../engine-context.ts';
import { conflict, notFound } from './require-valid.ts';

/** Errors: not-found, conflict (hosts log in with it). */
export async function removeCredential(
  context: Pick<EngineContext, 'store'>,
  input: { readonly credentialId: CredentialId },
): Promise<void> {
  await context.store.commit((draft) => {
    const credential = draft.get('credential', input.credentialId);
    if (!credential) throw notFound('credential', input.credentialId);
    const users = [...draft.all('host').values()].filter((host) => host.credentialId === credential.id).map((host) => host.name);
    if (users.length > 0) throw conflict(`${credential.name} is used by ${users.join(', ')}`, 'Remove these hosts first.');
    draft.remove('credential', credential.id);
  });
}
