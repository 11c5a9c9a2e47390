import type { NetworkPart } from '@/server/domain/network/list-networks.ts';

/** How a host's part of a network is: what is wrong with it and on the way to other hosts, and whom it reaches. */
export function peersOf({ problem, peers }: Pick<NetworkPart, 'problem' | 'peers'>): {
  readonly problems: readonly string[];
  /** `2 of 3 others`; empty where none was tried. */
  readonly text: string;
} {
  const reasons = Object.values(peers);
  const broken = reasons.filter((reason) => reason !== '');
  return {
    problems: [problem, ...broken].filter((text) => text !== ''),
    text: reasons.length === 0 ? '' : `${reasons.length - broken.length} of ${reasons.length} others`,
  };
}
