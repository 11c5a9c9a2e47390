import { z } from 'zod';
import { haproxyConfig } from '../../domain/balancer/haproxy-config.ts';
import { haproxyCommands } from '../../domain/balancer/haproxy-scripts.ts';
import { readHaproxyStats, WORKER_HEADER } from '../../domain/balancer/haproxy-stats.ts';
import { duration, toBaseSpec, toImage } from '../../domain/entity/container-config.ts';
import { CONTAINER_SENSORS, containerSensors } from '../../domain/entity/container-sensors.ts';
import type { FileSpec } from '../../domain/entity/container-spec.ts';
import { SENSOR, type Sensors } from '../../domain/entity/entity.ts';
import type { Host } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { LIFECYCLE_EFFECTORS } from '../../domain/entity/lifecycle-effectors.ts';
import { parseDurationMs, parsePortRange } from '../../domain/entity/quantities.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import {
  BALANCER_FLAGS,
  BALANCER_NOT_HONOURED,
  BALANCER_PLANNED,
  balancerConfig,
  balancerUri,
  listenPort,
  targetsOf,
} from '../../domain/entity-types/balancer-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, url } from '../../domain/entity-types/config-values.ts';
import { notesFromImage } from '../../domain/entity-types/container-type-config.ts';
import { REQUEST_SENSORS } from '../../domain/entity-types/web-app-config.ts';
import type { SoftwarePlace } from '../../domain/software/process-spec.ts';
import type { EntityTypePlugin, LiveBehaviour, LiveServer } from '../../ports/entity-type.ts';

const COUNTERS_PORT = 8_405;
const CONFIG_FILE = '/usr/local/etc/haproxy/haproxy.cfg';
const SOCKET = '/tmp/haproxy.sock';

const config = z.looseObject({
  ...balancerConfig('haproxy', '2.6', 'HAProxy'),
  'haproxy.config.templateUrl': optional(url, 'Template of its configuration'),
  'haproxy.backend.mode': optional(text, 'Mode to the members'),
  'haproxy.frontend.bind.address': optional(text, 'Address it listens on'),
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
});

type Config = z.infer<typeof config>;

const notes = notesFromImage(config);

const live: LiveBehaviour<Config> = {
  targets: targetsOf,
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
    ...BALANCER_PLANNED,
    'haproxy.config.templateUrl': 'its configuration is written by Clocker',
  },
  notHonoured: {
    ...notes.notHonoured,
    ...BALANCER_NOT_HONOURED,
    'haproxy.backend.mode': 'haproxy.mode says it for both sides',
    'haproxy.frontend.bind.address': 'it listens on all addresses of its container',
  },
  flags: {
    ...BALANCER_FLAGS,
    haProxyConfig: 'haproxy.config.templateUrl',
    backendMode: 'haproxy.backend.mode',
    frontendMode: 'haproxy.mode',
    bindAddress: 'haproxy.frontend.bind.address',
    mode: 'haproxy.mode',
    'haproxy.frontend.mode': 'haproxy.mode',
    balance: 'haproxy.balance',
    checkPath: 'haproxy.check.path',
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

function mainUri(value: Config, where: { readonly instance: Instance; readonly host: Host }): Sensors {
  return value['haproxy.mode'] === 'http' ? balancerUri(value, where) : {};
}

function fileIn(place: SoftwarePlace | null): string {
  return place === null ? CONFIG_FILE : `${place.runDir}/haproxy.cfg`;
}

/** Not published: only its host and what is on its network reach it. */
function countersPort(value: Config): number {
  return listenPort(value) === COUNTERS_PORT ? COUNTERS_PORT + 1 : COUNTERS_PORT;
}
