import { ancestorsOf } from '../../domain/blueprint/entity-lookup.ts';
import { findComponent } from '../../domain/blueprint/find-entity.ts';
import type { ContainerSpec, VolumeSpec } from '../../domain/entity/container-spec.ts';
import { unmetDependency } from '../../domain/entity/dependencies.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { externalThingsOf, missingExternal } from '../../domain/entity/external-thing.ts';
import type { HostState } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { isEntityUp } from '../../domain/entity/service-state.ts';
import type { Desired, EntityFacts } from '../../domain/entity/step-facts.ts';
import type { Home } from '../../domain/network/decide-home.ts';
import { networkRecordId } from '../../domain/network/network-record.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { VolumeRecord } from '../../domain/shared/records.ts';
import type { StoreView } from '../../ports/store.ts';
import { heldBy } from '../clouds/cloud-hosts.ts';
import { type ConfigSource, pullPolicyOf, restartPolicyOf } from '../config-of.ts';
import type { ContainerResolution } from '../desired-container.ts';
import type { EngineContext } from '../engine-context.ts';
import { entityKind } from '../entity-kind.ts';
import { keepsAddress } from '../sdn/keeps-address.ts';
import { networkNameOf, volumeNameOf } from '../shared-things.ts';
import { snapshotHost } from '../snapshots/snapshots-of.ts';
import { readPlaceLatch, readProcessFacts } from '../software/process-facts.ts';
import { isRunByCommands } from '../software/where-it-runs.ts';
import { startsChildrenLate } from '../starts-children-late.ts';
import { createHomes } from './entity-homes.ts';
import { imageKey } from './entity-images.ts';
import type { EntityMemory } from './entity-memory.ts';

const ANYWHERE: Home = { kind: 'anywhere' };

interface Reading {
  readonly entity: Entity;
  readonly resolution: ContainerResolution;
  readonly view: StoreView;
}

/** Reads from the records and the memory of this process what the next step of an entity depends on. */
export function readEntityFacts(context: EngineContext, memory: EntityMemory, { entity, resolution, view }: Reading): EntityFacts {
  const instances = [...view.instancesOf(entity.id)].sort((a, b) => a.incarnation - b.incarnation);
  const current = instances.find((instance) => instance.id === entity.instanceId);
  const volumeHosts = entity.goal === 'destroyed' ? volumesOf(view, entity).map((volume) => volume.hostId) : [];
  const source: ConfigSource = { view, types: context.plugins.entityTypes };
  const snapshotHostId = snapshotHost(view, entity);
  const hosts: Record<string, HostState> = {};
  const cordoned: string[] = [];
  for (const hostId of new Set([...instances.map((instance) => instance.hostId), ...volumeHosts])) {
    const host = view.get('host', hostId);
    if (host) hosts[hostId] = host.state === 'ready' && !context.hosts.ready(host.id) ? 'connecting' : host.state;
    if (host?.cordoned) cordoned.push(hostId);
  }
  const now = context.clock.now();
  const policy = restartPolicyOf(entity, source);
  const probeAt = (current && memory.probeAt.get(current.id)) ?? 0;
  const isRunning = current?.state === 'running' && entity.goal === 'running';
  return {
    now,
    kind: entityKind(context, entity.type),
    entity,
    instances,
    childCount: view.childrenOf(entity.id).length,
    holding: entity.goal === 'destroyed' ? heldBy(context, view, entity) : null,
    hosts,
    cordoned,
    desired: toDesired(resolution, { entity, source }),
    imagePresent: current ? isOnMachine(current.spec) || hasImage(memory, source, { entity, current }) : false,
    nextImagePresent:
      current && resolution.kind === 'resolved' ? hasNextImage(memory, current, { spec: resolution.spec, snapshotHostId }) : true,
    snapshotHostId,
    volumesPresent: current ? hasVolumes(context, view, current) : true,
    volumeHosts,
    network: current?.state === 'planned' || current?.rejoin ? missingNetwork(context, view, current) : null,
    missing: current?.state === 'planned' ? missingOnHost(view, current) : null,
    dependency: current?.state === 'planned' || current?.state === 'exited' ? dependencyOf(entity, source) : null,
    policy,
    home: current?.state === 'exited' ? createHomes(source).of(entity) : ANYWHERE,
    probeAt,
    served: instances.length === 0 ? [] : servedInstances(memory, view, entity),
    droppedAt: droppedTimes(memory, instances),
    order: rolloutOrder(view, entity),
    process: isRunning ? readProcessFacts({ entity, current, source, now, checkAt: probeAt, policy }) : null,
    latch: entity.goal !== 'destroyed' && isRunByCommands(context, view, entity) ? readPlaceLatch(entity, current, source) : null,
  };
}

/** Volumes of an entity on all hosts. */
export function volumesOf(view: StoreView, entity: Entity): readonly (VolumeRecord & { readonly hostId: Instance['hostId'] })[] {
  const found: (VolumeRecord & { readonly hostId: Instance['hostId'] })[] = [];
  for (const volume of view.all('volume').values()) {
    const host = volume.entityId === entity.id ? view.get('host', volume.hostId) : undefined;
    if (host) found.push({ ...volume, hostId: host.id });
  }
  return found;
}

export function volumeRecordId(context: EngineContext, instance: Instance, volume: VolumeSpec): string {
  return `${instance.hostId}:${volumeNameOf(context.secrets.planeId, instance, volume)}`;
}

function isMade(volume: VolumeRecord | undefined): boolean {
  return volume !== undefined && !volume.planned;
}

function hasVolumes(context: EngineContext, view: StoreView, instance: Instance): boolean {
  const { volumes } = instance.spec;
  const isBound = volumes.length === 0 || view.get('entity', instance.entityId)?.dataHostId === instance.hostId;
  return (
    isBound &&
    volumes.every(
      (volume) => volume.shared?.external !== undefined || isMade(view.get('volume', volumeRecordId(context, instance, volume))),
    )
  );
}

/** With the policy `always` the registry is asked for each new container, but for one that heals: a registry that is away must not keep it down. */
function hasImage(
  memory: EntityMemory,
  source: ConfigSource,
  { entity, current }: { readonly entity: Entity; readonly current: Instance },
): boolean {
  const mustAsk = pullPolicyOf(entity, source) === 'always' && entity.crash.failures === 0;
  return mustAsk ? memory.pulledFor.has(current.id) : memory.images.isPresent(current.hostId, imageKey(current.spec));
}

/** One that only another host has is not waited for here. */
function hasNextImage(
  { images }: EntityMemory,
  { hostId }: Instance,
  { spec, snapshotHostId }: { readonly spec: ContainerSpec; readonly snapshotHostId: HostId | null },
): boolean {
  return isOnMachine(spec) || (snapshotHostId !== null && snapshotHostId !== hostId) || images.isPresent(hostId, imageKey(spec));
}

function isOnMachine({ process }: Pick<ContainerSpec, 'process'>): boolean {
  return process?.place.kind === 'machine';
}

function dependencyOf(entity: Entity, source: ConfigSource): string | null {
  const { view } = source;
  const { dependsOn = [] } = entity.spec;
  const above = ancestorsOf(entity, view).find((one) => one !== entity && isToComeFirst(one, source));
  if (above) return `${above.name}: service.isUp`;
  if (dependsOn.length === 0) return null;
  return unmetDependency(dependsOn, {
    find: (planId) => findComponent(entity, planId, view),
    childrenOf: (id) => view.childrenOf(id),
    instanceOf: (other) => (other.instanceId ? view.get('instance', other.instanceId) : undefined),
    policyOf: (other) => restartPolicyOf(other, source),
  });
}

/** One that is stopped holds nobody below it who is started by himself. */
function isToComeFirst(above: Entity, source: ConfigSource): boolean {
  return above.goal === 'running' && !isEntityUp(above) && startsChildrenLate(above, source);
}

/** The first network that an instance is to join and that is not there yet. */
function missingNetwork({ secrets }: EngineContext, view: StoreView, { applicationId, hostId, spec }: Instance): EntityFacts['network'] {
  for (const network of spec.networks ?? []) {
    if (network.definition.external !== undefined) continue;
    const record = view.get('network', networkRecordId(hostId, networkNameOf(secrets.planeId, applicationId, network)));
    if (record?.state !== 'ready') return { name: network.name, problem: record?.problem ?? '' };
  }
  return null;
}

/** What it needs of what others made on its host, in words, as that was listed last. */
function missingOnHost(view: StoreView, { hostId, spec }: Instance): string | null {
  const host = view.get('host', hostId);
  const missing = missingExternal(externalThingsOf(spec), host?.external);
  return missing === null ? null : `${missing}: ${host?.name ?? hostId} has none by that name`;
}

function toDesired(
  resolution: ContainerResolution,
  { entity, source }: { readonly entity: Entity; readonly source: ConfigSource },
): Desired {
  if (resolution.kind !== 'resolved') return resolution;
  const { spec, specHash, live } = resolution;
  const hasPort = spec.ports.some((port) => port.host !== null && port.host.from === port.host.to);
  const { memoryBytes, cpus, networks = [] } = spec;
  const place = spec.process?.place.kind ?? 'container';
  const exclusive =
    hasPort || place === 'machine' || networks.some((network) => network.address !== undefined) || keepsAddress(entity, spec, source);
  return { kind: 'resolved', specHash, memoryBytes, cpus, networks, place, liveHash: live?.hash ?? null, exclusive };
}

/** Instances named in the live files of the application's running load balancers that are to go on, and those with connections left. */
function servedInstances(memory: EntityMemory, view: StoreView, entity: Entity): readonly string[] {
  const named = [...(memory.balancers.get(entity.applicationId) ?? [])].flatMap((id) => {
    const balancer = view.get('entity', id);
    const instance = balancer?.goal === 'running' && balancer.instanceId ? view.get('instance', balancer.instanceId) : undefined;
    return instance?.state === 'running' ? instance.serves : [];
  });
  return [...named, ...memory.draining];
}

function droppedTimes(memory: EntityMemory, instances: readonly Instance[]): Readonly<Record<string, number>> {
  const times: Record<string, number> = {};
  for (const instance of instances) {
    const at = memory.droppedAt.get(instance.id);
    if (at !== undefined) times[instance.id] = at;
  }
  return times;
}

function rolloutOrder(view: StoreView, entity: Entity): EntityFacts['order'] {
  const application = view.get('application', entity.applicationId);
  const rollout = application?.rolloutId ? view.get('rollout', application.rolloutId) : undefined;
  return rollout?.state === 'running' ? rollout.settings.order : 'stop-first';
}
