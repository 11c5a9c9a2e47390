import { z } from 'zod';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { ordering } from '../../domain/placement/strategy-kinds.ts';

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
  strategy: ordering('turn', 'next host in turn'),
};
