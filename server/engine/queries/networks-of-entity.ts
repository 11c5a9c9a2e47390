import { toNetworkDefinitions } from '../../domain/entity/container-networks.ts';
import { endsAtHost } from '../../domain/entity/container-spec.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { cloudNamed, locationOf } from '../../domain/entity/location.ts';
import type { VirtualNetwork } from '../../domain/network/virtual-network.ts';
import type { StoreView } from '../../ports/store.ts';
import { configOf } from '../config-of.ts';
import type { EngineContext } from '../engine-context.ts';
import { rootOf, sharedThingsOf } from '../shared-things.ts';

/** A network of an application as one of its entities sees it. */
export interface JoinableNetwork {
  /** As the application calls it. */
  readonly name: string;
  /** All containers of the entity are to be on it. */
  readonly isOn: boolean;
  /** IPv4 CIDR; null while nobody has chosen one. */
  readonly subnet: string | null;
  /** Why it cannot be joined as things are; null where it can. */
  readonly refusal: string | null;
}

/** Networks of the application of an entity: those that it declares, and those that its containers are to be on. By name. */
export function networksOfEntity({ plugins }: Pick<EngineContext, 'plugins'>, view: StoreView, entity: Entity): readonly JoinableNetwork[] {
  const source = { view, types: plugins.entityTypes };
  const containers = view.entitiesOf(entity.applicationId).filter(({ type }) => plugins.entityTypes.get(type)?.container !== undefined);
  const networksOf = new Map(containers.map((one) => [one.id, sharedThingsOf(one, source).networks]));
  const own = containers.filter((one) => isBelow(one, entity, view));
  const declared = toNetworkDefinitions(configOf(rootOf(entity, view), 'docker.networks', source));
  const names = new Set([...Object.keys(declared), ...[...networksOf.values()].flat().map(({ name }) => name)]);
  const cloud = cloudNamed(view, locationOf(view, entity));
  const virtual = [...view.all('virtualNetwork').values()].filter(({ cloudId }) => cloudId === cloud?.id);
  const found = (name: string): VirtualNetwork | undefined => {
    const shared = declared[name]?.shared;
    return virtual.find(({ logicalName, standing, applicationId }) =>
      shared === undefined ? applicationId === entity.applicationId && logicalName === name : standing && logicalName === shared,
    );
  };
  return [...names].sort().map((name) => {
    const members = containers.filter(({ id }) => networksOf.get(id)?.some((network) => network.name === name));
    const isEnding = members.some(({ id }) =>
      networksOf.get(id)?.some((one) => one.name === name && (one.definition.provider === undefined || endsAtHost(one.definition))),
    );
    const subnet = found(name)?.subnet ?? declared[name]?.subnet ?? null;
    const isOn = own.length > 0 && own.every((one) => members.includes(one));
    return { name, isOn, subnet, refusal: isOn || !isEnding ? null : elsewhere({ own, members, view }) };
  });
}

function isBelow(one: Entity, top: Entity, view: StoreView): boolean {
  if (one.id === top.id) return true;
  const parent = one.parentId === null ? undefined : view.get('entity', one.parentId);
  return parent !== undefined && isBelow(parent, top, view);
}

/** A bridge ends at its host: all that are on it have to be there. */
function elsewhere({ own, members, view }: { own: readonly Entity[]; members: readonly Entity[]; view: StoreView }): string | null {
  const hostsOf = (some: readonly Entity[]): ReadonlySet<string> =>
    new Set(some.flatMap(({ instanceId }) => (instanceId ? (view.get('instance', instanceId)?.hostId ?? []) : [])));
  const [theirs, ours] = [hostsOf(members), hostsOf(own)];
  const isApart = [...ours].some((id) => [...theirs].some((other) => other !== id)) || ours.size > 1;
  return isApart ? 'it ends at its host, and they are on different hosts: the cloud needs a network provider' : null;
}
