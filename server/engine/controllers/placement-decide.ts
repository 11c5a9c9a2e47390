import type { ContainerSpec } from '../../domain/entity/container-spec.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { Cloud } from '../../domain/entity/host.ts';
import { decidePlacement, type PlacementOutcome } from '../../domain/placement/decide-placement.ts';
import { resolveStrategies } from '../../domain/placement/resolve-strategies.ts';
import { isStateful } from '../desired-container.ts';
import type { EngineContext } from '../engine-context.ts';
import type { HostBoard } from './placement-hosts.ts';
import { ownStrategies, toRequest } from './placement-views.ts';

export interface Deciding {
  readonly context: Pick<EngineContext, 'plugins'>;
  readonly cloud: Cloud;
  readonly entity: Entity;
  readonly spec: ContainerSpec;
}

/** The host for one entity by the cloud's strategies and then its own, with the reasons. The preview before a deploy and the deploy itself ask here. */
export function decideHost(board: HostBoard, { context, cloud, entity, spec }: Deciding): PlacementOutcome {
  const resolved = resolveStrategies([...cloud.strategies, ...ownStrategies(context, board.records, entity)], context.plugins.placement);
  if (!resolved.ok) return { hostId: null, explanation: [{ by: 'host', hostId: null, text: resolved.message, refused: true }] };
  const { home, torn } = board.homeOf(entity);
  if (torn !== undefined) return { hostId: null, explanation: [{ by: 'same-host', hostId: null, text: torn, refused: true }] };
  const bound = entity.dataHostId && board.has(entity.dataHostId) && isStateful(spec) ? entity.dataHostId : null;
  const request = toRequest(context, board.records, { entity, spec, boundTo: bound, home });
  return decidePlacement(request, board.candidates(entity, spec), resolved.strategies, board);
}
