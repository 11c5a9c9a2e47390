import type { ContainerSpec } from '../../domain/entity/container-spec.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { externalThingsOf } from '../../domain/entity/external-thing.ts';
import type { Cloud } from '../../domain/entity/host.ts';
import { type Asked, decidePlacement, type PlacementOutcome } from '../../domain/placement/decide-placement.ts';
import type { PlacementRequest, StrategyChoice } from '../../domain/placement/placement.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import { isStateful } from '../desired-container.ts';
import type { EngineContext } from '../engine-context.ts';
import { snapshotHost } from '../snapshots/snapshots-of.ts';
import type { HostBoard } from './placement-hosts.ts';
import { ownStrategies, toRequest } from './placement-views.ts';

export interface Deciding {
  readonly context: Pick<EngineContext, 'plugins'>;
  readonly cloud: Cloud;
  readonly entity: Entity;
  readonly spec: ContainerSpec;
}

/** The host for one entity by the cloud's strategies and then its own, with the reasons. The preview before a deploy and the deploy itself ask here. */
export function decideHost(board: HostBoard, deciding: Deciding): PlacementOutcome {
  const { moveTo } = deciding.entity;
  if (moveTo !== undefined) return decideOn(board, deciding, moveTo);
  const question = ask(board, deciding);
  if (!question.ok) return question.outcome;
  const { asked, own } = question;
  const { request, strategies, context } = asked;
  const { entity, spec } = deciding;
  const lookAtAll = () => decidePlacement(request, board.candidates(entity, spec), strategies, context);
  const isFree = request.boundTo === null && request.home === undefined;
  return (isFree ? byIndex(board, asked, { entity, spec, own, lookAtAll }) : null) ?? lookAtAll();
}

/** The same where the cloud has this host alone. */
export function decideOn(board: HostBoard, deciding: Deciding, hostId: HostId): PlacementOutcome {
  if (!board.has(hostId)) return toNowhere('host', 'the host that it is to go to has left the cloud');
  const question = ask(board, deciding);
  if (!question.ok) return question.outcome;
  const { request, strategies, context } = question.asked;
  return decidePlacement(request, board.candidates(deciding.entity, deciding.spec, hostId), strategies, context);
}

type Question =
  | { readonly ok: true; readonly asked: Asked; readonly own: readonly StrategyChoice[] }
  | { readonly ok: false; readonly outcome: PlacementOutcome };

function ask(board: HostBoard, { context, cloud, entity, spec }: Deciding): Question {
  const own = ownStrategies(context, board.records, entity);
  const resolved = board.resolve([...cloud.strategies, ...own]);
  if (!resolved.ok) return nowhere('host', resolved.message);
  const { home, torn } = board.homeOf(entity);
  if (torn !== undefined) return nowhere('same-host', torn);
  const bond = bondOf(board, entity, spec);
  if ('torn' in bond) return nowhere('snapshot', bond.torn);
  const request = toRequest(context, board.records, { entity, spec, ...bond, home });
  const { sequence, lastHostOrder } = board;
  return { ok: true, asked: { request, strategies: resolved.strategies, context: { sequence, lastHostOrder } }, own };
}

type Bond = Pick<PlacementRequest, 'boundTo' | 'boundBy'>;

/** The one host that will do, because of its data, or of the snapshot that it runs from. */
function bondOf({ records, has }: HostBoard, entity: Entity, spec: ContainerSpec): Bond | { readonly torn: string } {
  const { dataHostId, name } = entity;
  const data = dataHostId && has(dataHostId) && isStateful(spec) ? dataHostId : null;
  if (spec.snapshot === undefined) return { boundTo: data };
  const snapshot = records.get('snapshot', spec.snapshot.id);
  if (snapshot === undefined) return { torn: `${name} cannot start: the snapshot that it runs from is gone` };
  const hostId = snapshotHost(records, entity);
  if (hostId === null) return { boundTo: data };
  if (data === null && has(hostId)) return { boundTo: hostId, boundBy: 'snapshot' };
  if (data === hostId) return { boundTo: data };
  const hostName = records.get('host', hostId)?.name ?? 'a host that is gone';
  return {
    torn: `${name} runs from a snapshot that only ${hostName} has, and ${data === null ? 'is on another cloud' : 'its data is elsewhere'}`,
  };
}

function nowhere(by: string, text: string): Question {
  return { ok: false, outcome: toNowhere(by, text) };
}

function toNowhere(by: string, text: string): PlacementOutcome {
  return { hostId: null, explanation: [{ by, hostId: null, text, refused: true }] };
}

interface Indexing extends Pick<Deciding, 'entity' | 'spec'> {
  readonly own: readonly StrategyChoice[];
  readonly lookAtAll: () => PlacementOutcome;
}

/** Null where it has to be decided by a look at all hosts. */
function byIndex(
  { index, judgeOf }: Pick<HostBoard, 'index' | 'judgeOf'>,
  asked: Asked,
  { entity, spec, own, lookAtAll }: Indexing,
): PlacementOutcome | null {
  const judge = judgeOf(entity, spec);
  if (judge === null) return null;
  const name = kindOf(asked, spec, own);
  const known = index.known(name);
  const kind = known === undefined ? index.add(name, asked, judge) : known;
  return kind === null ? null : (index.decide(kind, asked) ?? index.nowhere(name, asked.request, lookAtAll));
}

/** Equal for what may differ in name and id alone. The strategies of the cloud are the same for all. */
export function kindOf({ request }: Pick<Asked, 'request'>, spec: ContainerSpec, own: readonly StrategyChoice[]): string {
  const { entityId: _id, name: _name, ...wanted } = request;
  const { ports, networks = [] } = spec;
  const addresses = networks.flatMap(({ name, address }) => (address === undefined ? [] : [name, address]));
  return JSON.stringify([wanted, ports, addresses, externalThingsOf(spec), own]);
}
