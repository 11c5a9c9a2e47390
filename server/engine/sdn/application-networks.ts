import { toNetworkDefinitions } from '../../domain/entity/container-networks.ts';
import type { EntitySpec } from '../../domain/entity/entity-spec.ts';
import type { Cloud } from '../../domain/entity/host.ts';
import { cloudNamed } from '../../domain/entity/location.ts';
import { type DeclaredNetwork, declaredNetworks } from '../../domain/network/declared-networks.ts';
import { isMember, joiningRefusal, standingNetworkId } from '../../domain/network/standing-network.ts';
import { domainOf, type VirtualNetwork } from '../../domain/network/virtual-network.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { ApplicationId } from '../../domain/shared/ids.ts';
import type { Draft, StoreView } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';
import { putStandingNetwork, requireUnused, retireNetwork } from './standing-networks.ts';
import { hasParts, missingShared } from './virtual-networks.ts';

interface Settling {
  readonly applicationId: ApplicationId;
  readonly root: EntitySpec;
}

/**
 * What a blueprint says of networks that stand on their own, in the commit that plants or changes its application: those that it is made of are put,
 * changed and retired, and those that it joins have to be there and open to it.
 * @throws ClockerError blueprint.invalid | conflict | network.refused
 */
export function settleApplicationNetworks(
  draft: Draft,
  context: Pick<EngineContext, 'secrets' | 'plugins' | 'clock'>,
  { applicationId, root }: Settling,
): void {
  const application = draft.get('application', applicationId);
  const cloud = application && cloudNamed(draft, application.location);
  if (!application || !cloud) return;
  const declared = declaredNetworks(root);
  for (const network of standingOf(draft, applicationId)) {
    const wanted = declared.find(({ name }) => name === network.logicalName);
    if (wanted && isAsDeclared(network, wanted)) continue;
    requireUnused(draft, network);
    if (wanted && hasParts(draft, network.id)) {
      throw new ClockerError('conflict', {
        message: `Network ${network.logicalName} is still being taken from hosts`,
        hint: 'Try again in a moment.',
      });
    }
    retireNetwork(draft, network);
  }
  for (const { name, wanted } of declared) {
    const id = standingNetworkId(context.secrets.planeId, { cloudId: cloud.id, name });
    if (draft.get('virtualNetwork', id)?.applicationId === applicationId) continue;
    putStandingNetwork(draft, context, { cloud, name, applicationId, wanted, description: '', joiners: null });
  }
  const definitions = toNetworkDefinitions(root.config['docker.networks']);
  for (const [key, { shared }] of Object.entries(definitions)) {
    if (shared !== undefined) requireJoinable(draft, context, { cloud, applicationId, key, shared });
  }
}

/** Its networks that stand on their own are retired with it. @throws ClockerError conflict where other applications are on one */
export function retireApplicationNetworks(draft: Draft, applicationId: ApplicationId): void {
  for (const network of standingOf(draft, applicationId)) {
    requireUnused(draft, network);
    retireNetwork(draft, network);
  }
}

function standingOf(view: StoreView, applicationId: ApplicationId): readonly VirtualNetwork[] {
  return [...view.all('virtualNetwork').values()].filter((network) => network.applicationId === applicationId && network.standing);
}

function isAsDeclared({ subnet, internal }: VirtualNetwork, { wanted }: DeclaredNetwork): boolean {
  return (wanted.subnet ?? subnet) === subnet && (wanted.internal ?? false) === internal;
}

interface Joining {
  readonly cloud: Cloud;
  readonly applicationId: ApplicationId;
  /** As the blueprint calls the network. */
  readonly key: string;
  readonly shared: string;
}

function requireJoinable(
  view: StoreView,
  { secrets }: Pick<EngineContext, 'secrets'>,
  { cloud, applicationId, key, shared }: Joining,
): void {
  const network = view.get('virtualNetwork', standingNetworkId(secrets.planeId, { cloudId: cloud.id, name: shared }));
  const application = view.get('application', applicationId);
  if (!network) {
    throw new ClockerError('blueprint.invalid', {
      message: `docker.networks.${key}: ${missingShared(view, cloud, shared)}`,
      hint: `Make it first: Networks → New network, or clocker networks create ${shared} --cloud ${cloud.name}.`,
    });
  }
  const refusal = joiningRefusal(network, application);
  if (refusal !== null) {
    throw new ClockerError('blueprint.invalid', {
      message: `docker.networks.${key}: ${refusal}`,
      hint: `Name it among those that may: clocker networks update ${shared} --joiner NAME.`,
    });
  }
  const domain = domainOf(application?.name ?? '');
  const twin = [...view.all('application').values()].find((other) => other.id !== applicationId && domainOf(other.name) === domain);
  const isThere = twin && view.entitiesOf(twin.id).some(({ id }) => view.instancesOf(id).some((one) => isMember(one, network.id)));
  if (!isThere) return;
  throw new ClockerError('conflict', {
    message: `Names of application ${twin.name} end with ${domain} on network ${shared} already`,
    hint: 'Give the application another name: its containers would answer for those of the other.',
  });
}
