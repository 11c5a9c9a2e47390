import type { EntityId } from '../../domain/shared/ids.ts';
import type { EngineContext } from '../../engine/engine-context.ts';
import { whereItRuns } from '../../engine/software/where-it-runs.ts';
import type { Principal } from '../../ports/auth.ts';
import { requireCloudsOf } from '../entity/require-clouds.ts';
import { SYSTEM } from '../scopes.ts';
import { requireScopes } from '../trpc.ts';

/**
 * What is attached acts in the place of who attached it: with the rights of that person and no more. On a machine its commands are those of the
 * machine's user, which is for who may take machines.
 * @throws ClockerError auth.forbidden
 */
export function requireRightsOf(
  engine: Pick<EngineContext, 'store' | 'plugins' | 'provisioners'>,
  principal: Principal,
  entityId: EntityId,
): void {
  const { view } = engine.store;
  requireCloudsOf(principal, view, entityId);
  const entity = view.get('entity', entityId);
  const isSoftware = entity !== undefined && engine.plugins.entityTypes.get(entity.type)?.software !== undefined;
  if (isSoftware && whereItRuns(engine, view, entity) === 'machine') requireScopes(principal, 'administer', [SYSTEM]);
}
