import type { Entity } from '../../../domain/entity/entity.ts';
import { rangeOf, toNumber } from '../../../domain/network/addresses.ts';
import type { NetworkChanges } from '../../../domain/network/network-change.ts';
import type { EntityId } from '../../../domain/shared/ids.ts';
import type { Draft, StoreView } from '../../../ports/store.ts';
import { durableCommit } from '../../durable-step.ts';
import type { EngineContext } from '../../engine-context.ts';
import { type JoinableNetwork, networksOfEntity } from '../../queries/networks-of-entity.ts';
import { conflict, invalid, notFound } from '../hosts/require-valid.ts';

export interface AttachInput {
  readonly entityId: EntityId;
  /** As the application calls it. */
  readonly network: string;
  /** Fixed IPv4 address there; for an entity with one container only. */
  readonly address?: string | undefined;
}

/**
 * Puts the containers of an entity, and of all below it, on a further network of their application, as they run; those that come later too.
 * @throws ClockerError not-found | conflict (it is on it, or they are on another host) | input.invalid (no such network, or no address of it)
 */
export async function attachNetwork(context: EngineContext, input: AttachInput): Promise<void> {
  await change(context, input, (entity, draft) => {
    const network = requireNetwork(context, draft, input);
    if (network.isOn) throw conflict(`${entity.name} is on network ${network.name} already`);
    if (network.refusal !== null) throw conflict(`${entity.name} cannot join network ${network.name}: ${network.refusal}`);
    if (input.address !== undefined) requireAddress(draft, { entity, network, address: input.address });
    const { attached = [], detached = [] } = entity.networks ?? {};
    const added = { name: network.name, ...(input.address === undefined ? {} : { address: input.address }) };
    return {
      attached: [...attached.filter(({ name }) => name !== network.name), added],
      // With an address of its own it is on it in the place of what its blueprint says.
      detached: input.address === undefined ? detached.filter((name) => name !== network.name) : detached,
    };
  });
}

/**
 * Takes the containers of an entity, and of all below it, off a network as they run.
 * @throws ClockerError not-found | conflict (it is not on it, or on no other) | input.invalid (no such network)
 */
export async function detachNetwork(context: EngineContext, input: Omit<AttachInput, 'address'>): Promise<void> {
  await change(context, input, (entity, draft) => {
    const network = requireNetwork(context, draft, input);
    if (!network.isOn) throw conflict(`${entity.name} is not on network ${network.name}`);
    const others = networksOfEntity(context, draft, entity).filter(({ isOn, name }) => isOn && name !== network.name);
    if (others.length === 0) {
      throw conflict(`${network.name} is the only network of ${entity.name}`, 'Attach it to another first, or stop it.');
    }
    const { attached = [], detached = [] } = entity.networks ?? {};
    return {
      attached: attached.filter(({ name }) => name !== network.name),
      detached: [...new Set([...detached, network.name])].sort(),
    };
  });
}

async function change(
  context: EngineContext,
  { entityId }: Pick<AttachInput, 'entityId'>,
  decide: (entity: Entity, draft: Draft) => NetworkChanges,
): Promise<void> {
  await durableCommit('entity.networks', () =>
    context.store.commit((draft) => {
      const entity = draft.get('entity', entityId);
      if (!entity || entity.goal === 'destroyed') throw notFound('entity', entityId);
      const networks = decide(entity, draft);
      const { networks: _, ...rest } = entity;
      const isNothing = networks.attached.length + networks.detached.length === 0;
      draft.put('entity', isNothing ? rest : { ...rest, networks });
    }),
  );
}

function requireNetwork(context: EngineContext, view: StoreView, { entityId, network }: AttachInput): JoinableNetwork {
  const entity = view.get('entity', entityId);
  const known = entity ? networksOfEntity(context, view, entity) : [];
  const found = known.find(({ name }) => name === network);
  if (found) return found;
  const names = known.map(({ name }) => name).join(', ');
  const hint = names === '' ? 'The application has no networks: declare one in docker.networks.' : `Known are ${names}.`;
  throw invalid(`The application has no network ${JSON.stringify(network)}`, hint);
}

interface Addressing {
  readonly entity: Entity;
  readonly network: JoinableNetwork;
  readonly address: string;
}

function requireAddress(view: StoreView, { entity, network: { name, subnet }, address }: Addressing): void {
  if (entity.size !== null || view.childrenOf(entity.id).length > 0) {
    throw invalid(
      `${entity.name} has several containers, and one address is for one of them`,
      'Leave the address away, or attach a member.',
    );
  }
  if (subnet === null) throw invalid(`Network ${name} has no subnet of its own to take an address of`, 'Leave the address away.');
  const { first, last } = rangeOf(subnet);
  const number = toNumber(address);
  if (number >= first && number <= last) return;
  throw invalid(`${address} is no address of network ${name}`, `Choose one within ${subnet}, or leave it away.`);
}
