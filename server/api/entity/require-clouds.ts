import type { Cloud } from '../../domain/entity/host.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { cloudOf } from '../../engine/clouds/cloud-hosts.ts';
import type { Principal } from '../../ports/auth.ts';
import type { StoreView } from '../../ports/store.ts';
import { mayOn } from '../access.ts';
import { cloudChain } from '../scopes.ts';

/**
 * With a Docker cloud, or a host of it, stops what others run there: that is for who may operate the cloud, not only the application that made it.
 * @throws ClockerError auth.forbidden
 */
export function requireCloudsOf(principal: Principal, view: StoreView, entityId: string): void {
  for (const { id, name } of cloudsWith(view, entityId)) {
    if (mayOn(principal, 'operate', cloudChain(id))) continue;
    throw new ClockerError('auth.forbidden', {
      message: `Others may run on the Docker cloud ${name}: your role does not operate it`,
      hint: 'Ask somebody who operates the cloud, or an administrator for that role.',
    });
  }
}

/** The cloud that the entity is, or is a host of, and those below it. */
function* cloudsWith(view: StoreView, entityId: string): Generator<Cloud> {
  for (let at = view.get('entity', entityId)?.parentId ?? null; at !== null; at = view.get('entity', at)?.parentId ?? null) {
    const above = cloudOf(view, at);
    if (above) yield above;
  }
  yield* cloudsBelow(view, entityId);
}

function* cloudsBelow(view: StoreView, entityId: string): Generator<Cloud> {
  const own = cloudOf(view, entityId);
  if (own) yield own;
  for (const { id } of view.childrenOf(entityId)) yield* cloudsBelow(view, id);
}
