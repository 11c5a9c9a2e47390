import { z } from 'zod';
import type { HostView, StrategyOutcome } from '../../domain/placement/placement.ts';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';

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
  strategy: {
    apply(hosts, _request, settings) {
      const given = settings[LIMIT_KEY] ?? settings.maxContainers;
      const most = typeof given === 'number' ? given : 8;
      return filter(hosts, most, settings.countForeign !== false);
    },
  },
};

function filter(hosts: readonly HostView[], most: number, countForeign: boolean): StrategyOutcome {
  const fitting: HostView[] = [];
  const refused: { hostId: HostView['id']; reason: string }[] = [];
  for (const host of hosts) {
    const foreign = countForeign ? host.foreignContainers : 0;
    if (host.containers + foreign < most) fitting.push(host);
    else
      refused.push({
        hostId: host.id,
        reason: `has ${host.containers + foreign} of at most ${most} containers${foreign > 0 ? `, ${foreign} of them of others` : ''}`,
      });
  }
  return { hosts: fitting, refused };
}
