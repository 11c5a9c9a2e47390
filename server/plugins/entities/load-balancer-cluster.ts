import { classNames } from '../../domain/entity-types/class-names.ts';
import { LOAD_BALANCER_CONFIG, LOAD_BALANCER_FLAGS, LOAD_BALANCER_SENSORS } from '../../domain/entity-types/load-balancer-config.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s LoadBalancerCluster. */
export const plugin: EntityTypePlugin = clusterType({
  id: 'load-balancer-cluster',
  title: 'Load balancer cluster',
  description: 'Several load balancers over the same members.',
  icon: 'split',
  planned: true,
  aliases: classNames('brooklyn.entity.proxy.LoadBalancerCluster', 'org.apache.brooklyn.entity.proxy.LoadBalancerCluster'),
  memberType: 'nginx',
  config: LOAD_BALANCER_CONFIG,
  flags: LOAD_BALANCER_FLAGS,
  sensors: LOAD_BALANCER_SENSORS,
});
