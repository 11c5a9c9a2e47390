import { z } from 'zod';
import { nginxConfig } from '../../domain/balancer/nginx-config.ts';
import { nginxCommands, USER_FILE } from '../../domain/balancer/nginx-scripts.ts';
import { duration, toBaseSpec, toImage } from '../../domain/entity/container-config.ts';
import { CONTAINER_SENSORS, containerSensors } from '../../domain/entity/container-sensors.ts';
import type { FileSpec } from '../../domain/entity/container-spec.ts';
import { SENSOR } from '../../domain/entity/entity.ts';
import { LIFECYCLE_EFFECTORS } from '../../domain/entity/lifecycle-effectors.ts';
import { parseDurationMs, parsePortRange } from '../../domain/entity/quantities.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
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
import { latch, optional, preset, url } from '../../domain/entity-types/config-values.ts';
import { notesFromImage } from '../../domain/entity-types/container-type-config.ts';
import type { SoftwarePlace } from '../../domain/software/process-spec.ts';
import type { EntityTypePlugin, LiveServer } from '../../ports/entity-type.ts';

const CONFIG_FILE = '/etc/nginx/nginx.conf';
/** Of its container: what it writes begins there. */
const PREFIX = '/tmp/';

const config = z.looseObject({
  ...balancerConfig('nginx', '1.22', 'nginx'),
  'nginx.sticky': preset(boolean, true, 'Sticky sessions', 'A browser stays with the member that answered it first, by a cookie.'),
  'nginx.sticky.version': optional(text, 'Version of the module for sticky sessions'),
  'pcre.version': optional(text, 'Version of PCRE'),
  'nginx.sensorpoll.http': preset(duration, 1000, 'Measure every'),
  'nginx.install.withLdOpt': optional(text, 'Linker options'),
  'nginx.install.withCcOpt': optional(text, 'Compiler options'),
  'nginx.config.generator': optional(latch, 'Generator of its configuration'),
  'nginx.config.templateUrl': optional(url, 'Template of its configuration'),
  'nginx.config.staticContentArchiveUrl': optional(url, 'Archive of static pages'),
  'nginx.log.access': optional(text, 'Access log'),
  'nginx.log.error': optional(text, 'Error log'),
});

type Config = z.infer<typeof config>;

const notes = notesFromImage(config);
const OWN_CONFIG = 'its configuration is written by Clocker';
const NOT_COMPILED = 'it runs from an image, and on a machine is installed by apt: nothing is compiled';

/** Brooklyn’s NginxController: balances over the members of a cluster and follows them without dropping a request. */
export const plugin: EntityTypePlugin<Config> = {
  id: 'nginx',
  title: 'nginx',
  description: 'A load balancer that follows the members of a cluster.',
  icon: 'split',
  aliases: [
    ...classNames('brooklyn.entity.proxy.nginx.NginxController', 'org.apache.brooklyn.entity.proxy.nginx.NginxController'),
    'load-balancer',
    'nginx-load-balancer',
  ],
  kind: 'container',
  config,
  plannedKeys: {
    ...notes.plannedKeys,
    ...BALANCER_PLANNED,
    'nginx.config.generator': OWN_CONFIG,
    'nginx.config.templateUrl': OWN_CONFIG,
    'nginx.config.staticContentArchiveUrl': 'it serves what its members answer',
    'nginx.log.access': 'it logs no requests',
  },
  notHonoured: {
    ...notes.notHonoured,
    ...BALANCER_NOT_HONOURED,
    'nginx.sticky.version': 'sticky sessions need no module',
    'pcre.version': NOT_COMPILED,
    'nginx.install.withLdOpt': NOT_COMPILED,
    'nginx.install.withCcOpt': NOT_COMPILED,
    'nginx.sensorpoll.http': 'it counts nothing by member: balance by HAProxy for that',
    'nginx.log.error': 'errors are in the log of its container',
  },
  flags: {
    ...BALANCER_FLAGS,
    sticky: 'nginx.sticky',
    stickyVersion: 'nginx.sticky.version',
    pcreVersion: 'pcre.version',
    httpPollPeriod: 'nginx.sensorpoll.http',
    withLdOpt: 'nginx.install.withLdOpt',
    withCcOpt: 'nginx.install.withCcOpt',
    configGenerator: 'nginx.config.generator',
    configTemplate: 'nginx.config.templateUrl',
    staticContentArchive: 'nginx.config.staticContentArchiveUrl',
  },
  sensors: [...CONTAINER_SENSORS, { name: 'proxy.servers', type: 'json', description: 'Entities that it serves now' }],
  effectors: LIFECYCLE_EFFECTORS,
  container: {
    toSpec(value) {
      const port = listenPort(value);
      const host = parsePortRange(value['proxy.http.port']) ?? { from: port, to: port };
      return {
        ...toBaseSpec(toImage(value['docker.image.name'], value['docker.image.tag']), value),
        entrypoint: ['nginx'],
        command: programArguments(null),
        ports: [{ container: port, protocol: 'tcp', host }],
      };
    },
    readiness: (value) => ({ kind: 'tcp', containerPort: listenPort(value) }),
    startTimeoutMs: (value) => parseDurationMs(value['start.timeout']) ?? 120_000,
    sensors({ config: value, instance, host }) {
      const { [SENSOR.mainUri]: _, ...sensors } = containerSensors(instance, host);
      return { ...sensors, ...balancerUri(value, { instance, host }) };
    },
  },
  live: {
    targets: targetsOf,
    files: (value, servers, place) => [configFile(value, servers, place)],
    targetPort: (value) => (value['member.port'] === undefined ? null : Number(value['member.port'])),
    check: (place) => ['nginx', '-t', '-q', ...programArguments(place)],
    reloadSignal: 'SIGHUP',
    sensors: (servers) => ({ 'proxy.servers': servers.map((server) => server.entityId) }),
  },
  software: {
    ports: (value) => [listenPort(value)],
    commands: (value, place) => nginxCommands(configFile(value, [], place), place),
    readiness: (value) => ({ kind: 'tcp', containerPort: listenPort(value) }),
    sensors: ({ config: value, ...where }) => balancerUri(value, where),
  },
};

function configFile(value: Config, servers: readonly LiveServer[], place: SoftwarePlace | null): FileSpec {
  const include = place === null ? null : `${place.runDir}/${USER_FILE}`;
  const sticky = String(value['nginx.sticky']).toLowerCase() !== 'false';
  return { path: fileIn(place), content: nginxConfig({ port: listenPort(value), sticky, include }, servers), mode: 0o644 };
}

function programArguments(place: SoftwarePlace | null): readonly string[] {
  return ['-e', 'stderr', '-p', place === null ? PREFIX : `${place.runDir}/`, '-c', fileIn(place)];
}

function fileIn(place: SoftwarePlace | null): string {
  return place === null ? CONFIG_FILE : `${place.runDir}/nginx.conf`;
}
