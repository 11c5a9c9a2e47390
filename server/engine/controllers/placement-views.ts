import { isMember } from '../../domain/cluster/members.ts';
import type { ContainerSpec } from '../../domain/entity/container-spec.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { Host, HostPlace } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { toMachineNeeds } from '../../domain/placement/machine-needs.ts';
import type { PlacementRequest, Resident, StrategyChoice } from '../../domain/placement/placement.ts';
import type { SeenHost } from '../../domain/placement/placement-kind.ts';
import { readChoices } from '../../domain/placement/read-choices.ts';
import { isTrue } from '../../domain/shared/is-true.ts';
import type { StoreView } from '../../ports/store.ts';
import { type ConfigSource, configOf } from '../config-of.ts';
import type { EngineContext } from '../engine-context.ts';

/** A host as placement sees it, by the records and the latest metrics. */
export function toHostView({ metrics }: Pick<EngineContext, 'metrics'>, records: StoreView, host: Host): SeenHost {
  const instances = [...records.instancesOn(host.id)].filter((one) => one.state !== 'removing');
  return toHostViewWith({ metrics }, records, { host, instances });
}

/** The same with these containers on it. */
export function toHostViewWith(
  { metrics }: Pick<EngineContext, 'metrics'>,
  records: StoreView,
  { host, instances }: { readonly host: Host; readonly instances: readonly Instance[] },
): SeenHost {
  const latest = metrics.latest(host.id);
  return {
    id: host.id,
    name: host.name,
    order: host.order,
    labels: host.labels,
    containers: instances.length,
    siblings: 0,
    foreignContainers: host.foreignContainers,
    cpu: latest['machine.cpu'] ?? null,
    memoryBytes: host.facts?.memoryBytes ?? null,
    memoryUsedBytes: latest['machine.memory.used'] ?? null,
    cpus: host.facts?.cpus ?? null,
    reservedMemoryBytes: instances.reduce((sum, { spec }) => sum + (spec.memoryBytes ?? 0), 0),
    reservedCpus: instances.reduce((sum, { spec }) => sum + (spec.cpus ?? 0), 0),
    residents: instances.flatMap(({ entityId }) => {
      const entity = records.get('entity', entityId);
      return entity ? [toResident(entity, records)] : [];
    }),
    place: placeOf(host),
  };
}

/** One more container on the host. */
export function addContainer(view: SeenHost, entity: Entity, spec: ContainerSpec, records: StoreView): void {
  view.containers += 1;
  view.reservedMemoryBytes += spec.memoryBytes ?? 0;
  view.reservedCpus += spec.cpus ?? 0;
  view.residents = [...view.residents, toResident(entity, records)];
}

function toResident({ id, name, type, parentId, applicationId }: Entity, records: StoreView): Resident {
  return { entityId: id, name, type, parentId, applicationId, application: records.get('application', applicationId)?.name ?? '' };
}

/** What is not said of its place is taken from labels that are in use elsewhere. */
function placeOf({ place = {}, labels }: Host): HostPlace {
  const region = place.region ?? labels['topology.kubernetes.io/region'] ?? labels.region;
  const zone = place.zone ?? labels['topology.kubernetes.io/zone'] ?? labels.zone;
  return { ...place, ...(region === undefined ? {} : { region }), ...(zone === undefined ? {} : { zone }) };
}

type Wanted = Pick<PlacementRequest, 'boundTo' | 'boundBy' | 'home'>;

export function toRequest(
  { plugins }: Pick<EngineContext, 'plugins'>,
  records: StoreView,
  { entity, spec, boundTo, boundBy, home }: Wanted & { readonly entity: Entity; readonly spec: ContainerSpec },
): PlacementRequest {
  return {
    entityId: entity.id,
    name: entity.name,
    boundTo,
    ...(boundBy === undefined ? {} : { boundBy }),
    home,
    memoryBytes: spec.memoryBytes,
    cpus: spec.cpus,
    type: entity.type,
    parentId: entity.parentId,
    applicationId: entity.applicationId,
    application: records.get('application', entity.applicationId)?.name ?? '',
    image: spec.image,
    labels: spec.labels,
    machine: toMachineNeeds(configOf(entity, 'provisioning.properties', { view: records, types: plugins.entityTypes })),
  };
}

/** Strategies of the entity itself, or that it has from its application, and the zones of its cluster: they are asked after those of the Docker cloud. */
export function ownStrategies({ plugins }: Pick<EngineContext, 'plugins'>, records: StoreView, entity: Entity): readonly StrategyChoice[] {
  const source = { view: records, types: plugins.entityTypes };
  const rules = configOf(entity, 'affinity.rules', source);
  const needs = configOf(entity, 'provisioning.properties', source);
  return [
    ...readChoices(configOf(entity, 'docker.container.strategies', source)),
    ...(rules === undefined || rules === null ? [] : [{ strategy: 'affinity', config: { 'affinity.rules': rules } }]),
    ...(needs === undefined || needs === null ? [] : [{ strategy: 'provisioning-flags', config: {} }]),
    ...zonesOf(entity, source),
  ];
}

/** Of a member: Brooklyn's zones of its cluster. Last, so that what was ordered before decides within a zone. */
function zonesOf(entity: Entity, source: ConfigSource): readonly StrategyChoice[] {
  const cluster = entity.parentId === null || !isMember(entity) ? undefined : source.view.get('entity', entity.parentId);
  if (cluster === undefined || !isTrue(configOf(cluster, 'dynamiccluster.zone.enable', source))) return [];
  const zones = configOf(cluster, 'dynamiccluster.availabilityZones', source);
  return [{ strategy: 'geographic', config: { spread: 'zone', ...(zones === undefined || zones === null ? {} : { zones }) } }];
}
