import type { StrategyKit } from '../../../../server/plugins/own-strategies.ts';

/** A strategy of one’s own, as somebody who runs an installation would write it. */
export default ({ z, refusing }: StrategyKit) => ({
  id: 'only-these',
  title: 'Only these',
  description: 'Takes hosts that are named.',
  config: z.object({ hosts: z.array(z.string()) }),
  strategy: refusing((host, _request, { hosts }) =>
    Array.isArray(hosts) && hosts.includes(host.name) ? null : 'is none of those that are named',
  ),
});
