import type { Cloud } from '../../../domain/entity/host.ts';
import type { StoreView } from '../../../ports/store.ts';
import { conflict } from './require-valid.ts';

/** Throws `conflict` for a cloud that an application has made: its blueprint says what it is. */
export function requireOwn(view: StoreView, { name, entityId }: Cloud, hint: string): void {
  const entity = entityId && view.get('entity', entityId);
  if (!entity) return;
  const application = view.get('application', entity.applicationId);
  throw conflict(`Cloud ${name} was made by the application ${application?.name ?? entity.name}`, hint);
}
