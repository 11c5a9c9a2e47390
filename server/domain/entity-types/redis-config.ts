import { z } from 'zod';
import { portRange } from '../entity/value-schemas.ts';
import { optional, preset, url } from './config-values.ts';

/** Stands between quotation marks in its configuration. */
const password = z.string().regex(/^[!#-[\]-~]{1,512}$/, 'needs 1 to 512 printable characters without spaces, “"” and “\\”');

/** Redis servers, replicas, and the cluster that gives it to all of them. */
export const REDIS_CONFIG = {
  'redis.port': preset(portRange, '6379+', 'Port'),
  'redis.password': optional(
    password,
    'Password',
    'Of whoever connects, and of replicas. On a machine it is needed: its port is open to the network.',
  ),
  'redis.config.templateUrl': optional(url, 'Template of its configuration'),
};

export const REDIS_SECRETS = ['redis.password'];

export const REDIS_FLAGS = {
  redisPort: 'redis.port',
  port: 'redis.port',
  password: 'redis.password',
  redisConfigTemplateUrl: 'redis.config.templateUrl',
} as const;

export const REDIS_SENSORS = [
  { name: 'redis.port', type: 'number', description: 'Port' },
  { name: 'redis.uptime', type: 'number', description: 'Seconds since start' },
  { name: 'redis.connections.received.total', type: 'number', description: 'Connections', unit: 'count' },
  { name: 'redis.commands.processed.total', type: 'number', description: 'Commands', unit: 'count' },
  { name: 'redis.keys.expired', type: 'number', description: 'Keys expired', unit: 'count' },
  { name: 'redis.keys.evicted', type: 'number', description: 'Keys evicted', unit: 'count' },
  { name: 'redis.keyspace.hits', type: 'number', description: 'Keys found', unit: 'count' },
  { name: 'redis.keyspace.misses', type: 'number', description: 'Keys not found', unit: 'count' },
  { name: 'redis.commands.perSec', type: 'number', description: 'Commands', unit: 'perSecond' },
  { name: 'redis.connections', type: 'number', description: 'Clients connected', unit: 'count' },
  { name: 'redis.replicas', type: 'number', description: 'Replicas connected', unit: 'count' },
  { name: 'redis.memory', type: 'number', description: 'Memory in use', unit: 'bytes' },
  { name: 'redis.master.link', type: 'number', description: 'Of a replica: 1 while it hears the server that it copies' },
  { name: 'redis.master.lastHeard', type: 'number', description: 'Of a replica: seconds since it heard that server' },
] as const;
