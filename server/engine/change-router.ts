import { effectiveValues } from '../domain/blueprint/resolve-config.ts';
import { cloudOfHost } from '../domain/cloud/cloud-of-host.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { Cloud, Host } from '../domain/entity/host.ts';
import type { Instance } from '../domain/entity/instance.ts';
import { cloudNamed, locationOf } from '../domain/entity/location.ts';
import { isEntityUp } from '../domain/entity/service-state.ts';
import { RULES_KEY } from '../domain/network/network-rules.ts';
import type { CloudId, EntityId, HostId } from '../domain/shared/ids.ts';
import type { Snapshot } from '../domain/snapshot/snapshot.ts';
import type { Change, ChangeEvent } from '../ports/store.ts';
import { isServing, isUnplaced, keep } from './change-marks.ts';
import type { EntityMemory } from './controllers/entity-memory.ts';
import type { EngineContext } from './engine-context.ts';
import { entityKind } from './entity-kind.ts';
import { createFollowerIndex } from './follower-index.ts';
import { createNetworkWakes } from './network-wakes.ts';
import { startsChildrenLate } from './starts-children-late.ts';
import { createGroupWaker } from './wake-groups.ts';

export interface ChangeRouter {
  /** Enqueues every key that the changes concern. */
  route(event: ChangeEvent): void;
  /** Reads all records, as after a start, and enqueues every key. */
  routeAll(): void;
  /** Enqueues every key, hosts included, in case something was missed. */
  resync(): void;
}

/** What its parent and its task look at, besides whether it is up. */
const RELATED = ['actual', 'goal', 'settled'] as const;

/** Which keys does a change concern? Looks up by index only: the cost of an event does not grow with the number of records, but for the volumes when a host comes or goes. */
export function createChangeRouter(context: EngineContext, memory: EntityMemory): ChangeRouter {
  const { queue, store } = context;
  const entities = new Map<string, Entity>();
  const instances = new Map<string, Instance>();
  const hosts = new Map<string, Host>();
  const clouds = new Map<string, Cloud>();
  const networks = createNetworkWakes(context);
  const source = { view: store.view, types: context.plugins.entityTypes };
  const followers = createFollowerIndex((self) => effectiveValues({ self, ...source }));
  const { balancers } = memory;
  const wakeGroups = createGroupWaker(context);

  function onEntity(id: string, now: Entity | null): void {
    const before = entities.get(id);
    if (now) entities.set(id, now);
    else entities.delete(id);
    const entity = now ?? before;
    if (!entity) return;
    const index = { applicationId: entity.applicationId, id: entity.id };
    if (now) followers.put(now);
    else followers.remove(entity);
    const isBalancer = context.plugins.entityTypes.get(entity.type)?.live !== undefined;
    keep(balancers, index, now !== null && isBalancer);
    if (isBalancer && now?.spec !== before?.spec) queue.enqueue(`traffic:${id}`);
    if (now) queue.enqueue(`entity:${id}`);
    if (now) queue.enqueue(`state:${id}`);
    if (entity.size !== null) queue.enqueue(`cluster:${id}`);
    wakeClouds(entity, before);
    if (now?.instanceId !== before?.instanceId || now?.spec !== before?.spec) {
      networks.wake(entity.applicationId);
      for (const instance of store.view.instancesOf(entity.id)) networks.wakeJoined(instance);
    }
    if (now && now.spec !== before?.spec && now.spec.config[RULES_KEY] !== before?.spec.config[RULES_KEY])
      networks.wakeReaching(entity.applicationId);
    if (now && before && now.networks !== before.networks) wakeBelow(now);
    if (now && isEntityUp(now) && !(before && isEntityUp(before)) && startsChildrenLate(now, source)) wakeBelow(now);
    if (entity.parentId === null) queue.enqueue(`application:${entity.applicationId}`);
    if (!now || !before || RELATED.some((key) => now[key] !== before[key]) || isEntityUp(now) !== isEntityUp(before))
      toRelatives(entity, before);
    wakeGroups(entity, before, now !== null);
    if (!now || now.sensors !== before?.sensors || now.goal !== before.goal) wakeFollowers(entity);
    if (!now || now.goal !== before?.goal || now.slot !== before?.slot || now.members !== before?.members)
      wakeBalancers(entity.applicationId, id);
    wakeRollout(entity.applicationId);
  }

  function wakeBelow({ id }: Entity): void {
    for (const child of store.view.childrenOf(id)) {
      queue.enqueue(`entity:${child.id}`, 'user');
      wakeBelow(child);
    }
  }

  /** Docker clouds: of the entity itself, of the host that it is, and the one that it waits for a place in. */
  function wakeClouds(entity: Entity, before: Entity | undefined): void {
    const kind = entityKind(context, entity.type);
    if (kind === 'cloud') queue.enqueue(`cloud:${entity.id}`);
    if (kind === 'host') {
      if (entity.parentId !== null) queue.enqueue(`cloud:${entity.parentId}`);
      const keys = ['goal', 'machine', 'spec', 'restartSerial', 'taskId'] as const;
      if (keys.some((key) => entity[key] !== before?.[key])) queue.enqueue(`machine:${entity.id}`, 'user');
    }
    if (isUnplaced(entity) !== isUnplaced(before)) wakeCloud(cloudNamed(store.view, locationOf(store.view, entity)));
  }

  function wakeCloud(cloud: Cloud | undefined): void {
    if (cloud?.entityId === undefined) return;
    queue.enqueue(`cloud:${cloud.entityId}`);
    queue.enqueue(`state:${cloud.entityId}`);
  }

  /** Who depends on a cluster depends on its members. */
  function wakeFollowers(entity: Entity): void {
    wakeAll(followers.followersOf(entity), entity.id);
    const cluster = entity.slot !== null && entity.parentId ? store.view.get('entity', entity.parentId) : undefined;
    if (cluster) wakeAll(followers.followersOf(cluster), entity.id);
  }

  function toRelatives(entity: Entity, before: Entity | undefined): void {
    if (entity.parentId) {
      queue.enqueue(`state:${entity.parentId}`);
      if (entity.slot !== null) queue.enqueue(`cluster:${entity.parentId}`);
      const parent = store.view.get('entity', entity.parentId);
      if (parent?.goal === 'destroyed') queue.enqueue(`entity:${parent.id}`);
      if (parent?.goal === 'destroyed' && parent.parentId === null) queue.enqueue(`application:${parent.applicationId}`);
    }
    for (const taskId of new Set([entity.taskId, before?.taskId])) if (taskId) queue.enqueue(`task:${taskId}`);
  }

  function onInstance(id: string, now: Instance | null): void {
    const before = instances.get(id);
    if (now) instances.set(id, now);
    else instances.delete(id);
    const instance = now ?? before;
    if (!instance) return;
    wakeEntity(instance);
    const isMoved = isServing(now) && (now?.endpoints !== before?.endpoints || now?.rejoin !== before?.rejoin);
    if (isMoved || isServing(now) !== isServing(before ?? null)) wakeBalancers(instance.applicationId, instance.entityId);
    if (now?.serves !== before?.serves || now?.state !== before?.state) wakeServed([...(now?.serves ?? []), ...(before?.serves ?? [])]);
    if (!now) wakePlacement(instance.hostId);
    if (!now || !before) wakeHostEntity(store.view.get('host', instance.hostId));
    wakeDrain(instance.hostId);
    wakeRebalance(store.view.get('host', instance.hostId)?.cloudId);
    if (instance.spec.networks) networks.wake(instance.applicationId);
    if (now) networks.wakeJoined(now);
    if (before && before.endpoints !== now?.endpoints) networks.wakeJoined(before);
    const task = store.view.get('entity', instance.entityId)?.taskId;
    if (task) queue.enqueue(`task:${task}`);
    wakeRollout(instance.applicationId);
  }

  function wakeServed(ids: Iterable<string>): void {
    for (const id of ids) {
      const served = instances.get(id);
      if (served && served.stoppingSince !== null) queue.enqueue(`entity:${served.entityId}`, 'user');
    }
  }

  function onHost(id: string, now: Host | null): void {
    const before = hosts.get(id);
    if (now) hosts.set(id, now);
    else hosts.delete(id);
    const host = now ?? before;
    if (!host) return;
    if (now && before && now.external !== before.external) {
      for (const instance of store.view.instancesOn(id))
        if (instance.state === 'planned') queue.enqueue(`entity:${instance.entityId}`, 'user');
    }
    if (now?.state !== before?.state || now?.cordoned !== before?.cordoned || now?.address !== before?.address) {
      if (now?.state === 'ready') memory.images.forgetHost(host.id);
      store.view.instancesOn(id).forEach(wakeEntity);
      // An entity that is to go may have nothing left there but volumes.
      for (const volume of store.view.all('volume').values()) {
        if (volume.hostId !== id) continue;
        queue.enqueue(volume.condemned ? `volume:${volume.id}` : `entity:${volume.entityId}`, 'user');
      }
      for (const snapshot of store.view.all('snapshot').values()) if (snapshot.hostId === id) queue.enqueue(`snapshot:${snapshot.id}`);
      wakePushes(id);
    }
    networks.wakeOn(id);
    if (now?.state !== before?.state || now?.facts?.underlay !== before?.facts?.underlay) networks.wakeReaching();
    wakeHostEntity(host);
    wakeDrain(id);
    if (now?.setUp?.state !== before?.setUp?.state || now?.hostKey.fingerprint !== before?.hostKey.fingerprint) wakeSetUp(id);
    if (host.cloudId !== null) queue.enqueue(`placement:${host.cloudId}`, 'user');
  }

  function wakeSetUp(hostId: string): void {
    const setUp = store.view.get('host', hostId)?.setUp?.state;
    if (setUp === 'wanted' || setUp === 'running') queue.enqueue(`host-setup:${hostId}`);
  }

  function wakePushes(hostId: string | null): void {
    for (const image of store.view.all('image').values()) {
      if (image.unpushed !== undefined && (hostId === null || image.hostId === hostId)) queue.enqueue(`image:${image.id}`);
    }
  }

  function wakeDrain(hostId: string): void {
    if (store.view.get('host', hostId)?.drain) queue.enqueue(`drain:${hostId}`);
  }

  function wakeRebalance(cloudId: string | null | undefined): void {
    if (cloudId && store.view.get('cloud', cloudId)?.rebalance) queue.enqueue(`rebalance:${cloudId}`);
  }

  /** The entity that a host of a Docker cloud is, and its cloud. */
  function wakeHostEntity(host: Host | undefined): void {
    if (host?.origin === undefined) return;
    const { entityId } = host.origin;
    queue.enqueue(`machine:${entityId}`);
    queue.enqueue(`state:${entityId}`);
    queue.enqueue(`entity:${entityId}`);
    wakeCloud(cloudOfHost(store.view, host));
  }

  function wakeAll(ids: Iterable<EntityId> | undefined, except: string): void {
    for (const id of ids ?? []) if (id !== except) queue.enqueue(`entity:${id}`);
  }

  /** What they are to serve changes, and with it whether they serve at all. */
  function wakeBalancers(applicationId: string, except: string): void {
    const ids = balancers.get(applicationId);
    wakeAll(ids, except);
    for (const id of ids ?? []) queue.enqueue(`state:${id}`);
  }

  /** A load balancer is also asked what it has counted. */
  function wakeEntity({ applicationId, entityId }: Instance): void {
    queue.enqueue(`entity:${entityId}`, 'user');
    queue.enqueue(`state:${entityId}`);
    if (balancers.get(applicationId)?.has(entityId)) queue.enqueue(`traffic:${entityId}`);
  }

  function wakePlacement(hostId: string): void {
    wakeWaiting(store.view.get('host', hostId)?.cloudId);
  }

  /** Those that found no place in a cloud. */
  function wakeWaiting(cloudId: CloudId | null | undefined): void {
    if (cloudId && (memory.unplaced.get(cloudId)?.size ?? 0) > 0) queue.enqueue(`placement:${cloudId}`);
  }

  function wakeRollout(applicationId: string): void {
    const rolloutId = store.view.get('application', applicationId)?.rolloutId;
    if (rolloutId && store.view.get('rollout', rolloutId)?.endedAt === null) queue.enqueue(`rollout:${rolloutId}`);
  }

  /** Placements change the record too, and concern nobody else. */
  function onCloud(id: string, now: Cloud | null): void {
    const before = clouds.get(id);
    if (now) clouds.set(id, now);
    else clouds.delete(id);
    const entityId = (now ?? before)?.entityId;
    if (entityId === undefined || (now && before && now.closing === before.closing && now.strategies === before.strategies)) return;
    queue.enqueue(`cloud:${entityId}`, 'user');
    queue.enqueue(`entity:${entityId}`);
    for (const child of store.view.childrenOf(entityId)) queue.enqueue(`machine:${child.id}`);
  }

  function onRollout(id: string): void {
    queue.enqueue(`rollout:${id}`);
    const taskId = store.view.get('rollout', id)?.taskId;
    if (taskId) queue.enqueue(`task:${taskId}`);
  }

  function onSecret(id: string): void {
    const [provider = '', ...name] = id.split('/');
    for (const reader of followers.readersOf({ provider, name: name.join('/') })) queue.enqueue(`entity:${reader}`, 'user');
  }

  /** Who waits for a place may have another choice once it was pushed. */
  function onSnapshot(id: string, now: Snapshot | null): void {
    queue.enqueue(`snapshot:${id}`, 'user');
    if (now) queue.enqueue(`entity:${now.entityId}`, 'user');
  }

  /** What could not be pulled may be now. */
  function onRegistry(): void {
    for (const [id, { goal, problems }] of store.view.all('entity')) {
      if (goal === 'running' && Object.keys(problems).length > 0) queue.enqueue(`entity:${id}`, 'user');
    }
  }

  function routeChange({ kind, id, record }: Change): void {
    switch (kind) {
      case 'entity':
        onEntity(id, record && (store.view.get('entity', id) ?? null));
        return;
      case 'instance':
        onInstance(id, record && (store.view.get('instance', id) ?? null));
        return;
      case 'host':
        onHost(id, record && (store.view.get('host', id) ?? null));
        return;
      case 'network':
        networks.put(id, record && (store.view.get('network', id) ?? null));
        return;
      case 'virtualNetwork':
        wakeWaiting(store.view.get('virtualNetwork', id)?.cloudId);
        return;
      case 'cloud':
        queue.enqueue(`placement:${id}`, 'user');
        wakeRebalance(id);
        onCloud(id, record && (store.view.get('cloud', id) ?? null));
        return;
      case 'application':
        queue.enqueue(`application:${id}`);
        return;
      case 'rollout':
        onRollout(id);
        return;
      case 'secret':
        onSecret(id);
        return;
      case 'image':
        if (record === null) memory.images.forgetHost(id.slice(0, id.indexOf(':')) as HostId);
        else queue.enqueue(`image:${id}`);
        return;
      case 'snapshot':
        onSnapshot(id, record && (store.view.get('snapshot', id) ?? null));
        return;
      case 'registry':
        onRegistry();
        return;
      case 'task':
        if (store.view.get('task', id)?.effect) queue.enqueue(`task:${id}`);
        return;
      default:
        return;
    }
  }

  function resync(): void {
    networks.wakeReaching();
    for (const id of store.view.all('host').keys()) {
      queue.enqueue(`host:${id}`);
      wakeDrain(id);
      wakeSetUp(id);
    }
    for (const id of store.view.all('cloud').keys()) wakeRebalance(id);
    for (const [id, entity] of store.view.all('entity')) {
      queue.enqueue(`entity:${id}`);
      queue.enqueue(`state:${id}`);
      if (balancers.get(entity.applicationId)?.has(entity.id)) queue.enqueue(`traffic:${id}`);
      if (entity.size !== null) queue.enqueue(`cluster:${id}`);
      if (context.plugins.entityTypes.get(entity.type)?.group) queue.enqueue(`group:${id}`);
      const kind = entityKind(context, entity.type);
      if (kind === 'cloud') queue.enqueue(`cloud:${id}`);
      if (kind === 'host') queue.enqueue(`machine:${id}`);
    }
    for (const id of store.view.all('application').keys()) {
      queue.enqueue(`application:${id}`);
      wakeRollout(id);
    }
    for (const id of store.view.all('network').keys()) queue.enqueue(`network:${id}`);
    for (const [id, volume] of store.view.all('volume')) if (volume.condemned) queue.enqueue(`volume:${id}`);
    wakePushes(null);
    for (const id of store.view.all('snapshot').keys()) queue.enqueue(`snapshot:${id}`);
    for (const [id, task] of store.view.all('task')) if (task.status === 'running' && task.effect) queue.enqueue(`task:${id}`);
  }

  return {
    route: (event) => event.changes.forEach(routeChange),
    routeAll() {
      for (const kind of ['cloud', 'host', 'network', 'entity', 'instance'] as const) {
        for (const [id, record] of store.view.all(kind)) routeChange({ kind, id, record });
      }
      resync();
    },
    resync,
  };
}
