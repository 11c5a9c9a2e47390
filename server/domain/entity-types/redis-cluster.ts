import type { EntitySpec } from '../entity/entity-spec.ts';
import { component, propagator } from './balanced-cluster.ts';
import { redisMetrics } from './redis-type.ts';

/** Sensors of the server that is written to, which the whole has too. */
const OF_MASTER = ['host.address', 'host.name', 'redis.port', 'datastore.url', 'mapped.datastore.url'];
/** Config that no child inherits: it is that of the replicas. */
const OF_SIZE = /^(?:cluster\.|dynamiccluster\.|quorum$|update$)/;

/** Brooklyn's RedisCluster as what it is made of: a server that is written to, and a cluster of replicas. Its config reaches them by inheritance. */
export function toRedisCluster(spec: EntitySpec): EntitySpec {
  const { policies, ...whole } = spec;
  const masterId = `${spec.path}/master`;
  const replicasId = `${spec.path}/replicas`;
  const part = { location: null, children: [], memberSpec: null } as const;
  const entries = Object.entries(spec.config);
  const own = Object.fromEntries(entries.filter(([key]) => !OF_SIZE.test(key)));
  const master: EntitySpec = {
    ...part,
    ...{ type: 'redis', name: 'Master', planId: masterId, path: masterId, config: {} },
    initializers: redisMetrics({ isReplica: false }, own),
  };
  const replica: EntitySpec = {
    ...part,
    ...{
      type: 'redis-slave',
      name: 'Replica',
      planId: null,
      path: `${replicasId}/member`,
      config: { 'redis.master': component(masterId) },
    },
    initializers: redisMetrics({ isReplica: true }, own),
  };
  const sizing = { 'cluster.initial.size': 1, ...Object.fromEntries(entries.filter(([key]) => OF_SIZE.test(key))) };
  const replicas: EntitySpec = {
    ...part,
    ...{ type: 'dynamic-cluster', name: 'Replicas', planId: replicasId, path: replicasId, config: sizing, memberSpec: replica },
    ...(policies === undefined ? {} : { policies }),
  };
  return {
    ...whole,
    config: own,
    children: [master, replicas, ...spec.children],
    enrichers: [propagator('master', masterId, OF_MASTER), ...(spec.enrichers ?? [])],
  };
}
