import type { HostId } from '../../../domain/shared/ids.ts';
import type { EngineContext } from '../../engine-context.ts';
import { WANTED } from './add-host.ts';
import { notFound, requireInCloud } from './require-valid.ts';

/**
 * Installs and configures Docker Engine on a host, or tries it again. What is done already is not done twice, and a running engine is never
 * restarted. @throws ClockerError not-found
 */
export async function setUpHost(context: Pick<EngineContext, 'store'>, input: { readonly hostId: HostId }): Promise<void> {
  await context.store.commit((draft) => {
    const host = draft.get('host', input.hostId);
    if (!host) throw notFound('host', input.hostId);
    requireInCloud(host);
    if (host.setUp?.state !== 'wanted' && host.setUp?.state !== 'running') draft.put('host', { ...host, setUp: WANTED });
  });
}
