import { entryAt, mapAt, scalarAt } from '../blueprint/source-builder.ts';
import type { SourceEntry, SourceMap } from '../blueprint/source-node.ts';
import type { ComposeService } from './compose-model.ts';
import { checkAttributes } from './service-attributes.ts';
import { toDependsOn } from './to-dependencies.ts';
import { toEnvironment } from './to-environment.ts';
import { toConfigFiles, toSecretFiles } from './to-files.ts';
import { toHealthcheck } from './to-healthcheck.ts';
import { toImageConfig, toImageType } from './to-image.ts';
import { toLabels, toLogging } from './to-labels.ts';
import { toExtraHosts, toServiceAliases } from './to-names.ts';
import { toNetworks } from './to-networks.ts';
import { type PortAt, readPorts, toPortConfig } from './to-ports.ts';
import { toList, toProcessConfig } from './to-process.ts';
import { toResources } from './to-resources.ts';
import { toRestartPolicy } from './to-restart-policy.ts';
import { type Deployment, readDeployment } from './to-rollout.ts';
import { toSecurity } from './to-security.ts';
import { toVolumes } from './to-volumes.ts';

/** What the services of a file say about each other. */
export interface Among {
  /** Name of the application. */
  readonly project: string;
  readonly links: ReadonlyMap<string, readonly SourceEntry[]>;
  readonly awaitedHealthy: ReadonlySet<string>;
}

export interface CampService {
  readonly node: SourceMap;
  readonly ports: readonly PortAt[];
  readonly copies: number;
}

/** A service as a container, or as a cluster of containers where it says how many. */
export function toCampService(service: ComposeService, among: Among): CampService {
  checkAttributes(service);
  const { entry, name } = service;
  const deployment = readDeployment(service);
  const ports = readPorts(service);
  const config = toConfig(service, deployment, ports, among);
  const type = toImageType(service, among.project);
  const range = entry.value.range;
  const id = entryAt(entry.range, 'id', scalarAt(entry.range, name));
  const member = deployment.replicas === null ? [] : [entryAt(entry.range, 'name', scalarAt(entry.range, name))];
  const container = [...member, entryAt(entry.range, 'brooklyn.config', mapAt(range, config)), ...toDependsOn(service)];
  const { replicas, copies } = deployment;
  if (replicas === null) return { node: mapAt(range, [type, id, ...container]), ports, copies };
  const spec = mapAt(range, [entryAt(entry.range, '$brooklyn:entitySpec', mapAt(range, [type, ...container]))]);
  const settings = [replicas, ...deployment.update, entryAt(entry.range, 'memberSpec', spec)];
  const cluster = [
    entryAt(entry.range, 'type', scalarAt(entry.range, 'dynamic-cluster')),
    id,
    entryAt(entry.range, 'brooklyn.config', mapAt(range, settings)),
  ];
  return { node: mapAt(range, cluster), ports, copies };
}

function toConfig(service: ComposeService, deployment: Deployment, ports: readonly PortAt[], among: Among): readonly SourceEntry[] {
  const { attributes, context, entry, name } = service;
  const { findings } = context;
  const volumes = toVolumes(service);
  const healthcheck = toHealthcheck(service);
  const imagesOwnCheck = healthcheck.length === 0 && among.awaitedHealthy.has(name);
  const readiness = entryAt(
    entry.range,
    'readiness',
    mapAt(entry.range, [entryAt(entry.range, 'kind', scalarAt(entry.range, 'healthcheck'))]),
  );
  return [
    ...toImageConfig(service),
    ...toEnvironment(service),
    ...toPortConfig(service, ports),
    ...volumes.config,
    ...toFileMap(attributes.get('configs') ?? attributes.get('volumes'), 'docker.container.files', [
      ...toConfigFiles(service),
      ...volumes.files,
    ]),
    ...toFileMap(attributes.get('secrets'), 'docker.container.secrets', toSecretFiles(service)),
    ...toNetworks(service),
    ...toServiceAliases(service, among.links),
    ...toExtraHosts(service),
    ...toList(findings, attributes.get('dns'), 'docker.container.dns'),
    ...toList(findings, attributes.get('dns_search'), 'docker.container.dnsSearch'),
    ...toList(findings, attributes.get('dns_opt'), 'docker.container.dnsOptions'),
    ...healthcheck,
    ...(imagesOwnCheck ? [readiness] : []),
    ...toProcessConfig(service),
    ...toRestartPolicy(service, deployment.restartPolicy),
    ...toResources(service, deployment.resources),
    ...toSecurity(service),
    ...toLabels(service),
    ...toLogging(service),
    ...(deployment.replicas === null ? deployment.update : []),
  ];
}

function toFileMap(from: SourceEntry | undefined, key: string, files: readonly SourceEntry[]): readonly SourceEntry[] {
  return from === undefined || files.length === 0 ? [] : [entryAt(from.range, key, mapAt(from.value.range, files))];
}
