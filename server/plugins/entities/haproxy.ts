import { z } from 'zod';
import { haproxyConfig } from '../../domain/balancer/haproxy-config.ts';
import { haproxyCommands } from '../../domain/balancer/haproxy-scripts.ts';
import { readHaproxyStats, WORKER_HEADER } from '../../domain/balancer/haproxy-stats.ts';
import {
  containerPort,
  duration,
  imageName,
  imageTag,
  SHARED_CONTAINER_FLAGS,
  sharedContainerShape,
  toBaseSpec,
  toImage,
} from '../../domain/entity/container-config.ts';
import { CONTAINER_SENSORS, containerSensors, mappedPort, toHostPort } from '../../domain/entity/container-sensors.ts';
import type { FileSpec } from '../../domain/entity/container-spec.ts';
import { SENSOR, type Sensors } from '../../domain/entity/entity.ts';
import { entityReference } from '../../domain/entity/entity-reference.ts';
import type { Host } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { LIFECYCLE_EFFECTORS } from '../../domain/entity/lifecycle-effectors.ts';
import { parseDurationMs, parsePortRange } from '../../domain/entity/quantities.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, url } from '../../domain/entity-types/config-values.ts';
import { notesFromImage } from '../../domain/entity-types/container-type-config.ts';
import { LOAD_BALANCER_CONFIG, LOAD_BALANCER_FLAGS } from '../../domain/entity-types/load-balancer-config.ts';
import { PROCESS_CONFIG, PROCESS_FLAGS } from '../../domain/entity-types/process-config.ts';
import { REQUEST_SENSORS } from '../../domain/entity-types/web-app-config.ts';
import type { SoftwarePlace } from '../../domain/software/process-spec.ts';
import type { EntityTypePlugin, LiveBehaviour, LiveServer } from '../../ports/entity-type.ts';

const COUNTERS_PORT = 8_405;
const CONFIG_FILE = '/usr/local/etc/haproxy/haproxy.cfg';
const SOCKET = '/tmp/haproxy.sock';

const portRange = z
  .union([z.number(), z.string()], 'needs a port or a range such as 8000-8010')
  .refine((value) => parsePortRange(value) !== null, 'needs a port from 1 to 65535, a range such as 8000-8010, or 8000+')
  .refine((value) => (parsePortRange(value)?.from ?? 0) !== 22, 'cannot be 22: that is the host’s SSH');

/** Of Brooklyn's load balancers and Clocker's HAProxyController, besides what the engine acts on. */
const { 'loadbalancer.serverpool': _pool, 'proxy.http.port': _port, ...OTHERS } = LOAD_BALANCER_CONFIG;

const config = z.looseObject({
  ...PROCESS_CONFIG,
  ...OTHERS,
  'haproxy.config.templateUrl': optional(url, 'Template of its configuration'),
  'haproxy.backend.mode': optional(text, 'Mode to the members'),
  'haproxy.frontend.bind.address': optional(text, 'Address it listens on'),
  'loadBalancer.target': entityReference.optional().meta({ title: 'Target', description: 'The cluster or service that it balances over.' }),
  'proxy.http.port': portRange
    .default('8000-8999')
    .meta({ title: 'Port', description: 'Port of the host; of a range the first that is free.' }),
  'member.port': containerPort
    .optional()
    .meta({ title: 'Member port', description: 'Port of the members’ containers; their first unless given.' }),
  'haproxy.mode': z.enum(['http', 'tcp']).default('http').meta({ title: 'Mode' }),
  'haproxy.balance': z.enum(['roundrobin', 'leastconn', 'source']).default('roundrobin').meta({ title: 'Balance' }),
  'haproxy.check.path': z
    .string()
    .regex(/^\/[\x21-\x7e]*$/, 'needs a path that begins with /')
    .max(1000)
    .optional()
    .meta({ title: 'Check path', description: 'Path that a healthy member answers. Unless given, a connection is enough.' }),
  'haproxy.check.interval': duration.default('1s').meta({ title: 'Check interval' }),
  'haproxy.hardStopAfter': duration
    .default('30s')
    .meta({ title: 'Hard stop after', description: 'Old connections are cut this long after a reload.' }),
  'docker.image.name': imageName.default('haproxy').meta({ title: 'Image', description: 'HAProxy 2.6 or later.' }),
  'docker.image.tag': imageTag.default('2.6').meta({ title: 'Tag', description: 'Where the image says none.' }),
  ...sharedContainerShape,
});

type Config = z.infer<typeof config>;

const notes = notesFromImage(config);
const MEMBERS = 'members are reached at the address that the load balancer can reach';

const live: LiveBehaviour<Config> = {
  targets(value, find) {
    const target = value['loadBalancer.target'];
    if (target === undefined) return [];
    if (typeof target !== 'string') return [target.$entity];
    const entity = find(target);
    return entity === undefined ? [] : [entity.id];
  },
  files: (value, servers, place) => [configFile(value, servers, place)],
  targetPort: (value) => (value['member.port'] === undefined ? null : Number(value['member.port'])),
  check: (place) => ['haproxy', '-c', '-q', '-f', fileIn(place)],
  reloadSignal: 'SIGUSR2',
  sensors: (servers) => ({ 'proxy.servers': servers.map((server) => server.entityId) }),
  traffic: (value) =>
    value['haproxy.mode'] === 'tcp'
      ? null
      : { port: countersPort(value), path: '/;csv', read: ({ headers, body }) => readHaproxyStats(body, headers[WORKER_HEADER] ?? '') },
};

/** Balances over the members of a cluster and follows them without dropping a connection: from its image, or from its package on a machine without Docker. */
export const plugin: EntityTypePlugin<Config> = {
  id: 'haproxy',
  title: 'HAProxy',
  description: 'A load balancer over the members of a cluster.',
  icon: 'split',
  aliases: [
    ...classNames(
      'brooklyn.entity.proxy.haproxy.HAProxyController',
      'org.apache.brooklyn.entity.proxy.haproxy.HAProxyController',
      'clocker.docker.entity.proxy.haproxy.HAProxyController',
    ),
    'haproxy-load-balancer',
    'haproxy-controller',
  ],
  kind: 'container',
  config,
  plannedKeys: {
    ...notes.plannedKeys,
    'haproxy.config.templateUrl': 'its configuration is written by Clocker',
    'proxy.ssl.config': 'it serves HTTP only',
    'loadbalancer.urlmappings': 'it balances over one cluster',
  },
  notHonoured: {
    ...notes.notHonoured,
    'member.sensor.hostname': MEMBERS,
    'member.sensor.portNumber': 'members are reached at member.port, or their first port',
    'member.sensor.hostandport': MEMBERS,
    'proxy.https.port': 'it serves HTTP only',
    'proxy.protocol': 'it serves HTTP only',
    'proxy.domainName': 'it answers for every name',
    'haproxy.backend.mode': 'haproxy.mode says it for both sides',
    'haproxy.frontend.bind.address': 'it listens on all addresses of its container',
    'controller.config.serviceUpUrlPath': 'it is up when it takes connections',
  },
  flags: {
    ...PROCESS_FLAGS,
    ...LOAD_BALANCER_FLAGS,
    ...SHARED_CONTAINER_FLAGS,
    haProxyConfig: 'haproxy.config.templateUrl',
    backendMode: 'haproxy.backend.mode',
    frontendMode: 'haproxy.mode',
    bindAddress: 'haproxy.frontend.bind.address',
    target: 'loadBalancer.target',
    serverPool: 'loadBalancer.target',
    'loadbalancer.serverpool': 'loadBalancer.target',
    'cluster.loadbalancer.target': 'loadBalancer.target',
    port: 'proxy.http.port',
    proxyHttpPort: 'proxy.http.port',
    memberPort: 'member.port',
    mode: 'haproxy.mode',
    'haproxy.frontend.mode': 'haproxy.mode',
    balance: 'haproxy.balance',
    checkPath: 'haproxy.check.path',
    imageName: 'docker.image.name',
    imageTag: 'docker.image.tag',
  },
  sensors: [...CONTAINER_SENSORS, ...REQUEST_SENSORS, { name: 'proxy.servers', type: 'json', description: 'Entities that it serves now' }],
  effectors: LIFECYCLE_EFFECTORS,
  container: {
    toSpec(value) {
      const port = listenPort(value);
      const host = parsePortRange(value['proxy.http.port']) ?? { from: port, to: port };
      return {
        ...toBaseSpec(toImage(value['docker.image.name'], value['docker.image.tag']), value),
        entrypoint: ['haproxy'],
        command: ['-W', '-db', '-f', CONFIG_FILE],
        ports: [{ container: port, protocol: 'tcp', host }],
      };
    },
    readiness: (value) => ({ kind: 'tcp', containerPort: listenPort(value) }),
    startTimeoutMs: (value) => parseDurationMs(value['start.timeout']) ?? 120_000,
    sensors({ config: value, instance, host }) {
      const { [SENSOR.mainUri]: _, ...sensors } = containerSensors(instance, host);
      return { ...sensors, ...mainUri(value, { instance, host }) };
    },
  },
  live,
  software: {
    ports: (value) => [listenPort(value)],
    commands: (value, place) => haproxyCommands(configFile(value, [], place)),
    readiness: (value) => ({ kind: 'tcp', containerPort: listenPort(value) }),
    sensors: ({ config: value, ...where }) => mainUri(value, where),
  },
};

function configFile(value: Config, servers: readonly LiveServer[], place: SoftwarePlace | null): FileSpec {
  const path = value['haproxy.check.path'];
  const content = haproxyConfig(
    {
      mode: value['haproxy.mode'],
      port: listenPort(value),
      balance: value['haproxy.balance'],
      checkPath: path ?? null,
      checkIntervalMs: parseDurationMs(value['haproxy.check.interval']) ?? 1000,
      hardStopAfterMs: parseDurationMs(value['haproxy.hardStopAfter']) ?? 30_000,
      socket: place === null ? SOCKET : null,
      countersBind: `${place === null ? '' : '127.0.0.1'}:${countersPort(value)}`,
    },
    servers,
  );
  return { path: fileIn(place), content, mode: 0o644 };
}

function mainUri(value: Config, { instance, host }: { readonly instance: Instance; readonly host: Host }): Sensors {
  const port = mappedPort(instance, listenPort(value));
  return port === undefined || value['haproxy.mode'] !== 'http' ? {} : { [SENSOR.mainUri]: `http://${toHostPort(host.address, port)}/` };
}

function fileIn(place: SoftwarePlace | null): string {
  return place === null ? CONFIG_FILE : `${place.runDir}/haproxy.cfg`;
}

/** Not published: only its host and what is on its network reach it. */
function countersPort(value: Config): number {
  return listenPort(value) === COUNTERS_PORT ? COUNTERS_PORT + 1 : COUNTERS_PORT;
}

/** Of a range the first port that is free is chosen where it is placed in a cloud; a machine that it has for itself has the first. */
function listenPort(value: Config): number {
  return parsePortRange(value['proxy.http.port'])?.from ?? 8000;
}
