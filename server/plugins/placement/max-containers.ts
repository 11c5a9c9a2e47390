import { z } from 'zod';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { refusing } from '../../domain/placement/strategy-kinds.ts';

const LIMIT_KEY = 'docker.container.cluster.maxSize';
const limit = z.int('needs a whole number').min(0).max(100_000);

const config = z.object({
  maxContainers: limit.default(8).meta({ title: 'Most containers', description: 'A host with this many takes no more.' }),
  [LIMIT_KEY]: limit.optional().meta({ title: 'Most containers', description: 'Clocker’s key; it counts before maxContainers.' }),
  countForeign: z.boolean().default(true).meta({ title: 'Count containers of others', description: 'Those that Clocker did not start.' }),
});

/** Refuses a host that has `maxContainers` or more. Containers that are planned count, and as in Clocker those of others too. */
export const plugin: PlacementPlugin = {
  id: 'max-containers',
  title: 'Max containers',
  description: 'Refuses hosts that have as many containers as allowed (8 unless told).',
  aliases: [
    'MaxContainersPlacementStrategy',
    'brooklyn.location.docker.strategy.MaxContainersPlacementStrategy',
    'clocker.docker.location.strategy.basic.MaxContainersPlacementStrategy',
  ],
  config,
  strategy: refusing((host, _request, settings) => {
    const given = settings[LIMIT_KEY] ?? settings.maxContainers;
    const most = typeof given === 'number' ? given : 8;
    const foreign = settings.countForeign === false ? 0 : host.foreignContainers;
    const count = host.containers + foreign;
    return count < most ? null : `has ${count} of at most ${most} containers${foreign > 0 ? `, ${foreign} of them of others` : ''}`;
  }),
};
