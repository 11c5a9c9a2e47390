import { cloudOfHost } from '../../domain/cloud/cloud-of-host.ts';
import type { NetworkAttachment } from '../../domain/entity/container-spec.ts';
import type { Cloud } from '../../domain/entity/host.ts';
import { rulesFor } from '../../domain/network/network-rules.ts';
import { virtualNetworkId } from '../../domain/network/virtual-network.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { ApplicationId } from '../../domain/shared/ids.ts';
import type { StoreView } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';
import { networkNameOf } from '../shared-things.ts';
import { rulesOfNetwork } from './rules-of-network.ts';

interface Asking {
  readonly applicationId: ApplicationId;
  readonly networks: readonly NetworkAttachment[] | undefined;
  readonly cloud: Cloud;
}

/**
 * Hosts keep rules on the bridges by which networks reach all hosts. One that ends at its host, and one whose provider puts interfaces past the bridge,
 * would be open in spite of them: why a container is not put there, or null.
 */
export function unguardedRefusal(
  view: StoreView,
  { plugins, secrets }: Pick<EngineContext, 'plugins' | 'secrets'>,
  { applicationId, networks = [], cloud }: Asking,
): string | null {
  for (const attachment of networks) {
    const { name, definition } = attachment;
    const own = (): boolean => rulesFor(view.entitiesOf(applicationId), name) !== null;
    if (definition.provider === undefined) {
      if (own()) return `network ${name} has rules, which a cloud keeps only with a network provider: choose one for it`;
      continue;
    }
    const network = view.get('virtualNetwork', virtualNetworkId(cloud.id, networkNameOf(secrets.planeId, applicationId, attachment)));
    const provider = plugins.sdnProviders.get((network?.networking ?? cloud.networking)?.provider ?? '');
    if (!provider?.attaches) continue;
    if (network ? rulesOfNetwork(view, network) !== null : own())
      return `network ${name} has rules, which networks by ${provider.title} do not keep: choose vxlan or bgp for its cloud`;
  }
  return null;
}

/**
 * Rules that a new generation brings are kept at once, without anything being placed anew: they are refused where containers are on networks that
 * would not keep them. @throws ClockerError network.refused
 */
export function requireGuarded(view: StoreView, context: Pick<EngineContext, 'plugins' | 'secrets'>, applicationId: ApplicationId): void {
  const asked = new Set<string>();
  for (const { id } of view.entitiesOf(applicationId)) {
    for (const { hostId, spec } of view.instancesOf(id)) {
      const cloud = cloudOfHost(view, view.get('host', hostId));
      const key = JSON.stringify([cloud?.id, (spec.networks ?? []).map(({ name, definition }) => [name, definition])]);
      if (!cloud || asked.has(key)) continue;
      asked.add(key);
      const message = unguardedRefusal(view, context, { applicationId, networks: spec.networks, cloud });
      if (message !== null) throw new ClockerError('network.refused', { message: `Its ${message}`, hint: 'Or take network.rules out.' });
    }
  }
}
