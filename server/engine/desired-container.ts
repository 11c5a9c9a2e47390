import type { EntityIndex } from '../domain/blueprint/entity-lookup.ts';
import { resolveConfig, type WaitingConfig } from '../domain/blueprint/resolve-config.ts';
import { type BlueprintType, configShape, isUnused } from '../domain/blueprint/type-registry.ts';
import { withArtifacts } from '../domain/build/artifacts.ts';
import { BUILD } from '../domain/build/build-ask.ts';
import { withCreationScript } from '../domain/build/creation-script.ts';
import type { ContainerSpec, FileSpec, ReadinessProbe } from '../domain/entity/container-spec.ts';
import type { Entity, Sensors } from '../domain/entity/entity.ts';
import { externalThingsOf } from '../domain/entity/external-thing.ts';
import type { Host } from '../domain/entity/host.ts';
import { hostAccessOf } from '../domain/entity/host-access.ts';
import type { Instance } from '../domain/entity/instance.ts';
import type { SensorWaits } from '../domain/entity/sensor-waits.ts';
import type { Endpoint } from '../domain/network/virtual-network.ts';
import type { InstanceId } from '../domain/shared/ids.ts';
import type { Json } from '../domain/shared/json.ts';
import { withSnapshot } from '../domain/snapshot/snapshot.ts';
import type { SoftwarePlace, SoftwarePlaceKind } from '../domain/software/process-spec.ts';
import type { ContainerBehaviour, EntityTypePlugin, LiveServer, TrafficQuestion } from '../ports/entity-type.ts';
import type { StoreView } from '../ports/store.ts';
import type { ConfigSource } from './config-of.ts';
import type { EngineContext } from './engine-context.ts';
import { withHostVolumes } from './host-volumes.ts';
import { membersOf } from './members-of.ts';
import { type Linked, readLinks } from './read-links.ts';
import { rootOf, type SharedThings, sharedThingsOf } from './shared-things.ts';
import { resolvePhaseFiles } from './software/resolve-phase-files.ts';
import { resolveSoftware } from './software/resolve-software.ts';
import { isRunByCommands } from './software/where-it-runs.ts';
import { hashOf, specHashOf } from './spec-hash.ts';

/** What an entity's container should be now, with all that its type knows about it. */
export interface DesiredContainer {
  readonly kind: 'resolved';
  /** Files that are rewritten in place are in `live`, not here. */
  readonly spec: ContainerSpec;
  readonly specHash: string;
  readonly probe: ReadinessProbe;
  readonly startTimeoutMs: number;
  readonly live: DesiredLiveFiles | null;
  sensors(instance: Instance, host: Host): Sensors;
}

export interface DesiredLiveFiles {
  readonly files: readonly FileSpec[];
  readonly hash: string;
  readonly serves: readonly InstanceId[];
  /** How many servers there are to be, ready or not. */
  readonly wanted: number;
  readonly check: readonly string[] | null;
  readonly reloadSignal: string;
  readonly sensors: Sensors;
  readonly traffic: TrafficQuestion | null;
}

export type ContainerResolution =
  | DesiredContainer
  | {
      readonly kind: 'waiting';
      readonly for: string;
      readonly waits?: SensorWaits;
      readonly lookAgainAt?: number;
      /** Why it is waited for no longer; a container that runs already is not touched by that. */
      readonly failure?: string;
    }
  | { readonly kind: 'invalid'; readonly problem: string };

/** Evaluates an entity's config against the live records. "Not yet" and "wrong" are answers, never errors. */
export function resolveContainer(
  entity: Entity,
  view: StoreView,
  context: Pick<EngineContext, 'plugins' | 'clock' | 'secretTexts' | 'provisioners'> & { readonly index?: EntityIndex },
): ContainerResolution {
  const { plugins, clock, secretTexts, index } = context;
  const type = plugins.entityTypes.get(entity.type);
  if (!type || (!type.container && !type.software)) return { kind: 'invalid', problem: `there is no container type ${entity.type}` };
  const byCommands = isRunByCommands(context, view, entity);
  const strayed = type.container ? strayedData(entity, view, byCommands ? 'machine' : 'container') : null;
  if (strayed !== null) return { kind: 'invalid', problem: strayed };
  const resolved = resolveConfig({
    self: entity,
    view,
    types: plugins.entityTypes,
    secrets: secretTexts.reader(view),
    now: clock.now(),
    ...(byCommands && { isLater: isLatch }),
    ...(index && { index }),
  });
  if (!resolved.ok) return 'error' in resolved ? { kind: 'invalid', problem: resolved.error.message } : toWaiting(resolved);
  const value = withSources(resolved.value, type, { entity, view });
  if (value === null) return { kind: 'invalid', problem: 'what it is made of was not kept: update the application' };
  const config = type.config.safeParse(value);
  if (!config.success) {
    const [issue] = config.error.issues;
    return { kind: 'invalid', problem: issue ? `${issue.path.join('.')}: ${issue.message}` : config.error.message };
  }
  const reach = entity.spec.hostAccess === true ? undefined : hostAccessOf(resolved.value, (key) => isUnused(type, key))[0];
  if (reach !== undefined)
    return { kind: 'invalid', problem: `${reach.what}: this needs host access, and was not allowed when it was deployed` };
  const linked = readLinks((byCommands ? type.software : type.container)?.links?.(config.data) ?? {}, view);
  if (linked.kind !== 'linked') return linked;
  const source = { view, types: plugins.entityTypes };
  const evaluated = { type, config: config.data, source };
  const desired =
    type.container && !byCommands ? toDesired(entity, type.container, evaluated) : desiredSoftware(entity, context, evaluated);
  if (desired.kind !== 'resolved') return desired;
  const { networks, volumes } = externalThingsOf(desired.spec);
  if (networks.length + volumes.length > 0 && rootOf(entity, view).spec.hostAccess !== true) {
    const named = [...networks.map((name) => `network ${name}`), ...volumes.map((name) => `volume ${name}`)].join(', ');
    return {
      kind: 'invalid',
      problem: `${named}: what others made on the host needs host access, and was not allowed when it was deployed`,
    };
  }
  return linked.variables === null ? desired : withLinks(desired, linked);
}

function desiredSoftware(
  entity: Entity,
  context: Pick<EngineContext, 'provisioners' | 'clock' | 'secretTexts'>,
  evaluated: Evaluated,
): ContainerResolution {
  const { type, config, source } = evaluated;
  const files = resolvePhaseFiles(entity, context, { config, source });
  if (files.kind !== 'resolved') return files;
  if (!type.software) return { kind: 'invalid', problem: `there is no container type ${entity.type}` };
  const desired = resolveSoftware(entity, context, { behaviour: type.software, config, files: files.files, view: source.view });
  if (desired.kind !== 'resolved') return desired;
  const place = desired.spec.process?.place ?? null;
  const spec = place?.kind === 'machine' ? desired.spec : withHostVolumes(desired.spec, { entity, type, config, view: source.view });
  if ('missing' in spec) return notKept(spec);
  return { ...withSpec(desired, inItsApplication(spec, entity, source)), live: toLiveFiles(entity, evaluated, place) };
}

function notKept({ missing }: { readonly missing: string }): ContainerResolution {
  return { kind: 'invalid', problem: `${missing} was not kept: update the application` };
}

/** Data does not go along between an image and commands: why the entity cannot be there, or null. */
function strayedData({ dataHostId, name }: Entity, view: StoreView, place: SoftwarePlaceKind): string | null {
  const holder = dataHostId === null ? undefined : view.get('host', dataHostId);
  if (!holder || (holder.cloudId === null) === (place === 'machine')) return null;
  const [from, to] = place === 'machine' ? ['in a volume', 'to a machine'] : ['on the machine', 'into a container'];
  return `its data is ${from} of ${holder.name}, and does not go ${to} with it: give ${name} its old location, or make another beside it`;
}

function isLatch(key: string): boolean {
  return key.startsWith('latch.');
}

/** Config with what its image is built from, and the text of a creation script; null where that was not kept. For an application that is only previewed nothing was gathered. */
function withSources(config: Readonly<Record<string, Json>>, type: BlueprintType, { entity, view }: { entity: Entity; view: StoreView }) {
  const application = view.get('application', entity.applicationId);
  if (application === undefined) return config;
  const artifacts = view.get('entity', application.rootId)?.spec.artifacts ?? {};
  const scripted = withCreationScript(config, artifacts.files);
  if (scripted === null || !Object.hasOwn(configShape(type), BUILD)) return scripted;
  const made = withArtifacts(scripted, artifacts);
  return made.ok ? made.config : null;
}

/** Its built image named, and what its application says of networks and volumes; on a machine there is none of that. */
function inItsApplication(spec: ContainerSpec, entity: Entity, source: ConfigSource): ContainerSpec {
  if (spec.process?.place.kind === 'machine') return spec;
  return withShared(withSnapshot(withBuiltName(spec, entity), entity.snapshot), sharedThingsOf(entity, source));
}

function withSpec(desired: DesiredContainer, spec: ContainerSpec): DesiredContainer {
  return { ...desired, spec, specHash: specHashOf(spec) };
}

function withLinks(desired: DesiredContainer, { variables, hosts }: Linked): DesiredContainer {
  const { options, process } = desired.spec;
  if (process) return withSpec(desired, { ...desired.spec, process: { ...process, env: { ...variables, ...process.env } } });
  const extraHosts = [...(options?.extraHosts ?? []), ...hosts];
  const env = { ...desired.spec.env, ...variables };
  const spec = { ...desired.spec, env, ...(extraHosts.length === 0 ? {} : { options: { ...options, extraHosts } }) };
  return { ...desired, spec, specHash: specHashOf(spec) };
}

function toWaiting({ waitingFor, waits, lookAgainAt, failure }: WaitingConfig): ContainerResolution {
  return {
    kind: 'waiting',
    for: waitingFor,
    waits,
    ...(lookAgainAt === null ? {} : { lookAgainAt }),
    ...(failure === null ? {} : { failure: failure.message }),
  };
}

/** Named volumes of a spec, and folders of the host that it writes: a container with any is bound to the host that holds them. */
export function isStateful(spec: ContainerSpec): boolean {
  return spec.volumes.length > 0 || writesHost(spec);
}

/** Data of the host's own: folders that it writes, and volumes that others made. */
export function keepsDataOfHost(spec: ContainerSpec): boolean {
  return writesHost(spec) || externalThingsOf(spec).volumes.length > 0;
}

/** Sockets are no data: what answers there is on every host. */
export function writesHost({ options }: Pick<ContainerSpec, 'options'>): boolean {
  return options?.hostFolders?.some(({ source, readOnly }) => !readOnly && !source.endsWith('.sock')) ?? false;
}

interface Evaluated {
  readonly type: EntityTypePlugin;
  readonly config: unknown;
  readonly source: ConfigSource;
}

function toDesired(entity: Entity, behaviour: ContainerBehaviour<unknown>, evaluated: Evaluated): ContainerResolution {
  const { config, source } = evaluated;
  const live = toLiveFiles(entity, evaluated, null);
  const given = withHostVolumes(behaviour.toSpec(config), { entity, type: evaluated.type, config, view: source.view });
  if ('missing' in given) return notKept(given);
  const whole = withBuiltName(given, entity);
  const rewritten = new Set(live?.files.map((file) => file.path));
  const spec = withShared(
    { ...withSnapshot(whole, entity.snapshot), files: whole.files.filter((file) => !rewritten.has(file.path)) },
    sharedThingsOf(entity, source),
  );
  return {
    kind: 'resolved',
    spec,
    specHash: specHashOf(spec),
    probe: behaviour.readiness(config),
    startTimeoutMs: behaviour.startTimeoutMs(config),
    live,
    sensors: (instance, host) => behaviour.sensors({ config, instance, host }),
  };
}

/** An image that is built is named after all that shapes it, so that it is built once on a host, and anew when anything changes. */
function withBuiltName(spec: ContainerSpec, { type }: Entity): ContainerSpec {
  if (!spec.build) return spec;
  const hash = hashOf({ ...spec.build, platform: spec.options?.platform ?? null });
  return { ...spec, image: `clocker/${type}:${hash.slice(0, 24)}` };
}

/** How its networks and the volumes that it shares are made, its application says. */
function withShared(spec: ContainerSpec, { networks, volumes }: SharedThings): ContainerSpec {
  return {
    ...spec,
    ...(networks.length === 0 ? {} : { networks }),
    volumes: spec.volumes.map((volume) => {
      const shared = volumes[volume.name];
      return shared ? { ...volume, shared } : volume;
    }),
  };
}

function toLiveFiles(entity: Entity, { type: { live }, config, source }: Evaluated, place: SoftwarePlace | null): DesiredLiveFiles | null {
  if (!live) return null;
  const { view } = source;
  const siblings = view.entitiesOf(entity.applicationId);
  const find = (planId: string): Entity | undefined =>
    siblings.find((other) => other.planId === planId) ?? siblings.find((other) => other.id === planId);
  const targetPort = live.targetPort?.(config) ?? null;
  const members = live.targets(config, find).flatMap((id) => serversBehind(view.get('entity', id), view));
  const networks = joined(entity.instanceId ? view.get('instance', entity.instanceId) : undefined).map(({ networkId }) => networkId);
  const served = members.flatMap((member) => serverOf(member, { view, targetPort, networks }));
  const servers = served.map(({ server }) => server);
  const files = live.files(config, servers, place);
  const serves = served.map(({ instanceId }) => instanceId);
  return {
    files,
    // A server that came back at the address of the one before is another one, though the files are the same.
    hash: hashOf({ files, serves: [...serves].sort() }),
    serves,
    wanted: members.length,
    check: live.check(place),
    reloadSignal: live.reloadSignal,
    sensors: live.sensors(servers),
    traffic: live.traffic?.(config) ?? null,
  };
}

interface Served {
  readonly server: LiveServer;
  readonly instanceId: InstanceId;
}

/** Those behind one target that are to run: the members of a cluster or group, or the entity itself. */
function serversBehind(target: Entity | undefined, view: StoreView): readonly Entity[] {
  if (!target) return [];
  return (membersOf(view, target) ?? [target]).filter((member) => member.goal === 'running');
}

interface Reaching {
  readonly view: StoreView;
  readonly targetPort: number | null;
  /** Those that the balancer itself is on. */
  readonly networks: readonly string[];
}

/** What is not ready, or on its way out, is left away. On a network of both it is reached there, else by what is published on its host. */
function serverOf(member: Entity, { view, targetPort, networks }: Reaching): readonly Served[] {
  const instance = member.instanceId ? view.get('instance', member.instanceId) : undefined;
  const host = instance && view.get('host', instance.hostId);
  const serves = instance?.state === 'running' && instance.ready && instance.stoppingSince === null;
  if (!instance || !host || !serves) return [];
  const published = instance.ports.find((one) => targetPort === null || one.container === targetPort);
  const inside = targetPort ?? published?.container;
  const endpoint = joined(instance).find(({ networkId }) => networks.includes(networkId));
  const place =
    endpoint && inside !== undefined
      ? { address: endpoint.address, port: inside }
      : published && { address: host.address, port: published.host };
  return place ? [{ server: { entityId: member.id, name: member.name, ...place }, instanceId: instance.id }] : [];
}

/** Where its container is by now: not what it is still to join, or to leave. */
function joined(instance: Instance | undefined): readonly Endpoint[] {
  return instance?.rejoin ? [] : (instance?.endpoints ?? []);
}
