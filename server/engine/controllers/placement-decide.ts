import type { ContainerSpec } from '../../domain/entity/container-spec.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { Cloud } from '../../domain/entity/host.ts';
import { type Asked, decidePlacement, type PlacementOutcome } from '../../domain/placement/decide-placement.ts';
import type { StrategyChoice } from '../../domain/placement/placement.ts';
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
  const own = ownStrategies(context, board.records, entity);
  const resolved = board.resolve([...cloud.strategies, ...own]);
  if (!resolved.ok) return { hostId: null, explanation: [{ by: 'host', hostId: null, text: resolved.message, refused: true }] };
  const { home, torn } = board.homeOf(entity);
  if (torn !== undefined) return { hostId: null, explanation: [{ by: 'same-host', hostId: null, text: torn, refused: true }] };
  const bound = entity.dataHostId && board.has(entity.dataHostId) && isStateful(spec) ? entity.dataHostId : null;
  const request = toRequest(context, board.records, { entity, spec, boundTo: bound, home });
  const { sequence, lastHostOrder } = board;
  const asked: Asked = { request, strategies: resolved.strategies, context: { sequence, lastHostOrder } };
  const indexed = bound === null && home === undefined ? byIndex(board, asked, { entity, spec, own }) : null;
  return indexed ?? decidePlacement(request, board.candidates(entity, spec), asked.strategies, asked.context);
}

/** Null where all hosts have to be looked at: to find one, or to tell why there is none. */
function byIndex(
  { index, judgeOf }: Pick<HostBoard, 'index' | 'judgeOf'>,
  asked: Asked,
  { entity, spec, own }: Pick<Deciding, 'entity' | 'spec'> & { readonly own: readonly StrategyChoice[] },
): PlacementOutcome | null {
  const judge = judgeOf(entity, spec);
  if (judge === null) return null;
  const name = kindOf(asked, spec, own);
  const known = index.known(name);
  const kind = known === undefined ? index.add(name, asked, judge) : known;
  return kind === null ? null : index.decide(kind, asked);
}

/** Equal for what may differ in name and id alone. The strategies of the cloud are the same for all. */
function kindOf({ request }: Asked, { ports, networks = [] }: ContainerSpec, own: readonly StrategyChoice[]): string {
  const { entityId: _id, name: _name, ...wanted } = request;
  const addresses = networks.flatMap(({ name, address }) => (address === undefined ? [] : [name, address]));
  return JSON.stringify([wanted, ports, addresses, own]);
}
