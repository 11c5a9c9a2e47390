import { z } from 'zod';
import type { HostView } from '../../domain/placement/placement.ts';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { seededRandom } from '../../domain/placement/seeded-random.ts';

/** Shuffles (Fisher-Yates). The seed is the entity and the number of the placement, so that a decision can be replayed. */
export const plugin: PlacementPlugin = {
  id: 'random',
  title: 'Random',
  description: 'Takes any host that fits; the same decision asked again gives the same host.',
  aliases: [
    'RandomPlacementStrategy',
    'brooklyn.location.docker.strategy.RandomPlacementStrategy',
    'clocker.docker.location.strategy.basic.RandomPlacementStrategy',
  ],
  config: z.object({}),
  strategy: {
    apply(hosts, request, _config, context) {
      return { hosts: shuffle(hosts, `${request.entityId}/${context.sequence}`), refused: [], ordered: 'picked at random' };
    },
  },
};

function shuffle(hosts: readonly HostView[], seed: string): readonly HostView[] {
  const shuffled = hosts.toSorted((a, b) => a.order - b.order);
  const random = seededRandom(seed);
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [shuffled[last], shuffled[other]];
    if (a !== undefined && b !== undefined) {
      shuffled[last] = b;
      shuffled[other] = a;
    }
  }
  return shuffled;
}
