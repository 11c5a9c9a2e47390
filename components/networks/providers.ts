export interface ProviderChoice {
  readonly id: string;
  /** Where a network is listed. */
  readonly name: string;
  /** Where one is chosen for a cloud. */
  readonly choice: string;
  /** What has to be there, or is not sure. */
  readonly hint?: string;
}

/** In the order in which they are offered. */
export const NETWORK_PROVIDERS: readonly ProviderChoice[] = [
  { id: 'vxlan', name: 'VXLAN', choice: 'Reach all hosts (VXLAN)' },
  { id: 'bgp', name: 'BGP', choice: 'Reach all hosts (BGP, on one LAN)' },
  {
    ...{ id: 'overlay', name: 'Overlay', choice: 'Reach all hosts (overlay of Docker Swarm)' },
    hint: 'Its hosts become one Swarm, with managers among them. They must be in no other Swarm, and their engines without live-restore; rules of networks are not kept.',
  },
  {
    ...{ id: 'cni', name: 'CNI', choice: 'Reach their LAN (CNI)' },
    hint: 'Plug-ins of CNI on each host, run as root: macvlan unless another configuration is given. What they keep apart is theirs; rules of networks are not kept.',
  },
  {
    ...{ id: 'bridge', name: 'Bridge', choice: 'End at a host (bridge)' },
    hint: 'All that share a network are placed on one host, with addresses, names and rules as where networks reach further.',
  },
  {
    ...{ id: 'weave', name: 'Weave, unverified', choice: 'Reach all hosts (Weave, unverified)' },
    hint: 'Never tried with a real router, which each host has to have. VXLAN works alike and needs none.',
  },
  {
    ...{ id: 'calico', name: 'Calico, unverified', choice: 'Reach all hosts (Calico, unverified)' },
    hint: 'Never tried with a real node, which each host has to have. BGP routes the same way and needs none.',
  },
];

export function providerText(provider: string | null): string {
  if (provider === null) return 'bridge of one host';
  return NETWORK_PROVIDERS.find(({ id }) => id === provider)?.name ?? provider;
}
