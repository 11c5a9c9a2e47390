import { blockOf, toAddress } from '../../../domain/network/addresses.ts';
import { ClockerError } from '../../../domain/shared/clocker-error.ts';

/** An eighth of a subnet, 4 to 256 addresses. */
const SHARE_BITS = 3;
const LONGEST = 30;
const SHORTEST = 24;

/**
 * The end of a subnet, from which Swarm gives an address to its gateway, which is nobody's, and to a load balancer on each host that has the network.
 * @throws ClockerError network.refused for less than a /27
 */
export function fenceOf(subnet: string): string {
  const prefix = Number(subnet.slice(subnet.indexOf('/') + 1));
  const bits = Math.max(prefix + SHARE_BITS, SHORTEST);
  if (bits > LONGEST) {
    throw new ClockerError('network.refused', {
      message: `${subnet} is too small for an overlay network: Swarm itself takes an address of it on each host`,
      hint: 'Give the network a /27 or more, the cloud a size of networks of 27 or less.',
    });
  }
  return `${toAddress(blockOf(subnet).last - 2 ** (32 - bits) + 1)}/${bits}`;
}

/** Of the fence the first, as Swarm wants one that is said. */
export function fenceGateway(subnet: string): string {
  const fence = fenceOf(subnet);
  return fence.slice(0, fence.indexOf('/'));
}
