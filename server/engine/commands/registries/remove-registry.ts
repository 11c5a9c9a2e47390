import type { EngineContext } from '../../engine-context.ts';
import { notFound } from '../hosts/require-valid.ts';

/** Forgets a registry with its login. What runs goes on; hosts keep the images that they have. Errors: not-found. */
export async function removeRegistry({ store }: Pick<EngineContext, 'store'>, id: string): Promise<void> {
  await store.commit((draft) => {
    if (!draft.get('registry', id)) throw notFound('registry', id);
    draft.remove('registry', id);
  });
}
