import { ancestorsOf } from '../../domain/blueprint/entity-lookup.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { SAME_SERVER } from '../../domain/entity-types/same-server.ts';
import { decideHome, groupOf, type Home, type TiedEntity } from '../../domain/network/decide-home.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { StoreView } from '../../ports/store.ts';
import type { ConfigSource } from '../config-of.ts';
import { sharedThingsOf, tiesOf, tiesOfSpec } from '../shared-things.ts';
import { snapshotHost } from '../snapshots/snapshots-of.ts';

/** Where entities have to be because of the networks and volumes that they share. Reads an application once. */
export interface Homes {
  of(entity: Entity): Home;
  /** Those that have to be where this one is, without it. */
  groupOf(entity: Entity): readonly TiedEntity[];
  /** A container of the entity was planned on the host since the records were read. */
  take(entity: Entity, hostId: HostId): void;
}

export function createHomes(source: ConfigSource): Homes {
  const { view } = source;
  const applications = new Map<string, Map<string, TiedEntity>>();

  function tiedOf(entity: Entity): { readonly self: TiedEntity; readonly all: Map<string, TiedEntity> } {
    const own = toTied(entity, source);
    if (own.ties.length === 0) return { self: own, all: new Map() };
    const all = applications.get(entity.applicationId) ?? readApplication(entity.applicationId);
    return { self: all.get(entity.id) ?? own, all };
  }

  function readApplication(applicationId: string): Map<string, TiedEntity> {
    const staying = view.entitiesOf(applicationId).filter((entity) => entity.goal !== 'destroyed');
    const tied = staying.map((entity) => toTied(entity, source)).filter((entity) => entity.ties.length > 0);
    const bound = tied.some((entity) => entity.dataHostId !== null) ? tied : withSharedData(tied, applicationId, view);
    const all = new Map(bound.map((entity) => [entity.id, entity]));
    applications.set(applicationId, all);
    return all;
  }

  return {
    of(entity) {
      const { self, all } = tiedOf(entity);
      return decideHome(self, [...all.values()]);
    },
    groupOf(entity) {
      const { self, all } = tiedOf(entity);
      return groupOf(self, [...all.values()]);
    },
    take(entity, hostId) {
      const { self, all } = tiedOf(entity);
      if (self.ties.length > 0) all.set(entity.id, { ...self, hostId, since: Number.MAX_SAFE_INTEGER });
    },
  };
}

function toTied(entity: Entity, source: ConfigSource): TiedEntity {
  const { view } = source;
  const servers = serversOf(entity, view);
  const ties = [...tiesOf(sharedThingsOf(entity, source)), ...servers];
  const instance = entity.instanceId === null || ties.length === 0 ? undefined : view.get('instance', entity.instanceId);
  const isPlaced = instance !== undefined && isThere(instance) && [...tiesOfSpec(instance.spec), ...servers].length > 0;
  return {
    id: entity.id,
    name: entity.name,
    ties,
    ...bondOf(entity, view),
    // What is to leave its host keeps nobody there.
    hostId: isPlaced && entity.moveFrom !== instance.hostId ? instance.hostId : null,
    since: instance?.createdAt ?? 0,
  };
}

/** All that is below one of them is on one host. */
function serversOf(entity: Entity, view: StoreView): readonly string[] {
  return ancestorsOf(entity, view).flatMap(({ type, name, id }) => (type === SAME_SERVER ? [`same server ${name} (${id})`] : []));
}

function bondOf(entity: Entity, view: StoreView): Pick<TiedEntity, 'dataHostId' | 'boundBy'> {
  if (entity.dataHostId !== null && view.get('host', entity.dataHostId)) return { dataHostId: entity.dataHostId };
  const hostId = snapshotHost(view, entity);
  return hostId !== null && view.get('host', hostId) ? { dataHostId: hostId, boundBy: 'snapshot' } : { dataHostId: null };
}

/** A shared volume holds data also when those that wrote it are gone. */
function withSharedData(tied: readonly TiedEntity[], applicationId: string, view: StoreView): readonly TiedEntity[] {
  if (!tied.some(({ ties }) => ties.some((tie) => tie.startsWith('volume ')))) return tied;
  const hosts = new Map<string, HostId>();
  for (const volume of view.all('volume').values()) {
    if (
      volume.applicationId !== applicationId ||
      volume.condemned ||
      volume.planned ||
      view.get('entity', volume.entityId)?.parentId !== null
    )
      continue;
    const host = view.get('host', volume.hostId);
    if (host && host.state !== 'lost') hosts.set(`volume ${volume.logicalName}`, host.id);
  }
  return tied.map((entity) => ({ ...entity, dataHostId: entity.ties.map((tie) => hosts.get(tie)).find((id) => id !== undefined) ?? null }));
}

function isThere({ state }: Instance): boolean {
  return state !== 'lost' && state !== 'removing';
}
