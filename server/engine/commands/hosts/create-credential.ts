import type { CredentialId } from '../../../domain/shared/ids.ts';
import type { EngineContext } from '../../engine-context.ts';
import { newId } from '../../new-id.ts';
import { conflict, requireName } from './require-valid.ts';
import { generateSshKey, readSshKey } from './ssh-key.ts';

export type CreateCredentialInput =
  | { readonly name: string; readonly privateKey: string }
  | { readonly name: string; readonly generate: true };

/**
 * Keeps a private SSH key, sealed: a pasted one or a new ed25519 one. Only the public part ever comes back.
 * @throws ClockerError input.invalid (not a key, or one with a passphrase) | conflict (the name is taken)
 */
export async function createCredential(
  context: Pick<EngineContext, 'store' | 'ids' | 'clock' | 'secrets'>,
  input: CreateCredentialInput,
): Promise<{ readonly credentialId: CredentialId; readonly publicKey: string }> {
  requireName('credential', input.name);
  const comment = `clocker-${input.name}`;
  const key = 'privateKey' in input ? readSshKey(input.privateKey, comment) : generateSshKey(comment);
  const sealed = context.secrets.seal(key.privateKey);
  return await context.store.commit((draft) => {
    for (const other of draft.all('credential').values()) {
      if (other.name === input.name) throw conflict(`There is already a credential ${input.name}`, 'Choose another name.');
    }
    const id = newId<'credential'>(context.ids);
    const { publicKey } = key;
    draft.put('credential', { id, name: input.name, kind: 'ssh-key', publicKey, sealed, createdAt: context.clock.now() });
    return { credentialId: id, publicKey };
  });
}
