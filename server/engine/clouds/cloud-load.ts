import type { Entity } from '../../domain/entity/entity.ts';
import type { Cloud, Host } from '../../domain/entity/host.ts';
import type { Capacity, CloudLoad } from '../../domain/headroom/plan-headroom.ts';
import type { StoreView } from '../../ports/store.ts';
import { isEmpty, membersOf } from './cloud-hosts.ts';

export interface CloudState {
  readonly load: CloudLoad;
  /** Hosts that failed or are held back by a person: seen and counted, and of no use to the headroom. */
  readonly away: number;
  /** Of these the ones that were never ready: as long as there is one, another machine would do no better. */
  readonly stuck: readonly string[];
  /** Of these the ones that have found no machine at all. */
  readonly vacant: number;
  /** Hosts that are there or on their way. */
  readonly coming: number;
  /** Hosts that could be given back now. */
  readonly empty: number;
}

/** What a Docker cloud carries: containers on its hosts, whoever made them, and those that wait for a place. */
export function cloudState(
  view: StoreView,
  { entity, cloud, waiting }: { readonly entity: Entity; readonly cloud: Cloud; readonly waiting: number },
): CloudState {
  const hosts = view.hostsOf(cloud.id);
  const open = hosts.filter((host) => host.state === 'ready' && !host.cordoned);
  const members = membersOf(view, entity);
  const byEntity = new Map(hosts.map((host) => [host.origin?.entityId, host]));
  const away = members.filter((member) => isAway(member, byEntity.get(member.id))).length;
  const containers = hosts.reduce((sum, host) => sum + view.instancesOn(host.id).length + host.foreignContainers, 0);
  return {
    load: {
      hosts: open.length,
      containers: containers + waiting,
      ...capacity('cpus', view, open),
      ...capacity('memoryBytes', view, open),
    },
    away,
    stuck: members.filter((member) => isStuck(member, byEntity.get(member.id))).map(({ name }) => name),
    vacant: members.filter((member) => member.machine === undefined && member.problems.machine !== undefined).length,
    coming: members.length - away,
    empty: open.filter((host) => host.origin !== undefined && isEmpty(view, host)).length,
  };
}

function isAway(member: Entity, host: Host | undefined): boolean {
  const isHeld = host?.cordoned === true || host?.maintenance !== undefined;
  return (
    isHeld || member.problems.machine !== undefined || host?.state === 'refused' || host?.state === 'lost' || member.actual === 'ON_FIRE'
  );
}

function isStuck(member: Entity, host: Host | undefined): boolean {
  return isAway(member, host) && (host === undefined || (host.facts === null && host.maintenance === undefined));
}

function capacity<Key extends 'cpus' | 'memoryBytes'>(
  key: Key,
  view: StoreView,
  hosts: readonly Host[],
): { readonly [K in Key]?: Capacity } {
  const sizes = hosts.flatMap(({ facts }) => (facts === null ? [] : [facts[key]]));
  const none: { readonly [K in Key]?: Capacity } = {};
  if (sizes.length === 0) return none;
  const promised = hosts.flatMap((host) => view.instancesOn(host.id)).reduce((sum, { spec }) => sum + (spec[key] ?? 0), 0);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return { ...none, [key]: { promised, total, smallest: Math.min(...sizes), largest: Math.max(...sizes) } };
}
