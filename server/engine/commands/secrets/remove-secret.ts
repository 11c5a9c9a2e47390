import { type SecretKey, secretId } from '../../../domain/shared/secret-record.ts';
import type { EngineContext } from '../../engine-context.ts';
import { usersOfSecret } from '../../secret-users.ts';
import { conflict, notFound } from '../hosts/require-valid.ts';

const MOST_NAMED = 10;

/** Errors: not-found, conflict (applications read it). */
export async function removeSecret({ store, plugins }: Pick<EngineContext, 'store' | 'plugins'>, key: SecretKey): Promise<void> {
  await store.commit((draft) => {
    const id = secretId(key);
    if (!draft.get('secret', id)) throw notFound('secret', id);
    const users = usersOfSecret(key, { view: draft, types: plugins.entityTypes });
    if (users.length > 0) {
      const named = users
        .slice(0, MOST_NAMED)
        .map((user) => `${user.name} of ${draft.get('application', user.applicationId)?.name ?? '?'}`);
      const more = users.length > MOST_NAMED ? ` and ${users.length - MOST_NAMED} more` : '';
      throw conflict(`The secret ${id} is read by ${named.join(', ')}${more}`, 'Update or delete these first.');
    }
    draft.remove('secret', id);
  });
}
