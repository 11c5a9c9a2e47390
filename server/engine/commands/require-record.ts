import type { Application } from '../../domain/entity/application.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { StoreView } from '../../ports/store.ts';

/** @throws ClockerError not-found | conflict (it is being deleted) */
export function requireApplication(view: StoreView, applicationId: string): { readonly application: Application; readonly root: Entity } {
  const application = view.get('application', applicationId);
  const root = application && view.get('entity', application.rootId);
  if (!application || !root) throw new ClockerError('not-found', { message: `There is no application ${applicationId}` });
  if (root.goal === 'destroyed') throw beingDeleted(application.name);
  return { application, root };
}

/** @throws ClockerError not-found | conflict (it is being deleted) */
export function requireEntity(view: StoreView, entityId: string): Entity {
  const entity = view.get('entity', entityId);
  if (!entity) throw new ClockerError('not-found', { message: `There is no entity ${entityId}` });
  if (entity.goal === 'destroyed') throw beingDeleted(entity.name);
  return entity;
}

function beingDeleted(name: string): ClockerError {
  return new ClockerError('conflict', { message: `${name} is being deleted`, hint: 'Wait until it is gone, or deploy it anew.' });
}
