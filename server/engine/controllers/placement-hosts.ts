import { allocatePorts, type PortAllocation } from '../../domain/entity/allocate-ports.ts';
import type { ContainerSpec } from '../../domain/entity/container-spec.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { Cloud, Host } from '../../domain/entity/host.ts';
import type { PortBinding } from '../../domain/entity/instance.ts';
import type { PlacementCandidate } from '../../domain/placement/decide-placement.ts';
import type { HostView } from '../../domain/placement/placement.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { StoreView } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';
import { isPortTaken, portLeaseId } from '../leases.ts';

/** The hosts of a cloud as placement sees them, kept up to date while a lot of entities is placed. Writes nothing. */
export interface HostBoard {
  readonly anyReady: boolean;
  /** How many placements the cloud has seen, those on this board included. */
  readonly sequence: number;
  /** Order of the host that was chosen last. */
  readonly lastHostOrder: number | null;
  has(hostId: HostId): boolean;
  candidates(entity: Entity, spec: ContainerSpec): readonly PlacementCandidate[];
  /** Counts the entity on the host and gives the host ports of its container. */
  take(entity: Entity, hostId: HostId, spec: ContainerSpec): readonly PortBinding[];
}

interface Place {
  readonly host: Host;
  /** As seen by an entity that has no siblings there. */
  view: HostView;
  /** Why it takes no container at all. */
  readonly refusal: string | null;
}

export function createHostBoard(context: EngineContext, records: StoreView, cloud: Cloud): HostBoard {
  const now = context.clock.now();
  const places = new Map(records.hostsOf(cloud.id).map((host) => [host.id, toPlace(context, records, host)]));
  const siblings = new Map<string, Map<HostId, number>>();
  const taken = new Set<string>();
  let sequence = cloud.placements;
  let lastHostOrder = cloud.lastHostOrder ?? null;

  function siblingsOf(entity: Entity): Map<HostId, number> {
    const parentId = entity.parentId ?? entity.id;
    const known = siblings.get(parentId);
    if (known) return known;
    const counts = new Map<HostId, number>();
    for (const child of records.childrenOf(parentId)) {
      const instance = child.instanceId ? records.get('instance', child.instanceId) : undefined;
      if (instance) add(counts, instance.hostId);
    }
    siblings.set(parentId, counts);
    return counts;
  }

  function portsOn(hostId: HostId, spec: ContainerSpec): PortAllocation {
    const isTaken = (protocol: 'tcp' | 'udp', host: number): boolean => {
      const leaseId = portLeaseId(hostId, { protocol, host });
      return taken.has(leaseId) || isPortTaken(records, leaseId, { ownerId: null, now });
    };
    return allocatePorts({ ports: spec.ports, pool: cloud.portPool, inherited: [], isTaken });
  }

  function refusalOf({ host, refusal }: Place, spec: ContainerSpec): string | null {
    if (refusal !== null || spec.ports.length === 0) return refusal;
    const ports = portsOn(host.id, spec);
    return ports.ok ? null : ports.reason;
  }

  return {
    anyReady: [...places.values()].some(({ host }) => host.state === 'ready'),
    get sequence() {
      return sequence;
    },
    get lastHostOrder() {
      return lastHostOrder;
    },
    has: (hostId) => places.has(hostId),
    candidates(entity, spec) {
      const counts = siblingsOf(entity);
      return [...places.values()].map((place) => {
        const near = counts.get(place.host.id);
        return { host: near === undefined ? place.view : { ...place.view, siblings: near }, refusal: refusalOf(place, spec) };
      });
    },
    take(entity, hostId, spec) {
      const place = places.get(hostId);
      if (place) {
        place.view = { ...place.view, containers: place.view.containers + 1 };
        lastHostOrder = place.host.order;
      }
      sequence += 1;
      add(siblingsOf(entity), hostId);
      const ports = portsOn(hostId, spec);
      if (!ports.ok) return [];
      for (const binding of ports.bindings) taken.add(portLeaseId(hostId, binding));
      return ports.bindings;
    },
  };
}

function toPlace({ metrics }: EngineContext, records: StoreView, host: Host): Place {
  const latest = metrics.latest(host.id);
  const view = {
    id: host.id,
    name: host.name,
    order: host.order,
    labels: host.labels,
    containers: records.instancesOn(host.id).filter((one) => one.state !== 'removing').length,
    siblings: 0,
    foreignContainers: host.foreignContainers,
    cpu: latest['machine.cpu'] ?? null,
    memoryBytes: host.facts?.memoryBytes ?? null,
    memoryUsedBytes: latest['machine.memory.used'] ?? null,
    cpus: host.facts?.cpus ?? null,
  };
  return { host, view, refusal: refusalOfHost(host) };
}

function refusalOfHost(host: Host): string | null {
  if (host.cordoned) return 'cordoned: takes no new containers';
  return host.state === 'ready' ? null : `${host.state}${host.reason ? `: ${host.reason}` : ''}`;
}

function add(counts: Map<HostId, number>, hostId: HostId): void {
  counts.set(hostId, (counts.get(hostId) ?? 0) + 1);
}
