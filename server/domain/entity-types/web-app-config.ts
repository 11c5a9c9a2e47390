import { z } from 'zod';
import { boolean, portRange, text } from '../entity/value-schemas.ts';
import { anyMap, optional, preset, textMap, texts, url } from './config-values.ts';
import type { EffectorDefinition } from './type-members.ts';

/** Everything that serves web pages: Brooklyn's WebAppService. */
export const WEB_CONFIG = {
  'http.port': preset(portRange, '8080,18080+', 'HTTP port'),
  'https.port': preset(portRange, '8443,18443+', 'HTTPS port'),
  'webapp.enabledProtocols': preset(texts, ['http'], 'Protocols', 'http, https or both.'),
  'webapp.https.ssl': optional(anyMap, 'HTTPS certificate', 'Key store with url, password and alias.'),
  'httpMonitoring.enabled': optional(boolean, 'Check by HTTP'),
};

/** Of those that serve HTTP alone: no port is opened for the other. */
export const HTTP_ONLY_CONFIG = {
  'https.port': optional(portRange, 'HTTPS port'),
  'webapp.enabledProtocols': optional(texts, 'Protocols', 'http, https or both.'),
};

const SERVES_HTTP = 'it serves HTTP only: let a load balancer speak HTTPS';

export const HTTP_ONLY = { 'https.port': SERVES_HTTP, 'webapp.enabledProtocols': SERVES_HTTP, 'webapp.https.ssl': SERVES_HTTP };

export const WEB_FLAGS = {
  httpPort: 'http.port',
  httpsPort: 'https.port',
  enabledProtocols: 'webapp.enabledProtocols',
  httpsSsl: 'webapp.https.ssl',
  useHttpMonitoring: 'httpMonitoring.enabled',
} as const;

/** Servers of Java web applications: Brooklyn's JavaWebAppService. */
export const WAR_CONFIG = {
  'wars.root': optional(url, 'Application', 'Web archive served at /.'),
  'wars.named': optional(texts, 'Further applications', 'Web archives served below their own names.'),
  'wars.by.context': optional(textMap, 'Applications by path', 'Path: web archive.'),
};

export const WAR_FLAGS = { war: 'wars.root', wars: 'wars.named', warsByContext: 'wars.by.context' } as const;

/** What load balancers count of requests, for themselves and for who serves. */
export const REQUEST_SENSORS = [
  { name: 'webapp.reqs.total', type: 'number', description: 'Requests', unit: 'count' },
  { name: 'webapp.reqs.errors', type: 'number', description: 'Requests that failed', unit: 'count' },
  { name: 'webapp.reqs.perSec.last', type: 'number', description: 'Requests a second', unit: 'perSecond' },
  { name: 'webapp.reqs.perSec.windowed', type: 'number', description: 'Requests a second, over the last while', unit: 'perSecond' },
  { name: 'webapp.reqs.bytes.received', type: 'number', description: 'Received', unit: 'bytes' },
  { name: 'webapp.reqs.bytes.sent', type: 'number', description: 'Sent', unit: 'bytes' },
  { name: 'webapp.reqs.responseTime', type: 'number', description: 'Until an answer begins, mean of the last requests', unit: 'ms' },
] as const;

const PROCESSING = [
  { name: 'webapp.reqs.processingTime.total', type: 'number', description: 'Time spent on requests', unit: 'ms' },
  { name: 'webapp.reqs.processingTime.max', type: 'number', description: 'Longest request', unit: 'ms' },
  { name: 'webapp.reqs.processingTime.fraction.last', type: 'number', description: 'Part of the time spent on requests', unit: 'ratio' },
  {
    name: 'webapp.reqs.processingTime.fraction.windowed',
    type: 'number',
    description: 'Part of the time spent on requests, over the last while',
    unit: 'ratio',
  },
] as const;

/** Where pages are that are served by HTTP. */
export const WEB_PLACE_SENSORS = [
  { name: 'webapp.url', type: 'string', description: 'Where its pages are' },
  { name: 'main.uri', type: 'string', description: 'Where a browser finds it' },
  { name: 'mapped.webapp.url', type: 'string', description: 'Its page: reached through its host' },
  { name: 'mapped.main.uri', type: 'string', description: 'The same' },
  { name: 'http.port', type: 'number', description: 'HTTP port' },
] as const;

export const WEB_SENSORS = [
  { name: 'webapp.url', type: 'string', description: 'Where its pages are' },
  { name: 'main.uri', type: 'string', description: 'Where a browser finds it' },
  { name: 'http.port', type: 'number', description: 'HTTP port' },
  { name: 'https.port', type: 'number', description: 'HTTPS port' },
  ...REQUEST_SENSORS,
  ...PROCESSING,
] as const;

export const WAR_SENSORS = [{ name: 'webapp.deployedWars', type: 'json', description: 'Web archives that it serves' }] as const;

export const WAR_EFFECTORS: readonly EffectorDefinition[] = [
  { name: 'deploy', description: 'Add a web archive', parameters: z.object({ url: text, targetName: text }), destructive: false },
  { name: 'undeploy', description: 'Take a web archive away', parameters: z.object({ targetName: text }), destructive: true },
];

const PER_NODE = [
  { name: 'webapp.reqs.total.perNode', type: 'number', description: 'Requests a member', unit: 'count' },
  { name: 'webapp.reqs.errors.perNode', type: 'number', description: 'Failed requests a member', unit: 'count' },
  { name: 'webapp.reqs.perSec.last.perNode', type: 'number', description: 'Requests a second and member', unit: 'perSecond' },
  {
    name: 'webapp.reqs.perSec.windowed.perNode',
    type: 'number',
    description: 'Requests a second and member, over the last while',
    unit: 'perSecond',
  },
] as const;

/** Of a cluster whose members serve behind a load balancer: sums, and averages a member. */
export const BALANCED_SENSORS = [...REQUEST_SENSORS, ...PER_NODE] as const;

/** Of a cluster of web servers. */
export const WEB_CLUSTER_SENSORS = [
  ...WEB_SENSORS,
  ...PER_NODE,
  { name: 'webapp.reqs.processingTime.perNode', type: 'number', description: 'Time spent on requests a member', unit: 'ms' },
  {
    name: 'webapp.reqs.processingTime.fraction.windowed.perNode',
    type: 'number',
    description: 'Part of the time spent on requests, a member',
    unit: 'ratio',
  },
] as const;
