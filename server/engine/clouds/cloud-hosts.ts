import { isMachine } from '../../domain/cloud/cloud-of-host.ts';
import type { HostMember } from '../../domain/cloud/plan-hosts.ts';
import type { Entity, MachineClaim } from '../../domain/entity/entity.ts';
import type { Cloud, Host } from '../../domain/entity/host.ts';
import { isPushed } from '../../domain/snapshot/snapshot.ts';
import type { StoreView } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';
import { entityKind } from '../entity-kind.ts';

/** The record of a Docker cloud that an application has made. */
export function cloudOf(view: StoreView, entityId: string | null): Cloud | undefined {
  for (const cloud of view.all('cloud').values()) if (cloud.entityId !== undefined && cloud.entityId === entityId) return cloud;
  return undefined;
}

/** The host that an entity of a Docker cloud has become. */
export function hostOf(view: StoreView, entity: Entity): Host | undefined {
  const cloud = cloudOf(view, entity.parentId);
  return cloud && view.hostsOf(cloud.id).find((host) => host.origin?.entityId === entity.id);
}

/** The machine that a process has for itself. */
export function machineOf(view: StoreView, { id, machine }: Pick<Entity, 'id' | 'machine'>): Host | undefined {
  if (machine === undefined) return undefined;
  for (const host of view.all('host').values()) if (isMachine(host) && host.origin?.entityId === id) return host;
  return undefined;
}

/** The hosts of a Docker cloud, those on their way out excepted. */
export function membersOf(view: StoreView, cloudEntity: Entity): readonly Entity[] {
  return view.childrenOf(cloudEntity.id).filter((child) => child.slot !== null && child.goal !== 'destroyed');
}

export function toMember(view: StoreView, entity: Entity): HostMember {
  return { id: entity.id, slot: entity.slot ?? 0, state: memberState(view, hostOf(view, entity)) };
}

function memberState(view: StoreView, host: Host | undefined): HostMember['state'] {
  if (host === undefined) return 'vacant';
  if (!isEmpty(view, host)) return 'used';
  if (host.state === 'ready') return 'empty';
  return host.facts === null ? 'vacant' : 'away';
}

/** Nothing of ours is on it and nothing of anybody else. */
export function isEmpty(view: StoreView, host: Host): boolean {
  return host.foreignContainers === 0 && view.instancesOn(host.id).length === 0 && !hasData(view, host);
}

/** Volumes, and snapshots that no registry has. */
function hasData(view: StoreView, { id }: Host): boolean {
  for (const volume of view.all('volume').values()) if (volume.hostId === id) return true;
  for (const snapshot of view.all('snapshot').values()) if (snapshot.hostId === id && !isPushed(snapshot)) return true;
  return false;
}

/** Names of the machines that nobody may take: claimed by a host of any cloud or by a process, or added by a person. */
export function takenMachines(view: StoreView, provisioner: string): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const host of view.all('host').values()) {
    taken.add(`${host.address}:${host.port}`);
    if (host.origin?.provisioner === provisioner) taken.add(host.origin.machine);
  }
  for (const claim of claims(view)) if (claim.provisioner === provisioner) taken.add(claim.machine);
  return taken;
}

function* claims(view: StoreView): Generator<MachineClaim> {
  for (const { machine } of view.all('entity').values()) if (machine) yield machine;
}

/** What a Docker cloud or one of its hosts has to give back before it goes; null for all others, and when nothing is left. */
export function heldBy({ plugins }: Pick<EngineContext, 'plugins'>, view: StoreView, entity: Entity): string | null {
  switch (entityKind({ plugins }, entity.type)) {
    case 'host':
      return entity.machine || hostOf(view, entity) ? (entity.waitingFor ?? 'its machine to be given back') : null;
    case 'cloud':
      return cloudOf(view, entity.id) ? 'its hosts to be given back' : null;
    default:
      return null;
  }
}
