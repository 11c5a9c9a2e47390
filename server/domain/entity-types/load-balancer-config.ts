import { z } from 'zod';
import { entityReference } from '../entity/entity-reference.ts';
import { portRange, text } from '../entity/value-schemas.ts';
import { anyMap, optional, preset, sensorName } from './config-values.ts';

/** Everything that spreads requests over the members of a cluster: Brooklyn's LoadBalancer and AbstractController. */
export const LOAD_BALANCER_CONFIG = {
  'loadbalancer.serverpool': optional(entityReference, 'Target', 'The cluster that it balances over.'),
  'loadbalancer.urlmappings': optional(entityReference, 'URL mappings', 'The group whose mappings it serves.'),
  'member.sensor.hostname': optional(sensorName, 'Sensor of the member’s address', 'host.subnet.hostname unless given.'),
  'member.sensor.portNumber': optional(sensorName, 'Sensor of the member’s port', 'http.port unless given.'),
  'member.sensor.hostandport': optional(sensorName, 'Sensor of address and port', 'Instead of both.'),
  'proxy.http.port': preset(portRange, '8000,8001+', 'Port'),
  'proxy.https.port': preset(portRange, '8443,8443+', 'HTTPS port'),
  'proxy.protocol': optional(z.enum(['http', 'https']), 'Protocol', 'http unless a certificate is given.'),
  'proxy.domainName': optional(text, 'Domain', 'Answers for this name only.'),
  'proxy.ssl.config': optional(anyMap, 'HTTPS certificate'),
  'controller.config.serviceUpUrlPath': optional(text, 'Check path', 'Path that it answers when it is up.'),
};

export const LOAD_BALANCER_FLAGS = {
  serverPool: 'loadbalancer.serverpool',
  urlMappings: 'loadbalancer.urlmappings',
  hostnameSensor: 'member.sensor.hostname',
  portNumberSensor: 'member.sensor.portNumber',
  hostAndPortSensor: 'member.sensor.hostandport',
  port: 'proxy.http.port',
  proxyHttpPort: 'proxy.http.port',
  httpsPort: 'proxy.https.port',
  protocol: 'proxy.protocol',
  domain: 'proxy.domainName',
  'proxy.domain': 'proxy.domainName',
  ssl: 'proxy.ssl.config',
  serviceUpUrlPath: 'controller.config.serviceUpUrlPath',
} as const;

export const LOAD_BALANCER_SENSORS = [
  { name: 'main.uri', type: 'string', description: 'Where a browser finds it' },
  { name: 'main.uri.mapped.subnet', type: 'string', description: 'The same inside its network' },
  { name: 'main.uri.mapped.public', type: 'string', description: 'The same from outside' },
  { name: 'mapped.main.uri', type: 'string', description: 'The same: reached through its host' },
  { name: 'webapp.url', type: 'string', description: 'Where its pages are' },
  { name: 'proxy.http.port', type: 'number', description: 'Port' },
  { name: 'proxy.https.port', type: 'number', description: 'HTTPS port' },
  { name: 'proxy.serverpool.targets', type: 'json', description: 'Members that it serves now' },
] as const;
