import type { EngineContext } from '../../engine-context.ts';
import { notFound } from '../hosts/require-valid.ts';

/** What was built by it stays. Errors: not-found. */
export async function removeArtifactRule({ store }: Pick<EngineContext, 'store'>, from: string): Promise<void> {
  await store.commit((draft) => {
    if (!draft.get('artifactRule', from)) throw notFound('artifact rule for', from);
    draft.remove('artifactRule', from);
  });
}
