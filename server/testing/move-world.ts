import { type AppliedStrategy, decidePlacement, type PlacementOutcome } from '../domain/placement/decide-placement.ts';
import type { PlacedEntity } from '../domain/placement/move-board.ts';
import type { HostView } from '../domain/placement/placement.ts';
import type { ProposalInput } from '../domain/placement/propose-moves.ts';
import { judging } from '../domain/placement/strategy-kinds.ts';
import type { EntityId, HostId } from '../domain/shared/ids.ts';
import { aHostView, aRequest } from './placement.ts';

/** A cloud for proposals: hosts as they are without what is placed, and what is placed. */
export interface MoveWorld {
  readonly bare: readonly HostView[];
  readonly refused: ReadonlyMap<string, string>;
  readonly placed: readonly PlacedEntity[];
  readonly groups: readonly (readonly EntityId[])[];
}

export interface PlacedFields {
  readonly id: string;
  readonly host: string;
  readonly strategies: readonly AppliedStrategy[];
  readonly parent?: string;
  readonly type?: string;
  readonly memoryBytes?: number | null;
  readonly usedCpus?: number | null;
}

export function aPlaced({
  id,
  host,
  strategies,
  parent = 'p',
  type = 'web',
  memoryBytes = null,
  usedCpus = null,
}: PlacedFields): PlacedEntity {
  const request = aRequest({ entityId: id as EntityId, name: id, type, parentId: parent as EntityId, memoryBytes });
  const kind = JSON.stringify([parent, type, memoryBytes, strategies.map(({ id: by, config }) => [by, config])]);
  return { request, strategies, kind, hostId: host as HostId, usage: { cpus: usedCpus, memoryBytes: null } };
}

/** Everybody may be moved, each by itself. */
export function aMoveWorld(bare: readonly HostView[], placed: readonly PlacedEntity[]): MoveWorld {
  return { bare, placed, refused: new Map(), groups: placed.map(({ request }) => [request.entityId]) };
}

export function toInput({ refused, placed, groups, bare }: MoveWorld, given: Partial<ProposalInput> = {}): ProposalInput {
  return {
    hosts: bare.map((host) => withPlaced(host, placed)),
    placed,
    groups,
    held: new Set(),
    refusalOf: (hostId) => refused.get(hostId) ?? null,
    context: { sequence: 0, lastHostOrder: null },
    limit: 1_000,
    mostMeasured: 1_000,
    ...given,
  };
}

export function moved(world: MoveWorld, ids: readonly EntityId[], to: HostId): MoveWorld {
  const gone = new Set(ids);
  return { ...world, placed: world.placed.map((one) => (gone.has(one.request.entityId) ? { ...one, hostId: to } : one)) };
}

/** What placement says of an entity as if it were placed now, whatever it prefers, and `about` took containers. */
export function askPlacement({ bare, placed, refused }: MoveWorld, id: EntityId, about: HostId): PlacementOutcome {
  const one = placed.find(({ request }) => request.entityId === id);
  if (one === undefined) throw new Error(`${id} is not placed`);
  const others = placed.filter((other) => other !== one);
  const candidates = bare.map((host) => {
    const siblings = others.filter(({ request, hostId }) => request.parentId === one.request.parentId && hostId === host.id).length;
    return { host: { ...withPlaced(host, others), siblings }, refusal: host.id === about ? null : (refused.get(host.id) ?? null) };
  });
  return decidePlacement(one.request, candidates, one.strategies.map(refusalsOf), { sequence: 0, lastHostOrder: null });
}

/** Nothing is ordered: whose turn it is is no rule. */
function refusalsOf(applied: AppliedStrategy): AppliedStrategy {
  const { perHost } = applied.strategy;
  return perHost === undefined ? applied : { ...applied, strategy: judging({ refuse: perHost.refuse ?? (() => null) }) };
}

function withPlaced(host: HostView, placed: readonly PlacedEntity[]): HostView {
  const there = placed.filter(({ hostId }) => hostId === host.id);
  const sum = (of: (one: PlacedEntity) => number | null): number => there.reduce((total, one) => total + (of(one) ?? 0), 0);
  return aHostView({
    ...host,
    containers: host.containers + there.length,
    reservedMemoryBytes: sum(({ request }) => request.memoryBytes),
    reservedCpus: sum(({ request }) => request.cpus),
    cpu: host.cpu === null ? null : host.cpu + sum(({ usage }) => usage.cpus) / (host.cpus ?? 1),
    residents: there.map(({ request }) => {
      const { entityId, name, type, parentId, applicationId, application } = request;
      return { entityId, name, type, parentId, applicationId, application };
    }),
  });
}
