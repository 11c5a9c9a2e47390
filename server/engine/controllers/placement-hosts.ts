import { allocatePorts, type PortAllocation } from '../../domain/entity/allocate-ports.ts';
import type { ContainerSpec } from '../../domain/entity/container-spec.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { Cloud, Host } from '../../domain/entity/host.ts';
import type { PortBinding } from '../../domain/entity/instance.ts';
import type { PlacementCandidate } from '../../domain/placement/decide-placement.ts';
import type { HostView } from '../../domain/placement/placement.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { Draft } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';
import { isPortTaken, portLeaseId } from '../leases.ts';

/** The hosts of a cloud as placement sees them, kept up to date while a lot of entities is placed. */
export interface HostBoard {
  readonly anyReady: boolean;
  has(hostId: HostId): boolean;
  candidates(entity: Entity, spec: ContainerSpec): readonly PlacementCandidate[];
  /** Counts the entity on the host and gives the host ports of its container. */
  take(entity: Entity, hostId: HostId, spec: ContainerSpec): readonly PortBinding[];
}

export function createHostBoard(context: EngineContext, draft: Draft, cloud: Cloud): HostBoard {
  const now = context.clock.now();
  const hosts = draft.hostsOf(cloud.id);
  const containers = new Map<HostId, number>();
  const siblings = new Map<string, Map<HostId, number>>();
  for (const host of hosts) containers.set(host.id, draft.instancesOn(host.id).filter((one) => one.state !== 'removing').length);

  function siblingsOf(entity: Entity): Map<HostId, number> {
    const parentId = entity.parentId ?? entity.id;
    const known = siblings.get(parentId);
    if (known) return known;
    const counts = new Map<HostId, number>();
    for (const child of draft.childrenOf(parentId)) {
      const instance = child.instanceId ? draft.get('instance', child.instanceId) : undefined;
      if (instance) add(counts, instance.hostId);
    }
    siblings.set(parentId, counts);
    return counts;
  }

  function portsOn(hostId: HostId, spec: ContainerSpec): PortAllocation {
    const isTaken = (protocol: 'tcp' | 'udp', host: number): boolean =>
      isPortTaken(draft, portLeaseId(hostId, { protocol, host }), { ownerId: null, now });
    return allocatePorts({ ports: spec.ports, pool: cloud.portPool, inherited: [], isTaken });
  }

  function refusalOf(host: Host, spec: ContainerSpec): string | null {
    if (host.cordoned) return 'cordoned: takes no new containers';
    if (host.state !== 'ready') return `${host.state}${host.reason ? `: ${host.reason}` : ''}`;
    if (spec.ports.length === 0) return null;
    const ports = portsOn(host.id, spec);
    return ports.ok ? null : ports.reason;
  }

  return {
    anyReady: hosts.some((host) => host.state === 'ready'),
    has: (hostId) => hosts.some((host) => host.id === hostId),
    candidates(entity, spec) {
      const counts = siblingsOf(entity);
      return hosts.map((host) => ({
        host: toHostView(context, host, { containers: containers.get(host.id) ?? 0, siblings: counts.get(host.id) ?? 0 }),
        refusal: refusalOf(host, spec),
      }));
    },
    take(entity, hostId, spec) {
      add(containers, hostId);
      add(siblingsOf(entity), hostId);
      const ports = portsOn(hostId, spec);
      return ports.ok ? ports.bindings : [];
    },
  };
}

function toHostView({ metrics }: EngineContext, host: Host, counts: { readonly containers: number; readonly siblings: number }): HostView {
  const latest = metrics.latest(host.id);
  return {
    id: host.id,
    name: host.name,
    order: host.order,
    labels: host.labels,
    foreignContainers: host.foreignContainers,
    cpu: latest['machine.cpu'] ?? null,
    memoryBytes: host.facts?.memoryBytes ?? null,
    memoryUsedBytes: latest['machine.memory.used'] ?? null,
    cpus: host.facts?.cpus ?? null,
    ...counts,
  };
}

function add(counts: Map<HostId, number>, hostId: HostId): void {
  counts.set(hostId, (counts.get(hostId) ?? 0) + 1);
}
