import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { double } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, sensorName } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s LoadBalancingPolicy. */
export const plugin: AdjunctType = {
  id: 'load-balancing',
  title: 'Load balancing',
  description: 'Moves items between containers so that each has its share.',
  kind: 'policy',
  aliases: classNames('brooklyn.policy.loadbalancing.LoadBalancingPolicy', 'org.apache.brooklyn.policy.loadbalancing.LoadBalancingPolicy'),
  config: z.looseObject({
    metric: optional(sensorName, 'Load of an item'),
    lowThreshold: optional(double, 'Too little'),
    highThreshold: optional(double, 'Too much'),
    minPeriodBetweenExecs: preset(duration, 100, 'Between two moves'),
  }),
  flags: {},
  planned: true,
};
