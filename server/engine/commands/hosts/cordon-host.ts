import type { HostId } from '../../../domain/shared/ids.ts';
import type { EngineContext } from '../../engine-context.ts';
import { notFound } from './require-valid.ts';

/** A cordoned host keeps its containers and gets no new ones. Errors: not-found. */
export async function cordonHost(
  context: Pick<EngineContext, 'store'>,
  input: { readonly hostId: HostId; readonly cordoned: boolean },
): Promise<void> {
  await context.store.commit((draft) => {
    const host = draft.get('host', input.hostId);
    if (!host) throw notFound('host', input.hostId);
    if (host.cordoned !== input.cordoned) draft.put('host', { ...host, cordoned: input.cordoned });
  });
}
