import { z } from 'zod';
import type { HostView, PlacementContext } from '../../domain/placement/placement.ts';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';

/**
 * Round robin over the hosts in the order in which they joined the cloud. Each placement goes to the next host that fits after
 * the one chosen last, and after the last host to the first.
 *
 * It goes on from the last chosen host's place in the cloud, not from a count modulo the hosts that are left: a count would jump
 * whenever a limit refuses a host or a host joins, and it began at the second host. The least loaded host is not preferred,
 * that is another strategy: after a host was emptied, round robin goes on in its turn and does not fill that host up first.
 */
export const plugin: PlacementPlugin = {
  id: 'breadth-first',
  title: 'Breadth first',
  description: 'Spreads over all hosts in turn (round robin in the order they joined the cloud).',
  aliases: [
    'BreadthFirstPlacementStrategy',
    'brooklyn.location.docker.strategy.BreadthFirstPlacementStrategy',
    'clocker.docker.location.strategy.basic.BreadthFirstPlacementStrategy',
  ],
  config: z.object({}),
  strategy: {
    apply(hosts, _request, _config, context) {
      const inOrder = hosts.toSorted((a, b) => a.order - b.order);
      const next = nextIndex(inOrder, context);
      return { hosts: [...inOrder.slice(next), ...inOrder.slice(0, next)], refused: [], ordered: 'next host in turn' };
    },
  },
};

function nextIndex(hosts: readonly HostView[], { lastHostOrder }: PlacementContext): number {
  if (lastHostOrder === null) return 0;
  const after = hosts.findIndex((host) => host.order > lastHostOrder);
  return after < 0 ? 0 : after;
}
