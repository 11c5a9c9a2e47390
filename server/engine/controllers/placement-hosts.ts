import { allocatePorts, type PortAllocation } from '../../domain/entity/allocate-ports.ts';
import type { ContainerSpec } from '../../domain/entity/container-spec.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { externalThingsOf, missingExternal } from '../../domain/entity/external-thing.ts';
import type { Cloud, Host } from '../../domain/entity/host.ts';
import type { PortBinding } from '../../domain/entity/instance.ts';
import type { PlacementCandidate } from '../../domain/placement/decide-placement.ts';
import type { PlacementRequest, StrategyChoice } from '../../domain/placement/placement.ts';
import { createPlacementIndex, type PlacementIndex } from '../../domain/placement/placement-index.ts';
import type { KindInput, SeenHost } from '../../domain/placement/placement-kind.ts';
import { type ResolvedStrategies, resolveStrategies } from '../../domain/placement/resolve-strategies.ts';
import { byJoining } from '../../domain/placement/strategy-kinds.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { StoreView } from '../../ports/store.ts';
import { resolveContainer } from '../desired-container.ts';
import type { EngineContext } from '../engine-context.ts';
import { addressLeases, addressRefusal, isPortTaken, portLeaseId } from '../leases.ts';
import { keepsAddress } from '../sdn/keeps-address.ts';
import { endpointRefusals } from '../sdn/virtual-networks.ts';
import { createHomes } from './entity-homes.ts';
import { addContainer, toHostView } from './placement-views.ts';

/** The hosts of a cloud as placement sees them, kept up to date while a lot of entities is placed. Writes nothing. */
export interface HostBoard {
  /** What it was made of. */
  readonly records: StoreView;
  readonly anyReady: boolean;
  /** How many placements the cloud has seen, those on this board included. */
  readonly sequence: number;
  /** Order of the host that was chosen last. */
  readonly lastHostOrder: number | null;
  has(hostId: HostId): boolean;
  /** Where networks and shared volumes want the entity to be; `torn`: why there is no such host. */
  homeOf(entity: Entity): { readonly home?: PlacementRequest['home']; readonly torn?: string };
  /** `only`: as if the cloud had this host alone. */
  candidates(entity: Entity, spec: ContainerSpec, only?: HostId): readonly PlacementCandidate[];
  /** Strategies by name and config, each list once. */
  resolve(choices: readonly StrategyChoice[]): ResolvedStrategies;
  /** Why a host takes the entity under no circumstances: what is said of the host, its ports, its addresses. */
  refusalOn(hostId: HostId, entity: Entity, spec: ContainerSpec): string | null;
  /** For entities that nothing binds: see `judgeOf`. */
  readonly index: PlacementIndex;
  /**
   * What hosts say of all entities that want the same of a host as this one; null where it has to be looked at by itself: it has a container already, or
   * others must follow it.
   */
  judgeOf(entity: Entity, spec: ContainerSpec): Pick<KindInput, 'siblings' | 'refusalOf'> | null;
  /** Counts the entity on the host and gives the host ports of its container. */
  take(entity: Entity, hostId: HostId, spec: ContainerSpec): readonly PortBinding[];
}

interface Place {
  readonly host: Host;
  /** Its `siblings` are those of the entity that was looked at last. */
  readonly view: SeenHost;
  /** Why it takes no container at all. */
  readonly refusal: string | null;
}

/** Another that will have to follow to the same host, and the ports that only that host can give it. */
interface Companion {
  readonly name: string;
  readonly ports: ContainerSpec['ports'];
}

export function createHostBoard(context: EngineContext, records: StoreView, cloud: Cloud): HostBoard {
  const now = context.clock.now();
  const places = new Map(records.hostsOf(cloud.id).map((host) => [host.id, toPlace(context, records, host)]));
  const index = createPlacementIndex([...places.values()].map(({ view }) => view).sort(byJoining));
  const siblings = new Map<string, Map<HostId, number>>();
  const resolved = new Map<string, ResolvedStrategies>();
  const taken = new Set<string>();
  const homes = createHomes({ view: records, types: context.plugins.entityTypes });
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

  function portsOn(hostId: HostId, spec: Pick<ContainerSpec, 'ports'>): PortAllocation {
    const isTaken = (protocol: 'tcp' | 'udp', host: number): boolean => {
      const leaseId = portLeaseId(hostId, { protocol, host });
      return taken.has(leaseId) || isPortTaken(records, leaseId, { ownerId: null, now });
    };
    return allocatePorts({ ports: spec.ports, pool: cloud.portPool, inherited: [], isTaken });
  }

  /** Tells of each place why it does not take the entity. */
  function refusals(entity: Entity, spec: ContainerSpec): (place: Place) => string | null {
    const { applicationId, id: entityId } = entity;
    const external = externalThingsOf(spec);
    const takesOver = takesAddressesOver(entity, spec);
    const endpointRefusalOn = endpointRefusals(records, context, { cloud, applicationId, networks: spec.networks, entityId, takesOver });
    return ({ host, refusal }) => {
      if (refusal !== null) return refusal;
      if (entity.moveFrom === host.id) return `${entity.name} is to leave it`;
      const missing = missingExternal(external, host.external);
      if (missing !== null) return `has no ${missing}, which others are to have made`;
      const ports = spec.ports.length === 0 ? null : portsOn(host.id, spec);
      return ports?.ok === false ? ports.reason : (addressRefusalOn(host.id, entity, spec) ?? endpointRefusalOn(host));
    };
  }

  function takesAddressesOver(entity: Entity, spec: ContainerSpec): boolean {
    const current = entity.instanceId === null ? undefined : records.get('instance', entity.instanceId);
    return current?.state !== 'running' || keepsAddress(entity, spec, { view: records, types: context.plugins.entityTypes });
  }

  function addressRefusalOn(hostId: HostId, { applicationId, instanceId }: Entity, spec: ContainerSpec): string | null {
    const place = { hostId, applicationId };
    const refusal = addressRefusal(records, place, { spec, ownerId: instanceId });
    if (refusal !== null) return refusal;
    const planned = [...addressLeases(place, spec)].find(([id]) => taken.has(id))?.[1];
    return planned ? `address ${planned.address} of network ${planned.network} is taken` : null;
  }

  function companionsOf(entity: Entity): readonly Companion[] {
    if (homes.of(entity).kind !== 'anywhere') return [];
    return homes.groupOf(entity).flatMap(({ id, name }) => {
      const other = records.get('entity', id);
      const desired = other && resolveContainer(other, records, context);
      const ports = desired?.kind === 'resolved' ? desired.spec.ports.filter((port) => port.host !== null) : [];
      return ports.length === 0 ? [] : [{ name, ports }];
    });
  }

  function refusalFor(companions: readonly Companion[], hostId: HostId): string | null {
    for (const companion of companions) {
      const ports = portsOn(hostId, companion);
      if (!ports.ok) return `${ports.reason}, which ${companion.name} needs, and both have to be on one host`;
    }
    return null;
  }

  return {
    records,
    anyReady: [...places.values()].some(({ host }) => host.state === 'ready'),
    get sequence() {
      return sequence;
    },
    get lastHostOrder() {
      return lastHostOrder;
    },
    has: (hostId) => places.has(hostId),
    homeOf(entity) {
      const home = homes.of(entity);
      if (home.kind === 'torn') return { torn: home.reason };
      if (home.kind === 'anywhere') return {};
      const { hostId, because } = home;
      return { home: { hostId, because, hostName: records.get('host', hostId)?.name ?? hostId } };
    },
    resolve(choices) {
      const key = JSON.stringify(choices);
      const before = resolved.get(key);
      if (before !== undefined) return before;
      const made = resolveStrategies(choices, context.plugins.placement);
      resolved.set(key, made);
      return made;
    },
    refusalOn(hostId, entity, spec) {
      const place = places.get(hostId);
      return place ? refusals(entity, spec)(place) : 'it has left the cloud';
    },
    index,
    judgeOf(entity, spec) {
      const reaches = spec.networks?.some(({ definition }) => definition.provider !== undefined) ?? false;
      const isFree = entity.instanceId === null && entity.moveFrom === undefined && !reaches && homes.groupOf(entity).length === 0;
      if (!isFree) return null;
      const refusalOf = refusals(entity, spec);
      return {
        siblings: siblingsOf(entity),
        refusalOf: ({ id }) => {
          const place = places.get(id);
          return place ? refusalOf(place) : null;
        },
      };
    },
    candidates(entity, spec, only) {
      const counts = siblingsOf(entity);
      const companions = companionsOf(entity);
      const refusalOf = refusals(entity, spec);
      const asked = only === undefined ? [...places.values()] : [places.get(only)].flatMap((place) => place ?? []);
      return asked.map((place) => {
        // The view holds those of whoever was looked at last.
        const near = counts.get(place.host.id) ?? 0;
        const host = near === place.view.siblings ? place.view : { ...place.view, siblings: near };
        return { host, refusal: refusalOf(place) ?? refusalFor(companions, place.host.id) };
      });
    },
    take(entity, hostId, spec) {
      const place = places.get(hostId);
      if (place) {
        addContainer(place.view, entity, spec, records);
        lastHostOrder = place.host.order;
      }
      sequence += 1;
      add(siblingsOf(entity), hostId);
      homes.take(entity, hostId);
      const { applicationId } = entity;
      for (const id of addressLeases({ hostId, applicationId }, spec).keys()) taken.add(id);
      const ports = portsOn(hostId, spec);
      index.changed(hostId);
      if (!ports.ok) return [];
      for (const binding of ports.bindings) taken.add(portLeaseId(hostId, binding));
      return ports.bindings;
    },
  };
}

function toPlace(context: EngineContext, records: StoreView, host: Host): Place {
  return { host, view: toHostView(context, records, host), refusal: refusalOfHost(host) };
}

function refusalOfHost(host: Host): string | null {
  if (host.maintenance) return `in maintenance${host.maintenance.note ? `: ${host.maintenance.note}` : ''}`;
  if (host.cordoned) return 'cordoned: takes no new containers';
  return host.state === 'ready' ? null : `${host.state}${host.reason ? `: ${host.reason}` : ''}`;
}

function add(counts: Map<HostId, number>, hostId: HostId): void {
  counts.set(hostId, (counts.get(hostId) ?? 0) + 1);
}
