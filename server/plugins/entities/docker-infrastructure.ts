import { z } from 'zod';
import { HOST_TYPE } from '../../domain/cloud/host-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { nestedSpec } from '../../domain/entity/nested-spec.ts';
import { boolean, byteSize, double, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional, preset, size, url } from '../../domain/entity-types/config-values.ts';
import { affinityRules, strategies } from '../../domain/entity-types/container-placement-config.ts';
import {
  MACHINE_FLAGS_NOT_HONOURED,
  MACHINE_NOT_HONOURED,
  MACHINE_UNUSED_CONFIG,
} from '../../domain/entity-types/software-process-config.ts';
import { cloudType } from '../../domain/entity-types/type-kinds.ts';
import { engineConfig } from '../../domain/host-setup/engine-config.ts';
import { toRegistryAddress } from '../../domain/registry/registry.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const NO_TLS = 'hosts are reached over SSH and their engines stay closed to the network, so there is no certificate to give';

const REGISTRY_LOGIN = 'an administrator keeps the login of a registry once, for all clouds: “clocker registries set”';

/** As Clocker writes it, with a scheme or without. */
const registryUrl = z
  .string('needs a registry')
  .refine((text) => toRegistryAddress(text) !== undefined, 'needs a registry such as registry.example.org:5000/team');

const OWN_IMAGES = 'services say themselves what image they run';

/** A Docker cloud as a blueprint: its hosts, and the named location that other blueprints run in. */
export const plugin: EntityTypePlugin = cloudType({
  id: 'docker-infrastructure',
  title: 'Docker cloud',
  description: 'Hosts with Docker, to which others deploy by the name of the cloud.',
  icon: 'cloud',
  planned: false,
  memberType: HOST_TYPE,
  check: checkSizes,
  aliases: classNames('brooklyn.entity.container.docker.DockerInfrastructure', 'clocker.docker.entity.DockerInfrastructure'),
  config: {
    'entity.dynamicLocation.name': optional(text, 'Name of the location', 'Other blueprints run here by this name.'),
    'entity.dynamicLocation.prefix': optional(text, 'Prefix of the location'),
    'entity.dynamicLocation.suffix': optional(text, 'Suffix of the location'),
    'entity.dynamicLocation.flags': optional(anyMap, 'Options of the location'),
    'docker.host.cluster.initial.size': preset(size, 1, 'Initial hosts'),
    'docker.host.cluster.max.size': optional(size, 'Most hosts', 'It never takes more.'),
    'docker.host.removeEmpty': preset(boolean, false, 'Give back empty hosts'),
    'docker.host.spec': optional(nestedSpec, 'Host', 'What a host is.'),
    'docker.host.flags': optional(anyMap, 'Machines', 'What a machine must have: minRam, minCores, osFamily …'),
    'docker.host.nameFormat': optional(text, 'Name of a host', 'Such as docker-%2$d: %1$s is the id, %2$d a number.'),
    'docker.host.volumes': optional(anyMap, 'Host volumes', 'Folder of the host: folder in every container.'),
    'docker.container.nameFormat': optional(text, 'Name of a container'),
    'docker.container.strategies': optional(strategies, 'Placement', 'Depth first unless given.'),
    'docker.container.cluster.maxSize': optional(size, 'Most containers a host', 'Unless a strategy says so; 8.'),
    'docker.container.cluster.headroom.count': optional(size, 'Headroom', 'Containers that must fit besides those that run.'),
    'docker.container.cluster.headroom.percent': optional(double, 'Headroom in parts', 'Of all places, such as 0.2.'),
    'docker.container.cluster.headroom.cpus': optional(double, 'Headroom in CPUs', 'CPUs that must not be promised to a container.'),
    'docker.container.cluster.headroom.memory': optional(byteSize, 'Headroom in memory', 'Such as 4g, not promised to a container.'),
    'docker.container.cluster.cold.enabled': preset(
      boolean,
      true,
      'Give hosts back',
      'Those that are empty and that the headroom does not need.',
    ),
    'autoscaler.resizeUpStabilizationDelay': preset(duration, '30s', 'Wait before a host is added'),
    'autoscaler.resizeDownStabilizationDelay': preset(duration, '5m', 'Wait before a host is given back'),
    'docker.policy.ha.enable': preset(boolean, false, 'Restart what fails'),
    'affinity.rules': optional(affinityRules, 'Affinity'),
    'sdn.enable': preset(boolean, false, 'Networks across hosts'),
    'sdn.debug': optional(boolean, 'Network tools', 'Puts tools to look at networks on the hosts.'),
    'sdn.provider.spec': optional(nestedSpec, 'Network provider'),
    'docker.version': optional(text, 'Docker version'),
    'docker.dockerfile.url': optional(url, 'Default Dockerfile', 'Of the image that software is installed on.'),
    'docker.dockerfile.name': optional(text, 'Name of the default image'),
    'docker.dockerfile.substitutions': optional(anyMap, 'Substitutions in Dockerfiles'),
    'docker.image.id': optional(text, 'Default image'),
    'docker.container.hardwareId': optional(text, 'Size of a container', 'micro, small, medium or large.'),
    'docker.registry.start': preset(boolean, false, 'Start a registry'),
    'docker.registry.port': optional(size, 'Port of the registry'),
    'docker.registry.writeable': optional(boolean, 'Push to the registry'),
    'docker.registry.url': optional(registryUrl, 'Registry', 'Where built images are pushed for the other hosts.'),
    'docker.registry.username': optional(text, 'User of the registry'),
    'docker.registry.password': optional(text, 'Password of the registry'),
    ...engineConfig,
    'docker.timeout.shutdown': preset(duration, '5m', 'Stop timeout', 'Applications on it have this long to stop.'),
    'docker.host.securityGroup': optional(text, 'Security group'),
    'docker.host.register': optional(boolean, 'Register each host as a location'),
    'docker.hostname.customizer': optional(boolean, 'Set hostnames'),
    'docker.tls.generate': optional(boolean, 'Make TLS certificates'),
    ...Object.fromEntries(
      ['ca', 'certificate', 'key', 'caCert', 'caKey', 'serverCert', 'serverKey', 'clientCert', 'clientKey'].map((name) => [
        `docker.tls.${name}`,
        optional(text, `TLS ${name}`),
      ]),
    ),
    'skip.install': optional(boolean, 'Docker is there already'),
    'start.timeout': optional(duration, 'Start timeout', 'Of a host.'),
    'weave.enabled': optional(boolean, 'Weave', 'The name that sdn.enable had in earlier versions.'),
    'etcd.version': optional(text, 'etcd version'),
    'etcd.external': optional(boolean, 'etcd of one’s own'),
    'etcd.external.url': optional(text, 'Address of that etcd'),
    'etcd.external.initialSize': optional(z.union([z.int(), z.string()]), 'Size of that etcd'),
    ...MACHINE_UNUSED_CONFIG,
  },
  secretKeys: ['docker.registry.password'],
  flags: {
    locationName: 'entity.dynamicLocation.name',
    locationPrefix: 'entity.dynamicLocation.prefix',
    locationSuffix: 'entity.dynamicLocation.suffix',
    minHost: 'docker.host.cluster.initial.size',
    'docker.host.initial.size': 'docker.host.cluster.initial.size',
    'docker.host.cluster.maxSize': 'docker.host.cluster.max.size',
    removeEmptyHosts: 'docker.host.removeEmpty',
    hostSpec: 'docker.host.spec',
    strategies: 'docker.container.strategies',
    maxContainers: 'docker.container.cluster.maxSize',
    headroom: 'docker.container.cluster.headroom.count',
    headroomPercent: 'docker.container.cluster.headroom.percent',
    resizeUpStabilizationDelay: 'autoscaler.resizeUpStabilizationDelay',
    resizeDownStabilizationDelay: 'autoscaler.resizeDownStabilizationDelay',
    'docker.container.cluster.maxContainers': 'docker.container.cluster.maxSize',
    highAvailabilty: 'docker.policy.ha.enable',
    highAvailability: 'docker.policy.ha.enable',
    affinityRules: 'affinity.rules',
    enableSdn: 'sdn.enable',
    sdnProviderSpec: 'sdn.provider.spec',
    dockerVersion: 'docker.version',
    dockerfileUrl: 'docker.dockerfile.url',
    dockerfileName: 'docker.dockerfile.name',
    substitutions: 'docker.dockerfile.substitutions',
    imageId: 'docker.image.id',
    hardwareId: 'docker.container.hardwareId',
    'docker.hardwareId': 'docker.container.hardwareId',
    registryStart: 'docker.registry.start',
    registryPort: 'docker.registry.port',
    registryWriteable: 'docker.registry.writeable',
    registryUrl: 'docker.registry.url',
    registryUsername: 'docker.registry.username',
    registryPassword: 'docker.registry.password',
    shutdownTimeout: 'docker.timeout.shutdown',
    securityGroup: 'docker.host.securityGroup',
    generateCerts: 'docker.tls.generate',
    'install.skip': 'skip.install',
    skipInstall: 'skip.install',
    etcdVersion: 'etcd.version',
  },
  sensors: [
    { name: 'entity.dynamicLocation', type: 'json', description: 'Its location' },
    { name: 'entity.dynamicLocation.spec', type: 'string', description: 'Its location as blueprints may write it' },
    { name: 'docker.hosts', type: 'json', description: 'Its hosts' },
    { name: 'docker.buckets', type: 'json', description: 'Number of its containers by application' },
    { name: 'docker.hosts.total', type: 'number', description: 'Hosts', unit: 'count' },
    { name: 'docker.containers.total', type: 'number', description: 'Containers', unit: 'count' },
    { name: 'docker.hosts.ready', type: 'number', description: 'Hosts that take containers', unit: 'count' },
    { name: 'docker.hosts.failed', type: 'number', description: 'Hosts that are not well', unit: 'count' },
    { name: 'docker.container.cluster.target', type: 'number', description: 'Hosts that load and headroom need', unit: 'count' },
    { name: 'docker.container.cluster.target.reason', type: 'string', description: 'Which rule or bound says so' },
    { name: 'docker.container.cluster.state', type: 'string', description: 'What was said last: hot, cold or ok' },
    { name: 'docker.hosts.idle', type: 'number', description: 'Hosts without containers', unit: 'count' },
    { name: 'docker.containers.idle', type: 'number', description: 'Containers without an entity', unit: 'count' },
    { name: 'docker.hosts.counter', type: 'number', description: 'Hosts that it ever had', unit: 'count' },
    { name: 'docker.containers.counter', type: 'number', description: 'Containers that it ever had', unit: 'count' },
    { name: 'docker.container.cluster.needed', type: 'number', description: 'Places missing to the headroom', unit: 'count' },
    { name: 'docker.container.cluster.utilisation', type: 'number', description: 'Part of the places in use', unit: 'ratio' },
    { name: 'docker.container.cluster.hot', type: 'json', description: 'Said when it needs more hosts' },
    { name: 'docker.container.cluster.cold', type: 'json', description: 'Said when it has too many hosts' },
    { name: 'docker.container.cluster.ok', type: 'json', description: 'Said when it has enough hosts again' },
    { name: 'docker.registry.entity', type: 'json', description: 'Its registry' },
    { name: 'sdn.provider.network', type: 'json', description: 'Its network provider' },
    { name: 'cpu.average', type: 'number', description: 'CPU in use, average over the hosts', unit: 'ratio' },
    { name: 'main.uri', type: 'string', description: 'Its page in the console' },
  ],
  effectors: [
    {
      name: 'resize',
      description: 'Add hosts, or give hosts back',
      parameters: z.object({ desiredSize: z.int().min(0) }),
      destructive: true,
    },
  ],
  plannedKeys: {
    'docker.registry.start': 'no registry is started',
    'docker.host.volumes': 'folders of the host are given to containers one by one',
    'affinity.rules': 'give them to the services that they concern',
  },
  notHonoured: {
    ...MACHINE_NOT_HONOURED,
    'docker.registry.port': 'it is part of docker.registry.url',
    'docker.registry.username': REGISTRY_LOGIN,
    'docker.registry.password': REGISTRY_LOGIN,
    'docker.policy.ha.enable': 'what fails is always restarted, and moved when its host is lost',
    'docker.container.nameFormat': 'containers are named so that no name is ever used twice',
    'docker.dockerfile.url': OWN_IMAGES,
    'docker.dockerfile.name': OWN_IMAGES,
    'docker.dockerfile.substitutions': OWN_IMAGES,
    'docker.image.id': OWN_IMAGES,
    'docker.container.hardwareId': 'limits are given to the services',
    'sdn.debug': 'no tools are put on hosts; the console answers what reaches what',
    'docker.version': 'hosts get the version of their distribution’s packages',
    'docker.tls.generate': NO_TLS,
    'docker.tls.ca': NO_TLS,
    'docker.tls.certificate': NO_TLS,
    'docker.tls.key': NO_TLS,
    'docker.tls.caCert': NO_TLS,
    'docker.tls.caKey': NO_TLS,
    'docker.tls.serverCert': NO_TLS,
    'docker.tls.serverKey': NO_TLS,
    'docker.tls.clientCert': NO_TLS,
    'docker.tls.clientKey': NO_TLS,
    'docker.host.securityGroup': 'no firewall of a provider is changed: open the ports there',
    'docker.host.register': 'containers go to the cloud by its name; a host is chosen with the hostname strategy',
    'docker.hostname.customizer': 'hosts keep their names',
    'docker.host.flags': MACHINE_FLAGS_NOT_HONOURED,
    'weave.enabled': 'a network provider is chosen with sdn.enable and sdn.provider.spec',
    'etcd.version': 'no etcd is needed',
    'etcd.external': 'no etcd is needed',
    'etcd.external.url': 'no etcd is needed',
    'etcd.external.initialSize': 'no etcd is needed',
  },
});

/** What could never be: more hosts to begin with than there may be, or a headroom of everything. */
function checkSizes(value: Readonly<Record<string, unknown>>, context: z.core.$RefinementCtx): void {
  const most = value['docker.host.cluster.max.size'];
  const initial = value['docker.host.cluster.initial.size'] ?? 1;
  if (most !== undefined && Number(initial) > Number(most)) {
    const message = `is more than docker.host.cluster.max.size (${most})`;
    context.addIssue({ code: 'custom', path: ['docker.host.cluster.initial.size'], message });
  }
  const writeable = value['docker.registry.writeable'];
  if (value['docker.registry.url'] !== undefined && (writeable === undefined || String(writeable) === 'false')) {
    const message = 'is used only with docker.registry.writeable: true';
    context.addIssue({ code: 'custom', path: ['docker.registry.url'], message });
  }
  const percent = value['docker.container.cluster.headroom.percent'];
  if (percent !== undefined && !(Number(percent) >= 0 && Number(percent) < 1)) {
    const message = 'is a part of all places, from 0 to less than 1: 0.2 keeps a fifth of them free';
    context.addIssue({ code: 'custom', path: ['docker.container.cluster.headroom.percent'], message });
  }
}
