import { networkCidr } from '../entity/container-networks.ts';
import type { EntitySpec } from '../entity/entity-spec.ts';

/** A network that an application is made of. */
export interface DeclaredNetwork {
  readonly name: string;
  readonly wanted: { readonly subnet?: string; readonly internal?: true };
}

const VIRTUAL_NETWORK = 'virtual-network';

/**
 * Networks of an application that has nothing else: they stand on their own for as long as it does. Empty for any other, whose networks are its
 * containers’.
 */
export function declaredNetworks({ children }: EntitySpec): readonly DeclaredNetwork[] {
  if (children.length === 0 || children.some(({ type }) => type !== VIRTUAL_NETWORK)) return [];
  return children.map(({ name, planId, config }) => {
    const { 'network.id': id, 'network.cidr': cidr, 'network.internal': internal } = config;
    const subnet = networkCidr.safeParse(cidr);
    return {
      name: typeof id === 'string' ? id : (planId ?? name),
      wanted: {
        ...(subnet.success ? { subnet: subnet.data } : {}),
        ...(internal === true || internal === 'true' ? { internal: true } : {}),
      },
    };
  });
}
