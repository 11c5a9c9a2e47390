import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { HostId } from '../../../domain/shared/ids.ts';
import type { EngineContext } from '../../engine-context.ts';
import { notFound, requireInCloud } from './require-valid.ts';

/** A cordoned host keeps its containers and gets no new ones. Errors: not-found, conflict (a host that is drained stays cordoned). */
export async function cordonHost(
  context: Pick<EngineContext, 'store'>,
  input: { readonly hostId: HostId; readonly cordoned: boolean },
): Promise<void> {
  await context.store.commit((draft) => {
    const host = draft.get('host', input.hostId);
    if (!host) throw notFound('host', input.hostId);
    requireInCloud(host);
    if (host.drain && !input.cordoned) {
      throw new ClockerError('conflict', { message: `${host.name} is being drained`, hint: 'Cancel the drain first.' });
    }
    if (host.cordoned !== input.cordoned) draft.put('host', { ...host, cordoned: input.cordoned });
  });
}
