import { z } from 'zod';
import type { ConfigMap } from '../blueprint/config-value.ts';
import { redisCommands, withPassword } from '../datastore/redis-scripts.ts';
import { toBaseSpec, toImage } from '../entity/container-config.ts';
import { CONTAINER_SENSORS, containerSensors, mappedPort, toHostPort } from '../entity/container-sensors.ts';
import type { ContainerSpec, ReadinessProbe } from '../entity/container-spec.ts';
import { SENSOR, type Sensors } from '../entity/entity.ts';
import type { AdjunctSpec } from '../entity/entity-spec.ts';
import type { Host } from '../entity/host.ts';
import type { Instance } from '../entity/instance.ts';
import { LIFECYCLE_EFFECTORS } from '../entity/lifecycle-effectors.ts';
import type { Links } from '../entity/links.ts';
import { firstPort } from '../entity/port-ranges.ts';
import { parseDurationMs } from '../entity/quantities.ts';
import { optional } from './config-values.ts';
import { notesFromImage } from './container-type-config.ts';
import { DATASTORE_SENSORS } from './datastore-config.ts';
import { IMAGE_FLAGS, imageConfig } from './image-config.ts';
import { configOfItself, metricsByCommand } from './own-metrics.ts';
import { REDIS_CONFIG, REDIS_FLAGS, REDIS_SECRETS, REDIS_SENSORS } from './redis-config.ts';

const master = z.strictObject({ $entity: z.string().min(1) }, 'needs a Redis server: $brooklyn:component("id")');

const config = z.looseObject({
  ...imageConfig('redis', '7.0'),
  ...REDIS_CONFIG,
  'redis.master': optional(master, 'Copied server', 'It is a replica of that, and starts once it serves.'),
});

export type RedisConfig = z.infer<typeof config>;

const notes = notesFromImage(config);
/** Numbers of INFO; a replica whose link is up prints 1. */
const INFO = `redis-cli -h 127.0.0.1 -p "$REDIS_PORT" info | tr -d '\\r' | sed -n -e 's/^master_link_status:up$/master_link_up 1/p' -e 's/^master_link_status:.*/master_link_up 0/p' -e 's/^\\([a-z_]*\\):\\([0-9][0-9.]*\\)$/\\1 \\2/p'`;
const METRICS = [
  ['uptime_in_seconds', 'redis.uptime'],
  ['total_connections_received', 'redis.connections.received.total'],
  ['total_commands_processed', 'redis.commands.processed.total'],
  ['instantaneous_ops_per_sec', 'redis.commands.perSec'],
  ['expired_keys', 'redis.keys.expired'],
  ['evicted_keys', 'redis.keys.evicted'],
  ['keyspace_hits', 'redis.keyspace.hits'],
  ['keyspace_misses', 'redis.keyspace.misses'],
  ['connected_clients', 'redis.connections'],
  ['connected_slaves', 'redis.replicas'],
  ['used_memory', 'redis.memory'],
] as const;
const OF_REPLICAS = [
  ['master_link_up', 'redis.master.link'],
  ['master_last_io_seconds_ago', 'redis.master.lastHeard'],
] as const;

/** What a Redis server and a replica have in common: all but their names, and whom they copy. */
export function redisType(role: Role) {
  return {
    icon: 'database',
    kind: 'container' as const,
    config,
    secretKeys: REDIS_SECRETS,
    plannedKeys: { ...notes.plannedKeys, 'redis.config.templateUrl': 'the server has the options of its image' },
    notHonoured: notes.notHonoured,
    flags: { ...IMAGE_FLAGS, ...REDIS_FLAGS, master: 'redis.master' },
    sensors: [...CONTAINER_SENSORS, ...DATASTORE_SENSORS, ...REDIS_SENSORS],
    measures: (given: ConfigMap) => redisMetrics(role, given),
    effectors: LIFECYCLE_EFFECTORS,
    container: { toSpec, readiness, startTimeoutMs, links, sensors: containerAndUrl },
    software: {
      keepsData: true,
      needs: { key: 'redis.password', why: 'its port is open to the network of its machine' },
      commands: (value: RedisConfig, place: Parameters<typeof redisCommands>[1]) =>
        redisCommands({ options: optionsOf(value, place.kind === 'machine'), password: value['redis.password'] }, place),
      readiness,
      links,
      sensors: ({ config: value, ...place }: Situated) => urlSensors(value, place),
    },
  };
}

interface Role {
  readonly isReplica: boolean;
}

export function redisMetrics({ isReplica }: Role, given: ConfigMap): readonly AdjunctSpec[] {
  const metrics = [...METRICS, ...(isReplica ? OF_REPLICAS : [])].map(([metric, targetSensor]) => ({ metric, targetSensor }));
  const env = {
    REDIS_PORT: String(firstPort(given['redis.port'] ?? '6379+')),
    ...(given['redis.password'] === undefined ? {} : { REDISCLI_AUTH: configOfItself('redis.password') }),
  };
  return [metricsByCommand({ command: INFO, env, period: '15s', metrics })];
}

/** The image's own entry goes on from here: it leaves root, and then runs the server. */
const AS_REPLICA = `m=\${MASTER_PORT#tcp://}; set -- "$@" --replicaof "\${m%:*}" "\${m##*:}"`;
const START = 'exec docker-entrypoint.sh "$@"';

interface Situated {
  readonly config: RedisConfig;
  readonly instance: Instance;
  readonly host: Host;
}

function toSpec(value: RedisConfig): ContainerSpec {
  const port = firstPort(value['redis.port']);
  const password = value['redis.password'];
  const server = ['redis-server', ...optionsOf(value, false)];
  const setUp = value['redis.master'] === undefined ? [] : [AS_REPLICA];
  const start = password === undefined ? START : withPassword(START);
  const base = toBaseSpec(toImage(value['docker.image.name'], value['docker.image.tag']), value);
  return {
    ...base,
    command: setUp.length === 0 && password === undefined ? server : ['sh', '-c', [...setUp, start].join('\n'), 'sh', ...server],
    ...(password === undefined ? {} : { env: { ...base.env, REDISCLI_AUTH: password } }),
    ports: [{ container: port, protocol: 'tcp', host: null }],
    volumes: [{ name: 'data', path: '/data', readOnly: false }],
  };
}

/** Written to disk each second. Without a password whoever reaches its port is let in, as in its image; on a machine only who is there. */
function optionsOf(value: RedisConfig, isMachine: boolean): readonly string[] {
  const isProtected = isMachine && value['redis.password'] === undefined;
  return ['--port', String(firstPort(value['redis.port'])), '--appendonly', 'yes', '--protected-mode', isProtected ? 'yes' : 'no'];
}

/** `PONG`, and not “loading” or “an error”; that it wants a password is an answer too. */
function readiness(value: RedisConfig): ReadinessProbe {
  const script = 'case "$(redis-cli -h 127.0.0.1 -p "$1" ping 2>&1)" in PONG | NOAUTH*) exit 0 ;; esac; exit 1';
  return { kind: 'exec', argv: ['sh', '-c', script, 'sh', String(firstPort(value['redis.port']))] };
}

function startTimeoutMs(value: RedisConfig): number {
  return parseDurationMs(value['start.timeout']) ?? 120_000;
}

function links(value: RedisConfig): Links {
  const copied = value['redis.master'];
  return copied === undefined ? {} : { master: copied };
}

function containerAndUrl({ config: value, instance, host }: Situated): Sensors {
  const { [SENSOR.mainUri]: _, ...sensors } = containerSensors(instance, host);
  return { ...sensors, ...urlSensors(value, { instance, host }) };
}

function urlSensors(value: RedisConfig, { instance, host }: Omit<Situated, 'config'>): Sensors {
  const port = mappedPort(instance, firstPort(value['redis.port']));
  if (port === undefined) return {};
  const url = `redis://${toHostPort(host.address, port)}/`;
  return { [SENSOR.datastoreUrl]: url, 'mapped.datastore.url': url, 'redis.port': port };
}
