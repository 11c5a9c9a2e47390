import type { CloudId } from '../../../domain/shared/ids.ts';
import type { EngineContext } from '../../engine-context.ts';
import { requireOwn } from './require-own.ts';
import { conflict, notFound } from './require-valid.ts';

/** Errors: not-found, conflict (it has hosts or networks, or applications are deployed to it). */
export async function removeCloud(context: Pick<EngineContext, 'store'>, input: { readonly cloudId: CloudId }): Promise<void> {
  await context.store.commit((draft) => {
    const cloud = draft.get('cloud', input.cloudId);
    if (!cloud) throw notFound('cloud', input.cloudId);
    requireOwn(draft, cloud, 'Delete that application.');
    const hosts = draft.hostsOf(cloud.id);
    if (hosts.length > 0) throw conflict(`Cloud ${cloud.name} has ${hosts.length} hosts`, 'Remove its hosts first.');
    const used = [...draft.all('application').values()].find((application) => application.location === cloud.name);
    if (used) throw conflict(`Application ${used.name} is deployed to ${cloud.name}`, 'Delete it first.');
    const network = [...draft.all('virtualNetwork').values()].find(({ cloudId }) => cloudId === cloud.id);
    if (network) throw conflict(`Cloud ${cloud.name} has a network ${network.logicalName}`, 'Delete its networks first.');
    draft.remove('cloud', cloud.id);
  });
}
